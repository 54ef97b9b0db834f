"""The chain of the audit: each entry's digest covers the entry and the digest before it.

So no entry can be changed, taken out of the middle or put in later without every digest after it
failing to agree. Whoever wrote down the last digest elsewhere also notices when the end is missing.
The digest is SHA-256 over canonical JSON (RFC 8785).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from amparo.base import canonical

__all__ = ["BEGINNING", "Link", "Verdict", "digest_of", "follow"]

BEGINNING = "0" * 64
"""What stands before the first entry."""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as its digest covers it; ``digest`` is the one that was written beside it."""

    number: int
    at: datetime
    user: str
    action: str
    object_kind: str
    object_id: str
    matter: str
    details: Mapping[str, canonical.Json]
    address: str
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain holds: entries that agree, the last digest that does, and where it breaks.

    ``broken`` is the number of the first entry that does not agree, None when all do.
    """

    entries: int = 0
    head: str = BEGINNING
    broken: int | None = None
    got: str = ""
    expected: str = ""

    @property
    def holds(self) -> bool:
        return self.broken is None


def digest_of(link: Link, before: str) -> str:
    """The digest of an entry that follows the digest ``before``; ``link.digest`` is not covered."""
    covered = {
        "previous": before,
        "at": link.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "user": link.user,
        "action": link.action,
        "object_kind": link.object_kind,
        "object_id": link.object_id,
        "matter": link.matter,
        "details": link.details,
        "address": link.address,
    }
    return hashlib.sha256(canonical.dumps(covered)).hexdigest()


def follow(links: Iterable[Link]) -> Verdict:
    """Follow the chain from its beginning to the first entry that does not agree."""
    verdict = Verdict()
    for link in links:
        expected = digest_of(link, verdict.head)
        if link.digest != expected:
            return replace(verdict, broken=link.number, got=link.digest, expected=expected)
        verdict = replace(verdict, entries=verdict.entries + 1, head=expected)
    return verdict
