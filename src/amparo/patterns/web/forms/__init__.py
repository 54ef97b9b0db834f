"""What the pages of counts ask for."""

from amparo.patterns.web.forms.choosing import (
    ChoosingForm,
    CountsForm,
    QualityForm,
    TrendForm,
    columns_of_acts,
)
from amparo.patterns.web.forms.estimating import EstimateForm
from amparo.patterns.web.forms.filling import FillingForm
from amparo.patterns.web.forms.meaning import MeaningForm
from amparo.patterns.web.forms.relating import (
    ClustersForm,
    ExposureForm,
    FlowsForm,
    PeopledForm,
    RatesForm,
    TogetherForm,
)

__all__ = [
    "ChoosingForm",
    "ClustersForm",
    "CountsForm",
    "EstimateForm",
    "ExposureForm",
    "FillingForm",
    "FlowsForm",
    "MeaningForm",
    "PeopledForm",
    "QualityForm",
    "RatesForm",
    "TogetherForm",
    "TrendForm",
    "columns_of_acts",
]
