"""What the pages of counts ask for."""

from amparo.patterns.web.forms.choosing import ChoosingForm, CountsForm, QualityForm, TrendForm
from amparo.patterns.web.forms.estimating import EstimateForm

__all__ = ["ChoosingForm", "CountsForm", "EstimateForm", "QualityForm", "TrendForm"]
