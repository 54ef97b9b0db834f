"""What each method found, told in the language of the page: values in, a finding out."""

from amparo.patterns.web.told.counts import counts
from amparo.patterns.web.told.quality import quality
from amparo.patterns.web.told.trend import trend

__all__ = ["counts", "quality", "trend"]
