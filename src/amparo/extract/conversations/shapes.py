"""Values of an archive's JSON taken as the shape that they should have, or as nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["listed", "objects", "one"]


def one(value: object) -> Mapping[str, Any]:
    """The object that a value is; an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """The list that a value is; an empty one for anything else."""
    return value if isinstance(value, list) else []


def objects(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list; what else is in it is passed over."""
    return [each for each in listed(value) if isinstance(each, dict)]
