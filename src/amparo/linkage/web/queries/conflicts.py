"""What each person may read of the conflicts that were looked for, and may decide.

Rows hold every hit whole. Nothing leaves here but through ``reading_of`` (what a team member reads
of a check) and ``to_decide`` (what an attorney is asked): both ask the gates for each hit anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from amparo.accounts.web.models import User
from amparo.linkage.conflicts import Decided, Seat, Standing, may_decide, standing_of
from amparo.linkage.web.models import ConflictCheck, ConflictHit, ConflictRequest, ConflictRuling
from amparo.linkage.web.queries.named import spellings_of
from amparo.matters.access import Verb
from amparo.matters.web.access import can, knows, sealed_from, visible_matters
from amparo.matters.web.models import Matter, Party, Wall
from amparo.matters.web.veils import veil_for

__all__ = [
    "Asked",
    "HitLine",
    "NameLine",
    "Reading",
    "Summary",
    "hit_for",
    "latest_check",
    "line_of",
    "may_rule",
    "reading_of",
    "standing_hits",
    "summary_of",
    "to_decide",
]


@dataclass(frozen=True, slots=True)
class HitLine:
    """A hit that this person may see whole, how it stands, and whether they may decide it.

    ``title`` of the matter that was hit and ``reason`` of the decision are as this person reads
    them, other sealed identities of that matter veiled. ``party`` is None once it was taken off.
    """

    hit: ConflictHit
    matter: Matter
    title: str
    party: Party | None
    ruling: ConflictRuling | None
    reason: str
    may_rule: bool

    @property
    def standing(self) -> Standing:
        """Where the hit stands."""
        return Standing.OPEN if self.ruling is None else Standing(self.ruling.verdict)


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name that was asked and what was found: hits to be seen, and how the unseen stand.

    ``unseen`` is None when all there is can be seen; ``decided`` is the last decision on the
    unseen, once all are decided: who and when, never why. ``more``: more parties were alike than
    are kept.
    """

    name: str
    hits: tuple[HitLine, ...]
    unseen: Standing | None
    decided: Decided | None
    more: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """A check as one person may read it."""

    check: ConflictCheck
    names: tuple[NameLine, ...]
    standing: Standing
    unseen: bool
    asked: ConflictRequest | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Whether a matter was checked: the last check, and the parties whose names it did not ask.

    ``standing`` of all that was found; None where nothing was.
    """

    check: ConflictCheck | None
    standing: Standing | None
    unchecked: tuple[Party, ...]
    checked: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A hit that someone asks this attorney to decide: all that they read of the other side."""

    line: HitLine
    asking: Matter | None
    asked_by: User
    asked_at: datetime
    note: str


def latest_check(matter: Matter) -> ConflictCheck | None:
    """The last check of a matter."""
    return matter.conflict_checks.select_related("asked_by").first()


def standing_hits(check: ConflictCheck) -> QuerySet[ConflictHit]:
    """The hits of a check that are not decided."""
    decided = ConflictRuling.objects.filter(pair=OuterRef("pair"))
    return check.hits.exclude(Exists(decided))


def summary_of(matter: Matter) -> Summary:
    """How the check of a matter stands; it says nothing of what was hit."""
    check = latest_check(matter)
    parties = list(matter.parties.all())
    if check is None:
        return Summary(None, None, tuple(parties), ())
    asked = {(each["party"], spelling) for each in check.names for spelling in each["spellings"]}
    fresh = [p for p in parties if any((str(p.pk), each) not in asked for each in spellings_of(p))]
    pairs = list(check.hits.values_list("pair", flat=True))
    rulings = _rulings(pairs)
    standing = standing_of(_decided(rulings.get(pair)) for pair in pairs) if pairs else None
    return Summary(check, standing, tuple(fresh), tuple(p for p in parties if p not in fresh))


def reading_of(user: User, check: ConflictCheck) -> Reading:
    """The check as ``user`` may read it, who knows the identities of its matter.

    Hits in matters that they may not see, or in which an identity is sealed from them, are taken
    together by name, so that neither their number nor their place is told.
    """
    hits = list(check.hits.all())
    rulings = _rulings(hit.pair for hit in hits)
    seen = _seen(user, hits)
    lines = []
    for each in check.names:
        own = {hit.pair: hit for hit in hits if hit.name == each["name"]}.values()
        whole = [_line(user, hit, seen, rulings) for hit in own if hit.pk in seen]
        hidden = [_decided(rulings.get(hit.pair)) for hit in own if hit.pk not in seen]
        lines.append(_name_line(each, whole, hidden))
    return Reading(
        check,
        tuple(lines),
        standing_of(_decided(rulings.get(hit.pair)) for hit in hits),
        any(line.unseen is Standing.OPEN for line in lines),
        check.requests.select_related("asked_by").first(),
    )


def to_decide(user: User, most: int | None = None) -> list[Asked]:
    """The open hits that others ask ``user`` to decide, newest first; each pair once."""
    found: dict[str, Asked] = {}
    rows = ConflictHit.objects.filter(check_made__requests__isnull=False)
    decided = ConflictRuling.objects.filter(pair=OuterRef("pair"))
    rows = rows.filter(found_matter__in=visible_matters(user).values("pk"))
    rows = rows.exclude(Exists(decided)).select_related("check_made__matter").distinct()
    for hit in rows.order_by("-check_made__asked_at"):
        if len(found) == most:
            break
        if hit.pair not in found and may_rule(user, hit):
            found[hit.pair] = _asked(user, hit)
    return list(found.values())


def hit_for(user: User, pk: UUID) -> ConflictHit | None:
    """The hit, if ``user`` may read it whole or decide it."""
    hit = ConflictHit.objects.select_related("check_made__matter").filter(pk=pk).first()
    if hit is None or hit.pk not in _seen(user, [hit]):
        return None
    asking = hit.check_made.matter
    sees_asking = can(user, Verb.VIEW, asking) and knows(user, asking)
    return hit if sees_asking or may_rule(user, hit) else None


def line_of(user: User, hit: ConflictHit) -> HitLine:
    """One hit that ``user`` may see whole. KeyError for another."""
    return _line(user, hit, _seen(user, [hit]), _rulings([hit.pair]))


def may_rule(user: User, hit: ConflictHit) -> bool:
    """Whether ``user`` may decide on the hit, see ``conflicts.may_decide``."""
    asking = hit.check_made.matter
    found = Matter.objects.filter(pk=hit.found_matter).first()
    if found is None:
        return False
    walls = Wall.objects.filter(user=user, lifted_at=None, matter__in=(asking.pk, found.pk))
    seat = Seat(
        sees_asking=can(user, Verb.VIEW, asking) and knows(user, asking),
        sees_found=hit.pk in _seen(user, [hit]),
        reviews=can(user, Verb.REVIEW, asking) or can(user, Verb.REVIEW, found),
        walled=walls.exists(),
    )
    return may_decide(seat, disclosed=_is_disclosed(hit))


def _is_disclosed(hit: ConflictHit) -> bool:
    return ConflictRequest.objects.filter(check_made__hits__pair=hit.pair).exists()


def _seen(user: User, hits: Iterable[ConflictHit]) -> dict[UUID, Matter]:
    """The hits whose matter and party ``user`` may see, with their matters."""
    listed = list(hits)
    matters = visible_matters(user).in_bulk({hit.found_matter for hit in listed})
    sealed = set(sealed_from(user, matters.values()).values_list("pk", flat=True))
    open_parties = set(
        Party.objects.filter(matter__in=sealed, pseudonym="").values_list("pk", flat=True)
    )
    return {
        hit.pk: matters[hit.found_matter]
        for hit in listed
        if hit.found_matter in matters
        and (hit.found_matter not in sealed or hit.found_party in open_parties)
    }


def _rulings(pairs: Iterable[str]) -> dict[str, ConflictRuling]:
    """The ruling that stands on each pair: the latest."""
    rows = ConflictRuling.objects.filter(pair__in=set(pairs)).select_related("ruled_by")
    return {ruling.pair: ruling for ruling in rows.order_by("ruled_at", "pk")}


def _decided(ruling: ConflictRuling | None) -> Decided | None:
    if ruling is None:
        return None
    return Decided(Standing(ruling.verdict), str(ruling.ruled_by), ruling.ruled_at)


def _line(
    user: User,
    hit: ConflictHit,
    seen: Mapping[UUID, Matter],
    rulings: Mapping[str, ConflictRuling],
) -> HitLine:
    party, matter = Party.objects.filter(pk=hit.found_party).first(), seen[hit.pk]
    ruling, veil = rulings.get(hit.pair), veil_for(user, matter)
    reason = veil.over(ruling.reason) if ruling else ""
    title = veil.over(matter.title)
    return HitLine(hit, matter, title, party, ruling, reason, may_rule(user, hit))


def _name_line(
    asked: Mapping[str, object], whole: list[HitLine], hidden: list[Decided | None]
) -> NameLine:
    known = sorted((each for each in hidden if each is not None), key=lambda each: each.at)
    all_decided = bool(known) and len(known) == len(hidden)
    return NameLine(
        str(asked["name"]),
        tuple(whole),
        standing_of(hidden) if hidden else None,
        known[-1] if all_decided else None,
        bool(asked.get("more")),
    )


def _asked(user: User, hit: ConflictHit) -> Asked:
    asking = hit.check_made.matter
    request = ConflictRequest.objects.filter(check_made__hits__pair=hit.pair)
    last = request.select_related("asked_by").order_by("-asked_at")[0]
    sees_asking = can(user, Verb.VIEW, asking) and knows(user, asking)
    line = line_of(user, hit)
    return Asked(line, asking if sees_asking else None, last.asked_by, last.asked_at, last.note)
