"""Names of files inside archives: read in their own encoding, and made harmless."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from amparo.extract.charsets import decode

__all__ = ["decode_names", "harmless", "told"]

_DRIVE = re.compile(r"^[A-Za-z]:")
_CONTROLS = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def harmless(name: str) -> str:
    """Give a member's name as a relative path with ``/``, without ``..``, drive or controls.

    Marks that turn the direction of letters go too: they are used to hide a file's ending.
    """
    plain = _CONTROLS.sub("", _DRIVE.sub("", name.replace("\\", "/")))
    steps = [step.strip() for step in plain.split("/")]
    return "/".join(step for step in steps if step not in ("", ".", "..")) or "unnamed"


def decode_names(names: Sequence[bytes]) -> list[str]:
    """Decode names that say nothing of their encoding; all of an archive are in one."""
    strange = [name for name in names if not name.isascii()]
    encoding = decode(b"\n".join(strange)).encoding if strange else "ascii"
    return [name.decode(encoding, "replace") for name in names]


def told(what: str, names: Iterable[str]) -> str:
    """Make a sentence that names the first of several members: "Links, not followed: a, b."."""
    listed = list(names)
    if not listed:
        return ""
    shown = ", ".join(f"“{name}”" for name in listed[:5])
    more = f" and {len(listed) - 5} more" if len(listed) > 5 else ""
    return f"{what}: {shown}{more}."
