"""The only writers of readings and pinpoints."""

from amparo.extract.web.actions.describing import describe
from amparo.extract.web.actions.originals import copy_original
from amparo.extract.web.actions.pinpoints import pin, pin_area, withdraw
from amparo.extract.web.actions.readings import (
    is_drawable,
    pages_to_recognise,
    read_item,
    recognise_item,
    set_item,
)
from amparo.extract.web.actions.take_in import Outcome, Readers, complete, take_in

__all__ = [
    "Outcome",
    "Readers",
    "complete",
    "copy_original",
    "describe",
    "is_drawable",
    "pages_to_recognise",
    "pin",
    "pin_area",
    "read_item",
    "recognise_item",
    "set_item",
    "take_in",
    "withdraw",
]
