"""What a person may turn, and what an answer is: the values that every method shares."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

__all__ = ["Answer", "CannotSay", "Estimate", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may turn. ``delta`` is dga's prior (None: its default), ``classes`` and
    ``prior`` the latent classes', ``threshold`` the sparse lists'. Without ``thorough`` half as
    many chains and bootstraps do, which is enough to see whether an answer moves."""

    seed: int = 1
    delta: float | None = None
    classes: int | None = None
    prior: tuple[float, float] = (0.25, 0.25)
    threshold: float = 0.02
    bootstraps: int = 1000
    beside: bool = True
    thorough: bool = True


@dataclass(frozen=True, slots=True)
class Estimate:
    """An answer. ``estimate``, ``lower`` and ``upper`` are None when it is refused; the limits hold
    95 % by the method's own reckoning, 90 % by known truth for the average."""

    method: str
    documented: int
    estimate: float | None
    lower: float | None
    upper: float | None
    refused: bool
    reasons: tuple[str, ...]
    diagnostics: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As the command prints it; a figure that is not finite is null."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


Answer = tuple[float, float, float, dict[str, Any]]


class CannotSay(Exception):
    """A method's own refusal, with its reason."""


def _plain(value: Any) -> Any:
    """Lists for tuples, null for what is not finite."""
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value
