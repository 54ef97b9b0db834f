"""How well two parts of names agree, and why."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Agreement"]


@dataclass(frozen=True, slots=True)
class Agreement:
    """``score`` from 0 (they contradict each other) to 1, and one sentence."""

    score: float
    said: str
