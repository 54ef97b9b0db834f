"""Coordinates as they are written, in decimal degrees (WGS 84)."""

from __future__ import annotations

import re

__all__ = ["degrees"]

_XMP = re.compile(
    r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?\s*([NSEW])", re.IGNORECASE
)
_PLAIN = re.compile(r"[+-]?\d{1,3}(?:[.,]\d+)?")


def degrees(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Both as numbers; None where one is missing, outside the globe, or both are zero.

    Takes decimal degrees and XMP's ``39,21.102N``. Zero and zero is what devices write when they
    do not know.
    """
    north, east = _one(latitude), _one(longitude)
    if north is None or east is None or (north, east) == (0.0, 0.0):
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def _one(text: str) -> float | None:
    plain = text.strip()
    if found := _XMP.fullmatch(plain):
        whole, minutes, seconds, half = found.groups()
        size = int(whole) + float(minutes) / 60 + float(seconds or 0) / 3600
        return -size if half.upper() in "SW" else size
    if _PLAIN.fullmatch(plain):
        return float(plain.replace(",", "."))
    return None
