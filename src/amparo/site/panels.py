"""Which panel stands in which place: the one list of what higher slices show on lower pages."""

from __future__ import annotations

__all__ = ["furnish"]


def furnish() -> None:
    """Put every panel in its place."""
