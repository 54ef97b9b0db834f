"""What pages and exports read of proofs: the last look, times and places side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from amparo.evidence.proofs import claims
from amparo.evidence.proofs.comparison import Pair, Row, compare, rows
from amparo.evidence.proofs.findings import Claim, Finding, Verdict, worst
from amparo.evidence.web.models import Acquisition, Item
from amparo.extract.web import proof_words
from amparo.extract.web.actions.proving import named, trust
from amparo.extract.web.models import ProofCheck, Reading, TrustedKey
from amparo.extract.web.neighbours import proven_by

__all__ = [
    "Answer",
    "Inside",
    "Line",
    "Shown",
    "Stated",
    "all_claims",
    "claims_of",
    "inside_of",
    "keys_trusted",
    "proofs_of",
    "says_little",
]

_QUESTIONS = ("file", "signer", "time")
_MOST_INSIDE = 50
_CAPTURED = ("image/", "audio/", "video/")


@dataclass(frozen=True, slots=True)
class Answer:
    """A badge: its class and its words."""

    style: str
    words: str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One proof as the panel shows it."""

    name: str | Promise
    finding: Finding
    answers: tuple[Answer, ...]
    facts: tuple[tuple[str | Promise, str], ...]
    beside: str


@dataclass(frozen=True, slots=True)
class Stated:
    """One line of the table: the source, and what it states."""

    name: str | Promise
    row: Row

    @property
    def value(self) -> str:
        """The time as EDTF or the place in degrees; what stands there where that is not known."""
        claim = self.row.claim
        if claim.place:
            return f"{claim.place[0]:.5f}, {claim.place[1]:.5f}"
        return claim.time or claim.stated


@dataclass(frozen=True, slots=True)
class Inside:
    """A file inside whose proofs were looked at."""

    item: Item
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything that the panel about proofs says of an item."""

    item: Item
    check: ProofCheck | None
    lines: tuple[Line, ...]
    stated: tuple[Stated, ...]
    pairs: tuple[Pair, ...]
    inside: tuple[Inside, ...]
    about: tuple[Item, ...]
    is_stale: bool

    @property
    def differing(self) -> list[Pair]:
        """What does not agree, or cannot be told."""
        return [pair for pair in self.pairs if pair.relation != "agrees"]

    @property
    def agreeing(self) -> list[Pair]:
        """What agrees."""
        return [pair for pair in self.pairs if pair.relation == "agrees"]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say of a file that nobody expects proofs of."""
        captured = self.item.media_type.startswith(_CAPTURED)
        said = self.check or self.inside or self.about
        return not (captured or said or len(self.stated) > 1)


def proofs_of(item: Item) -> Shown:
    """The last look at an item's proofs, and what its sources state side by side."""
    check = item.proof_checks.first()
    findings = check.values if check else ()
    stated = claims_of(item, findings)
    return Shown(
        item=item,
        check=check,
        lines=tuple(_line(each, check) for each in findings),
        stated=() if says_little(stated) else _table(stated),
        pairs=tuple(compare(stated)),
        inside=tuple(inside_of(item)),
        about=tuple(_about(item)),
        is_stale=bool(check) and check.trust_sha256 != named(trust()),  # type: ignore[union-attr]
    )


def claims_of(item: Item, findings: Sequence[Finding]) -> list[Claim]:
    """The times and places that file, name, people and proofs state."""
    told: dict[str, Any] = (
        item.readings.filter(kind=Reading.Kind.TEXT).values_list("metadata", flat=True).first()
        or {}
    )
    came = item.acquisitions.order_by("recorded_at").first()
    return all_claims(item, findings, told, came)


def all_claims(
    item: Item, findings: Sequence[Finding], told: Mapping[str, Any], came: Acquisition | None
) -> list[Claim]:
    """The same from rows at hand: what the file says of itself, and how it first came."""
    own = {told.get("created", ""), told.get("date", "")}
    people = claims.from_people(
        dated=item.dated if item.dated not in own else "",
        occurred_at=came.occurred_at if came else "",
        place=came.place if came else "",
        modified_at=came.modified_at if came else "",
    )
    return [
        *claims.from_file(told, item.media_type),
        *claims.from_name(item.name),
        *(claim for finding in findings for claim in finding.claims),
        *people,
    ]


def says_little(stated: Sequence[Claim]) -> bool:
    """Whether nothing but the time of the copy is known."""
    return {claim.source for claim in stated} <= {"file time"}


def _about(item: Item) -> list[Item]:
    """The files that a signature, a sheet or a key was held against."""
    return [
        each
        for each in proven_by(item)
        if any(
            str(item.pk) == pk for check in each.proof_checks.all()[:1] for pk, *_ in check.beside
        )
    ]


def inside_of(item: Item) -> Iterator[Inside]:
    """The files inside a container that have proofs, with the worst answer to each question."""
    children = item.children.exclude(proof_checks=None).distinct().order_by("path")
    for child in children.prefetch_related("proof_checks")[:_MOST_INSIDE]:
        check = child.proof_checks.first()
        if check and check.values:
            yield Inside(child, _answers(check.values))


def keys_trusted() -> QuerySet[TrustedKey]:
    """The keys that are trusted now."""
    return TrustedKey.objects.filter(withdrawn_at=None).select_related("added_by")


def _table(stated: Sequence[Claim]) -> tuple[Stated, ...]:
    return tuple(Stated(proof_words.source_word(row.source), row) for row in rows(stated))


def _line(finding: Finding, check: ProofCheck | None) -> Line:
    near = {name.rpartition("/")[2]: pk for pk, name, _ in check.beside} if check else {}
    return Line(
        name=proof_words.KINDS[finding.kind],
        finding=finding,
        answers=_answers([finding]),
        facts=tuple((proof_words.fact_word(key), value) for key, value in finding.facts if value),
        beside=near.get(finding.beside, ""),
    )


def _answers(findings: Sequence[Finding]) -> tuple[Answer, ...]:
    made = []
    for question in _QUESTIONS:
        asked: list[Verdict] = [
            each.answer(question)  # type: ignore[arg-type]
            for each in findings
            if each.asks(question)  # type: ignore[arg-type]
        ]
        if asked:
            verdict = worst(asked)
            words = proof_words.ANSWERS[(question, verdict)]
            made.append(Answer(proof_words.badge_of(verdict), words))
    return tuple(made)
