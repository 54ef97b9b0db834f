"""Rows of filing: bundles and what was produced of them, official forms and their fillings."""

from amparo.filing.web.models.bundles import Bundle, Exhibit, Production, Volume
from amparo.filing.web.models.official import (
    FieldWord,
    FormAnswer,
    FormMapReview,
    OfficialForm,
    PreparedForm,
)

__all__ = [
    "Bundle",
    "Exhibit",
    "FieldWord",
    "FormAnswer",
    "FormMapReview",
    "OfficialForm",
    "PreparedForm",
    "Production",
    "Volume",
]
