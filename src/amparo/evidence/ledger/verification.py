"""Verifying a whole workspace: the ledger first, then what it states, then the bytes themselves.

Each part stops at the first thing in it that is broken, except the objects, which are all read so
that one damaged file does not hide another. The outcome names the first broken thing of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from amparo.base.canonical import Json
from amparo.base.errors import VerificationError
from amparo.evidence.ledger import Entry, Head, Row, merkle, notes, walk

__all__ = ["Broken", "Gone", "Outcome", "Part", "SignedHead", "check_ledger", "compare"]

MOST_NAMED = 100
"""How many broken things of one part are named; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken thing: its name, what was found and what should be."""

    what: str
    got: str
    expected: str
    next_step: str = ""

    @classmethod
    def of(cls, error: VerificationError) -> Broken:
        return cls(error.what, str(error.got), str(error.expected), error.next_step)

    def error(self) -> VerificationError:
        """The same as an error that a command can raise."""
        return VerificationError(
            self.what, got=self.got, expected=self.expected, next_step=self.next_step
        )


@dataclass(slots=True)
class Part:
    """One part of the verification: what was checked, how many, and what is broken."""

    name: str
    checked: int = 0
    broken: list[Broken] = field(default_factory=list)
    more_broken: int = 0

    def add(self, error: VerificationError) -> None:
        """Note a broken thing."""
        if len(self.broken) < MOST_NAMED:
            self.broken.append(Broken.of(error))
        else:
            self.more_broken += 1


@dataclass(frozen=True, slots=True)
class Gone:
    """An item whose bytes were destroyed as two people decided: ids, names, a moment, an entry."""

    item: str
    at: str
    proposed_by: str
    decided_by: str
    ground: str
    entry: int


@dataclass(slots=True)
class Outcome:
    """What a verification found, part by part, what was disposed of, and remarks on what is odd
    but not broken."""

    parts: list[Part] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    disposed: list[Gone] = field(default_factory=list)

    @property
    def first_broken(self) -> Broken | None:
        return next((broken for part in self.parts for broken in part.broken), None)

    @property
    def holds(self) -> bool:
        return self.first_broken is None


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A checkpoint as it was stored: its columns and its note, nothing believed.

    ``frontier`` has the hex hashes of its complete subtrees, ``signed_at`` is RFC 3339.
    """

    size: int
    root: str
    note: str
    frontier: tuple[str, ...] = ()
    signed_at: str = ""


def check_ledger(
    rows: Iterable[Row], checkpoints: Iterable[SignedHead], key: notes.NoteKey
) -> Iterator[Entry]:
    """Yield each entry after checking it, and each checkpoint when its last entry has passed.

    ``checkpoints`` come in order of size. Raises VerificationError at the first broken entry or
    checkpoint, and when a checkpoint signs more entries than there are.
    """
    waiting = iter(checkpoints)
    signed = next(waiting, None)
    frontier = merkle.Frontier()
    for entry in walk(rows, Head()):
        frontier = frontier.append(merkle.leaf(bytes.fromhex(entry.entry_hash)))
        while signed and signed.size <= frontier.size:
            _check_checkpoint(signed, frontier, key)
            signed = next(waiting, None)
        yield entry
    if signed:
        what = f"ledger, held against the checkpoint at {signed.size}"
        raise VerificationError(
            what, got=f"{frontier.size} entries", expected=f"{signed.size} entries"
        )


def compare(what: str, found: Mapping[str, Json] | None, stated: Mapping[str, Json]) -> None:
    """Hold a row's facts against what the ledger states of them; name the first that differs."""
    if found is None:
        raise VerificationError(what, got="no row", expected="the row that the ledger states")
    for name in sorted(found.keys() | stated.keys()):
        if name not in found or name not in stated or found[name] != stated[name]:
            got, expected = repr(found.get(name)), repr(stated.get(name))
            raise VerificationError(f"{what}: {name}", got=got, expected=expected)


def _check_checkpoint(signed: SignedHead, frontier: merkle.Frontier, key: notes.NoteKey) -> None:
    what = f"checkpoint at {signed.size}"
    inside = notes.open_checkpoint(signed.note, key, what=what)
    root = frontier.root().hex()
    for name, got, expected in (
        ("its size", signed.size, inside.size),
        ("its root", signed.root, inside.root.hex()),
        ("the root of the ledger's entries", root, inside.root.hex()),
        ("its frontier", [*signed.frontier], [peak.hex() for peak in frontier.peaks]),
        ("when it was signed", signed.signed_at, " ".join(inside.extensions)),
    ):
        if got != expected:
            raise VerificationError(f"{what}: {name}", got=got, expected=expected)
