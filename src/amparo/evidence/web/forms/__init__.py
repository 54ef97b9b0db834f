"""Forms about evidence. They check the shape; actions decide what may be done."""

from amparo.evidence.web.forms.files import SORTS, FilterForm, ProvenanceForm

__all__ = ["SORTS", "FilterForm", "ProvenanceForm"]
