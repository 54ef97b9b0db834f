"""Forms about what files say: recognition, transcripts, translations, proofs."""

from amparo.extract.web.forms.items import (
    OCR_LANGUAGES,
    AreaForm,
    PassageForm,
    RecogniseForm,
    SubtitlesForm,
    TranscriptForm,
    page_numbers,
)

__all__ = [
    "OCR_LANGUAGES",
    "AreaForm",
    "PassageForm",
    "RecogniseForm",
    "SubtitlesForm",
    "TranscriptForm",
    "page_numbers",
]
