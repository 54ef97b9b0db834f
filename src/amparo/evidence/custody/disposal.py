"""Disposal: one person proposes on a stated ground, another decides, and the record stays.

The grounds are data (``disposal.toml``). What must be true before anything is destroyed is said
here as sentences, so that a page can show all of them and an action can refuse with them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from amparo.base.errors import UsageError

__all__ = ["DISPOSED", "Ground", "check_decision", "check_proposal", "grounds"]

DISPOSED = "disposed"
"""The kind of the custody event, and the state of an item, whose bytes were destroyed."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something may be destroyed."""

    name: str
    label: str
    reference: Literal["required", "optional"]


@cache
def grounds() -> Mapping[str, Ground]:
    """Every ground by name, in the order of the file."""
    text = resources.files("amparo.evidence.custody").joinpath("disposal.toml").read_text("utf-8")
    return {name: Ground(name=name, **parts) for name, parts in tomllib.loads(text).items()}


def check_proposal(ground: str, reason: str, reference: str, objections: Sequence[str]) -> None:
    """Refuse a proposal that says too little, or that something stands against."""
    known = grounds().get(ground)
    if known is None:
        choices = ", ".join(grounds())
        raise UsageError(f"There is no ground {ground!r}.", next_step=f"Choose one of: {choices}.")
    if not reason.strip():
        raise UsageError("A disposal needs its reason.", next_step="Say why it is to be destroyed.")
    if known.reference == "required" and not reference.strip():
        raise UsageError(
            "This ground needs a reference.",
            next_step="Give the number of the order or the name of the rule.",
        )
    _refuse(objections)


def check_decision(proposed_by: str, decided_by: str, objections: Sequence[str]) -> None:
    """Refuse a decision by the person who proposed, and one that something stands against."""
    if proposed_by == decided_by:
        raise UsageError(
            "Who proposed a disposal does not decide it.",
            next_step="Ask another person who manages the matter.",
        )
    _refuse(objections)


def _refuse(objections: Sequence[str]) -> None:
    if objections:
        raise UsageError(" ".join(objections), next_step="Settle this first.")
