"""What a tool suggests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Certainty", "Kind", "Suggestion"]

Kind = Literal["person", "date", "place", "phone", "identity"]
Certainty = Literal["likely", "unsure"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that ``text[start:end]`` may name.

    ``value`` is what would become a tag: a phone number in E.164, a date in EDTF, an identity
    number with its kind, a name as it is written. ``why`` is a sentence that says what speaks
    for it.
    """

    kind: Kind
    value: str
    start: int
    end: int
    certainty: Certainty
    why: str
    tool: str
    tool_version: str
