"""What the pages of counts ask for."""

from amparo.patterns.web.forms.choosing import ChoosingForm, CountsForm, QualityForm, TrendForm

__all__ = ["ChoosingForm", "CountsForm", "QualityForm", "TrendForm"]
