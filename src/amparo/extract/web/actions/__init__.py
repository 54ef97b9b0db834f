"""The only writers of what was read: readings, transcripts, translations, proofs, pinpoints."""

from amparo.extract.web.actions.describing import describe
from amparo.extract.web.actions.originals import copy_original
from amparo.extract.web.actions.pinpoints import (
    pin,
    pin_area,
    pin_record,
    pin_row,
    pin_span,
    withdraw,
)
from amparo.extract.web.actions.proving import prove_item, prove_matter, trust_keys, withdraw_key
from amparo.extract.web.actions.readings import (
    is_drawable,
    pages_to_recognise,
    read_item,
    recognise_item,
    set_item,
)
from amparo.extract.web.actions.speech import recognise_speech
from amparo.extract.web.actions.take_in import Outcome, Readers, complete, seal_in, take_in
from amparo.extract.web.actions.transcripts import Origin, keep_transcript

__all__ = [
    "Origin",
    "Outcome",
    "Readers",
    "complete",
    "copy_original",
    "describe",
    "is_drawable",
    "keep_transcript",
    "pages_to_recognise",
    "pin",
    "pin_area",
    "pin_record",
    "pin_row",
    "pin_span",
    "prove_item",
    "prove_matter",
    "read_item",
    "recognise_item",
    "recognise_speech",
    "seal_in",
    "set_item",
    "take_in",
    "trust_keys",
    "withdraw",
    "withdraw_key",
]
