"""The text files of a BagIt package (RFC 8493)."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["DECLARATION", "bag_info", "manifest"]

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""``bagit.txt`` (section 2.1.1)."""

_ENCODED = {"%": "%25", "\r": "%0D", "\n": "%0A"}


def manifest(digests: Mapping[str, str]) -> bytes:
    """A manifest of SHA-256 digests by path, in the order of the paths (sections 2.1.3, 2.2.1)."""
    lines = (f"{digest}  {_encode(path)}\n" for path, digest in sorted(digests.items()))
    return "".join(lines).encode()


def bag_info(fields: Mapping[str, str]) -> bytes:
    """``bag-info.txt``: one field a line (section 2.2.2)."""
    lines = (f"{name}: {' '.join(value.split())}\n" for name, value in fields.items())
    return "".join(lines).encode()


def _encode(path: str) -> str:
    """Percent-encode what would end a line, and the percent sign itself, nothing else."""
    return "".join(_ENCODED.get(character, character) for character in path)
