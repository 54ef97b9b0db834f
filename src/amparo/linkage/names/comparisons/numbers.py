"""Numbers: the same or not; near does not count."""

from __future__ import annotations

from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.parsing import Kind, Part

__all__ = ["numbers"]


def numbers(one: Part, other: Part) -> Agreement | None:
    """Contradict each other where the numbers differ, or a number meets a word."""
    kinds = {one.kind, other.kind}
    if Kind.NUMBER not in kinds:
        return None
    if one.word == other.word:
        return Agreement(1.0, f"Both have the number {one.word}.")
    return Agreement(0.0, f"“{one.text}” is not “{other.text}”.")
