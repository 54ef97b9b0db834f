"""What each method found, told in the language of the page: values in, a finding out."""

from amparo.patterns.web.told.beside import exposure, rates
from amparo.patterns.web.told.counts import counts
from amparo.patterns.web.told.filled import filled
from amparo.patterns.web.told.peopled import peopled
from amparo.patterns.web.told.places import clusters
from amparo.patterns.web.told.quality import quality
from amparo.patterns.web.told.relations import flows, together
from amparo.patterns.web.told.trend import trend

__all__ = [
    "clusters",
    "counts",
    "exposure",
    "filled",
    "flows",
    "peopled",
    "quality",
    "rates",
    "together",
    "trend",
]
