"""Rows of what was read: pages, conversations, recordings, translations, likeness, proofs."""

from amparo.extract.web.models.entries import (
    Message,
    TableRows,
)
from amparo.extract.web.models.likeness import (
    Compared,
    Fingerprint,
    FingerprintKey,
)
from amparo.extract.web.models.proofs import (
    ProofCheck,
    TrustedKey,
)
from amparo.extract.web.models.readings import (
    PageText,
    Pinpoint,
    PinpointNote,
    Reading,
)
from amparo.extract.web.models.recordings import (
    Transcript,
)
from amparo.extract.web.models.suggested import (
    LookedThrough,
    Suggestion,
)
from amparo.extract.web.models.translations import (
    Translation,
    TranslationCertificate,
)

__all__ = [
    "Compared",
    "Fingerprint",
    "FingerprintKey",
    "LookedThrough",
    "Message",
    "PageText",
    "Pinpoint",
    "PinpointNote",
    "ProofCheck",
    "Reading",
    "Suggestion",
    "TableRows",
    "Transcript",
    "Translation",
    "TranslationCertificate",
    "TrustedKey",
]
