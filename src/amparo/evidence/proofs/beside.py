"""Which files of a folder may prove something of a file: signatures, sheets and keys.

A signature has the signed file's name and an ending more; a sheet has its name or its hash, or is
a small table beside a photograph, film or sound; keys may lie anywhere in the folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["LARGEST", "SIGNATURES", "Neighbour", "choose", "is_proof", "signed_name"]

SIGNATURES = (".asc", ".sig", ".sign", ".gpg", ".pgp", ".minisig", ".ots", ".gst", ".devicecheck")
LARGEST = 1024 * 1024
"""Larger files are no signatures, sheets or keys, in bytes."""

_SMALL_SHEET = 64 * 1024
_MOST_SHEETS, _MOST_KEYS = 40, 20
_SHEETS = (".csv", ".json")
_KEY_TYPES = ("application/pgp-keys",)
_KEY_ENDINGS = (".pub", "pubkey.asc", "publickey.asc", "key.asc", "pubkey.txt")
_CAPTURED = ("image/", "audio/", "video/")


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A file in the same folder or container; ``name`` without folders."""

    id: str
    name: str
    media_type: str
    size: int

    @property
    def is_key(self) -> bool:
        """Whether it looks like a public key."""
        return self.media_type in _KEY_TYPES or self.name.lower().endswith(_KEY_ENDINGS)

    @property
    def is_sheet(self) -> bool:
        """Whether it looks like a sheet of facts."""
        return self.name.lower().endswith(_SHEETS)


def choose(
    name: str, sha256: str, media_type: str, neighbours: Iterable[Neighbour]
) -> tuple[Neighbour, ...]:
    """The neighbours that may prove something of the file; none when only keys are there."""
    small = [each for each in neighbours if 0 < each.size <= LARGEST]
    named = [each for each in small if _is_named_after(each.name, name, sha256)]
    loose: Sequence[Neighbour] = ()
    if media_type.startswith(_CAPTURED):
        loose = [e for e in small if e.is_sheet and e.size <= _SMALL_SHEET and e not in named]
    own = [each for each in named if not each.is_key]
    if not own and not loose:
        return ()
    sheets = [*own, *loose[:_MOST_SHEETS]]
    over = [each for each in small if any(each.name == f"{one.name}{end}" for one in sheets
            for end in SIGNATURES) and each not in sheets]  # fmt: skip
    keys = [each for each in small if each.is_key and each not in (*sheets, *over)]
    return (*sheets, *over, *keys[:_MOST_KEYS])


def is_proof(neighbour: Neighbour) -> bool:
    """Whether a file is there to prove something of others."""
    return 0 < neighbour.size <= LARGEST and (
        neighbour.is_key or neighbour.is_sheet or neighbour.name.lower().endswith(SIGNATURES)
    )


def signed_name(name: str) -> str:
    """The name of the file that a signature called ``name`` is over; "" when it is none."""
    for ending in SIGNATURES:
        if name.lower().endswith(ending):
            return name[: -len(ending)]
    return ""


def _is_named_after(name: str, file: str, sha256: str) -> bool:
    plain, own = name.lower(), file.lower()
    if plain.startswith(f"{sha256}."):
        return True
    if plain.startswith(f"{own}.") and plain != own:
        return plain.endswith((*SIGNATURES, *_SHEETS))
    return False
