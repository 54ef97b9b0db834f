"""The ledger: what happened to the evidence, each entry bound to the one before it.

An entry is canonical JSON (RFC 8785) of ``seq, kind, actor, matter, subject, occurred_at,
recorded_at, details, nonce, previous``. Its hash is the SHA-256 of those bytes, and ``previous``
is the hash of the entry before it, so that a change anywhere breaks the chain at that place.
The nonce (128 random bits) keeps an entry's hash from confirming a guess of its content: hashes
of other matters' entries stand in the proofs that leave with an export.

>>> fact = Fact("matter.opened", "user:1", None, None, "2026-11-21", "2026-11-21T10:00:00Z")
>>> entry = append(Head(), fact, nonce="00" * 16)
>>> entry.seq, entry.previous == GENESIS
(1, True)
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime

from amparo.base import canonical
from amparo.base.errors import VerificationError

__all__ = ["GENESIS", "Entry", "Fact", "Head", "Row", "append", "moment", "parse", "walk"]

GENESIS = "0" * 64
"""What stands for the hash before the first entry."""

_HASH = re.compile(r"[0-9a-f]{64}")
_NONCE = re.compile(r"[0-9a-f]{32}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


@dataclass(frozen=True, slots=True)
class Fact:
    """What the caller states; the ledger adds the place, the nonce and the link.

    ``occurred_at`` is EDTF or RFC 3339, as the person gave it; ``recorded_at`` is RFC 3339 in UTC.
    """

    kind: str
    actor: str
    matter: str | None
    subject: str | None
    occurred_at: str
    recorded_at: str
    details: Mapping[str, canonical.Json] = field(default_factory=dict)


_FIELDS = frozenset({"seq", "nonce", "previous"} | {part.name for part in fields(Fact)})


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a ledger: how many entries it has and the hash of the last."""

    seq: int = 0
    entry_hash: str = GENESIS


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands in the ledger."""

    seq: int
    fact: Fact
    nonce: str
    previous: str
    canonical: str
    entry_hash: str

    @property
    def head(self) -> Head:
        return Head(self.seq, self.entry_hash)


@dataclass(frozen=True, slots=True)
class Row:
    """An entry as it was stored, before anything about it is believed."""

    seq: int
    canonical: str
    entry_hash: str
    previous_hash: str


def moment(instant: datetime) -> str:
    """Return an aware ``instant`` as RFC 3339 in UTC with microseconds."""
    if instant.tzinfo is None:
        raise ValueError("a ledger needs to know the time zone of a moment")
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def append(head: Head, fact: Fact, *, nonce: str) -> Entry:
    """Return the entry that states ``fact`` after ``head``; ``nonce`` is 32 random hex digits."""
    if not _NONCE.fullmatch(nonce):
        raise ValueError("a nonce is 32 lowercase hexadecimal digits")
    if not _MOMENT.fullmatch(fact.recorded_at):
        raise ValueError(f"recorded_at is RFC 3339 in UTC, not {fact.recorded_at!r}")
    data = canonical.dumps(
        {
            "seq": head.seq + 1,
            "kind": fact.kind,
            "actor": fact.actor,
            "matter": fact.matter,
            "subject": fact.subject,
            "occurred_at": fact.occurred_at,
            "recorded_at": fact.recorded_at,
            "details": fact.details,
            "nonce": nonce,
            "previous": head.entry_hash,
        }
    )
    entry_hash = hashlib.sha256(data).hexdigest()
    return Entry(head.seq + 1, fact, nonce, head.entry_hash, data.decode(), entry_hash)


def parse(text: str, *, what: str = "ledger entry") -> Entry:
    """Return the entry whose canonical form is ``text``, or say why it is none."""
    value = canonical.loads_plain(text)
    if value is None:
        value = _loads(text, what)
    if not isinstance(value, dict) or value.keys() != _FIELDS:
        got = ", ".join(sorted(value)) if isinstance(value, dict) else type(value).__name__
        raise VerificationError(what, got=got, expected=", ".join(sorted(_FIELDS)))
    return _entry(value, text, what)


def walk(rows: Iterable[Row], head: Head = Head()) -> Iterator[Entry]:
    """Yield each row's entry after checking it; raise at the first that is broken.

    Each row is held against its own hash first and then against the one before it, so the
    entry that is named is the one that was changed, not its neighbour.
    """
    for row in rows:
        what = f"ledger entry {head.seq + 1}"
        if row.seq != head.seq + 1:
            raise VerificationError(f"{what}: its number", got=row.seq, expected=head.seq + 1)
        actual = hashlib.sha256(row.canonical.encode("utf-8", "surrogatepass")).hexdigest()
        if actual != row.entry_hash:
            raise VerificationError(f"{what}: its hash", got=actual, expected=row.entry_hash)
        entry = parse(row.canonical, what=what)
        _expect(f"{what}: the number inside it", entry.seq, row.seq)
        _expect(f"{what}: the link beside it", row.previous_hash, entry.previous)
        if entry.previous != head.entry_hash:
            before = f"ledger entry {head.seq}" if head.seq else "the start of the ledger"
            raise VerificationError(
                f"{before}: its hash, held against the link in entry {entry.seq}",
                got=head.entry_hash,
                expected=entry.previous,
            )
        yield entry
        head = entry.head


def _loads(text: str, what: str) -> canonical.Json:
    try:
        value = canonical.loads(text)
        written = canonical.dumps(value)
    except (ValueError, TypeError) as error:
        raise VerificationError(what, got=str(error), expected="canonical JSON") from error
    if written != text.encode("utf-8", "surrogatepass"):
        raise VerificationError(what, got="another spelling", expected="canonical JSON (RFC 8785)")
    return value


def _entry(value: dict[str, canonical.Json], text: str, what: str) -> Entry:
    def take(name: str, kind: type) -> canonical.Json:
        got = value[name]
        if not isinstance(got, kind) or isinstance(got, bool):
            raise VerificationError(
                f"{what}: {name}", got=type(got).__name__, expected=kind.__name__
            )
        return got

    def text_of(name: str) -> str:
        return str(take(name, str))

    def maybe(name: str) -> str | None:
        return None if value[name] is None else text_of(name)

    seq = take("seq", int)
    details = take("details", dict)
    previous, nonce = text_of("previous"), text_of("nonce")
    if not _HASH.fullmatch(previous):
        raise VerificationError(f"{what}: previous", got=previous, expected="64 hex digits")
    assert isinstance(seq, int)
    assert isinstance(details, dict)
    fact = Fact(
        text_of("kind"),
        text_of("actor"),
        maybe("matter"),
        maybe("subject"),
        text_of("occurred_at"),
        text_of("recorded_at"),
        details,
    )
    entry_hash = hashlib.sha256(text.encode()).hexdigest()
    return Entry(seq, fact, nonce, previous, text, entry_hash)


def _expect(what: str, got: object, expected: object) -> None:
    if got != expected:
        raise VerificationError(what, got=got, expected=expected)
