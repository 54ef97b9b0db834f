"""The digests that a web archive's records state of themselves (ISO 28500, 5.8 and 5.9).

Nobody signed them: they show that a record was damaged or changed carelessly, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from amparo.evidence.proofs.findings import Check, Claim, Finding
from amparo.evidence.proofs.moments import moment

__all__ = ["find"]

_BLOCK = 2**20
_SHOWN = 3
_BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, AttributeError)


def find(file: BinaryIO) -> Finding | None:
    """Hold every record against its digests; None when it holds no record at all."""
    file.seek(0)
    checked = bare = 0
    wrong: list[str] = []
    first = ""
    torn = False
    try:
        for record in ArchiveIterator(file, check_digests=True):
            first = first or str(record.rec_headers.get_header("WARC-Date") or "")
            _read(record)
            outcome = record.digest_checker.passed
            checked += outcome is not None
            bare += outcome is None
            if outcome is False:
                wrong.append(_named(record))
    except _BROKEN:
        torn = True
    if not checked + bare:
        return None
    claims = (Claim("warc", first, moment(first)),) if first else ()
    tool = f"warcio {version('warcio')}"
    return Finding("warc", tuple(_checks(checked, wrong, torn)), claims=claims, tool=tool)


def _read(record: Any) -> None:
    stream = record.content_stream()
    while stream.read(_BLOCK):
        pass


def _checks(checked: int, wrong: list[str], torn: bool) -> Iterator[Check]:
    if wrong:
        more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        listed = ", ".join(f"“{each}”" for each in wrong[:_SHOWN]) + more
        yield Check("file", "fails", f"Not as their digests state: {listed}.")
    elif checked:
        yield Check("file", "holds", f"All {checked} records that state a digest have it.")
    else:
        yield Check("file", "unknown", "Its records state no digests.")
    if torn:
        yield Check("file", "unknown", "The archive breaks off; what follows was not checked.")
    yield Check(
        "signer", "unknown", "Nobody signed the digests: who changes a record can change them."
    )


def _named(record: Any) -> str:
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    return (address or str(record.rec_headers.get_header("WARC-Record-ID") or "?"))[:200]
