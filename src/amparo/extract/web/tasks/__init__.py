"""Background work, one file for each kind; importing them lets the queue know their tasks."""

from amparo.extract.web.tasks.comparing import ask_to_compare
from amparo.extract.web.tasks.drafting import ask_to_draft, drafting_now, failed_draft
from amparo.extract.web.tasks.indexing import ask_to_index
from amparo.extract.web.tasks.proving import ask_to_prove, ask_to_prove_matter
from amparo.extract.web.tasks.reading import (
    ask_to_read,
    ask_to_read_several,
    ask_to_reread,
    ask_to_set,
)
from amparo.extract.web.tasks.recognising import ask_to_recognise, ask_to_transcribe
from amparo.extract.web.tasks.suggesting import ask_to_look_through

__all__ = [
    "ask_to_compare",
    "ask_to_draft",
    "ask_to_index",
    "ask_to_look_through",
    "ask_to_prove",
    "ask_to_prove_matter",
    "ask_to_read",
    "ask_to_read_several",
    "ask_to_recognise",
    "ask_to_reread",
    "ask_to_set",
    "ask_to_transcribe",
    "drafting_now",
    "failed_draft",
]
