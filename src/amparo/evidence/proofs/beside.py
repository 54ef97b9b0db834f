"""Which files may prove something of a file: signatures, sheets and keys in the same folder.

A signature has the signed file's name and an ending more; a sheet has the file's name or its hash,
or states one of them; keys have names of their own.
"""

from __future__ import annotations

import re

__all__ = [
    "KEY_NAMES",
    "KEY_TYPE",
    "LARGEST",
    "SIGNATURES",
    "is_key",
    "is_sheet",
    "names_beside",
    "proven_names",
    "stated_digests",
]

SIGNATURES = (".asc", ".sig", ".sign", ".gpg", ".pgp", ".minisig", ".ots", ".gst", ".devicecheck")
LARGEST = 1024 * 1024
"""Larger files are no signatures, sheets or keys, in bytes."""

KEY_TYPE = "application/pgp-keys"
KEY_NAMES = ("pubkey.asc", "publickey.asc", "public_key.asc", "key.asc", "pubkey.txt", "key.pub",
             "minisign.pub", "pubkey.pub")  # fmt: skip

_SHEET_ENDINGS = (".proof.csv", ".proof.json")
_TABLES = (".csv", ".json")
_DIGEST = re.compile(r"(?<![0-9a-fA-F])[0-9a-fA-F]{64}(?![0-9a-fA-F])")
_MOST = 200


def names_beside(name: str, sha256: str) -> tuple[str, ...]:
    """The names that files which prove something of ``name`` would have, without folders."""
    stem = name.rpartition(".")[0] or name
    sheets = [f"{base}{end}" for base in (name, sha256) for end in _SHEET_ENDINGS]
    sheets += [f"{base}{end}" for base in (name, stem) for end in _TABLES]
    signed = [*sheets, name, sha256]
    over = [f"{each}{end}" for each in signed for end in SIGNATURES]
    return tuple(dict.fromkeys(each for each in (*sheets, *over) if each != name))


def proven_names(name: str) -> tuple[str, ...]:
    """What a file called ``name`` may prove something of, by its name: names or SHA-256 digests."""
    found, at = [], name
    for ending in (*SIGNATURES, *_SHEET_ENDINGS):
        if at.lower().endswith(ending) and len(at) > len(ending):
            at = at[: -len(ending)]
            found.append(at)
    return tuple(found)


def is_sheet(name: str) -> bool:
    """Whether a file may be a sheet of facts, by its name."""
    return name.lower().endswith(_TABLES)


def is_key(name: str, media_type: str) -> bool:
    """Whether a file looks like a public key."""
    return media_type == KEY_TYPE or name.lower() in KEY_NAMES


def stated_digests(text: str) -> tuple[str, ...]:
    """The SHA-256 digests that a sheet's text states."""
    found = dict.fromkeys(match.lower() for match in _DIGEST.findall(text))
    return tuple(found)[:_MOST]
