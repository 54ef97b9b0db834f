"""The digests that a web archive's records state of themselves (ISO 28500, 5.8 and 5.9).

Nobody signed them: they show that a record was damaged or changed carelessly, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import IO, Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from amparo.evidence.proofs.findings import Check, Claim, Finding
from amparo.evidence.proofs.moments import moment

__all__ = ["BROKEN", "Tally", "find"]

_BLOCK = 2**20
_SHOWN = 3
BROKEN = (ArchiveLoadFailed, EOFError, OSError, ValueError, KeyError, AttributeError)


@dataclass(slots=True)
class Tally:
    """What was counted: records with a digest that fits, records in all, those that do not fit."""

    records: int = 0
    checked: int = 0
    wrong: list[str] = field(default_factory=list)
    first: str = ""
    torn: bool = False

    def add(self, file: IO[bytes]) -> None:
        """Hold every record of one more archive against its digests."""
        try:
            for record in ArchiveIterator(file, check_digests=True):
                self._add(record)
        except BROKEN:
            self.torn = True

    def _add(self, record: Any) -> None:
        self.first = self.first or str(record.rec_headers.get_header("WARC-Date") or "")
        _read(record)
        outcome = record.digest_checker.passed
        self.records += 1
        self.checked += outcome is not None
        if outcome is False:
            self.wrong.append(_named(record))

    def checks(self) -> Iterator[Check]:
        """The answers."""
        if self.wrong:
            count = len(self.wrong) - _SHOWN
            more = f" and {count} more" if count > 0 else ""
            listed = ", ".join(f"“{each}”" for each in self.wrong[:_SHOWN]) + more
            yield Check("file", "fails", f"Not as their digests state: {listed}.")
        elif self.checked:
            said = f"All {self.checked} records that state a digest have it."
            yield Check("file", "holds", said)
        else:
            yield Check("file", "unknown", "Its records state no digests.")
        if self.torn:
            said = "The archive breaks off; what follows was not checked."
            yield Check("file", "unknown", said)


def find(file: BinaryIO) -> Finding | None:
    """Hold every record against its digests; None when it holds no record at all."""
    file.seek(0)
    tally = Tally()
    tally.add(file)
    if not tally.records:
        return None
    said = "Nobody signed the digests: who changes a record can change them."
    checks = (*tally.checks(), Check("signer", "unknown", said))
    claims = (Claim("warc", tally.first, moment(tally.first)),) if tally.first else ()
    return Finding("warc", checks, claims=claims, tool=f"warcio {version('warcio')}")


def _read(record: Any) -> None:
    stream = record.content_stream()
    while stream.read(_BLOCK):
        pass


def _named(record: Any) -> str:
    address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    return (address or str(record.rec_headers.get_header("WARC-Record-ID") or "?"))[:200]
