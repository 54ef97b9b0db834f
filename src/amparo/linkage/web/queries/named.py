"""Which parties have a name like one that is given, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Max, QuerySet, Sum, Value, When

from amparo.linkage.conflicts import Alike, best_alike
from amparo.linkage.names import keys, parse
from amparo.linkage.names.keys import keys_by_part
from amparo.linkage.web.models import PartyKey
from amparo.matters.web.models import Party

__all__ = ["THOROUGHLY", "AlikeParty", "parties_like", "spellings_of"]

AT_A_GLANCE, THOROUGHLY = 200, 2_000
MOST_PARTS = 12
_LETTERS = 6  # sounds that the same letters outweigh


@dataclass(frozen=True, slots=True)
class AlikeParty:
    """A party and the spelling of its name that is most like what was asked."""

    party: Party
    alike: Alike


def parties_like(
    names: Sequence[str],
    among: QuerySet[Party],
    *,
    most: int = 50,
    look_at: int = AT_A_GLANCE,
) -> list[AlikeParty]:
    """The parties of ``among`` whose names are like one of ``names``, the best first.

    The ``look_at`` parties that share most keys with a name are compared with it: more take longer.
    """
    candidates = {pk for name in names for pk in _candidates(name, among, look_at)}
    rows = among.filter(pk__in=candidates).select_related("matter")
    found = []
    for party in rows:
        alike = best_alike(names, spellings_of(party))
        if alike is not None:
            found.append(AlikeParty(party, alike))
    return sorted(found, key=lambda each: -each.alike.comparison.score)[:most]


def spellings_of(party: Party) -> tuple[str, ...]:
    """Every way in which a party's name is written."""
    written = (party.name, party.original_name, *party.spellings.splitlines())
    return tuple(dict.fromkeys(each.strip() for each in written if each.strip()))


def _candidates(name: str, among: QuerySet[Party], look_at: int) -> list[UUID]:
    """The parties that share keys with most parts of the name, and of those with most keys."""
    parts = keys_by_part(parse(name))[:MOST_PARTS]
    if not parts:
        return []
    whole = {key for key in keys(name) if key.startswith("+")}
    asked = whole.union(*parts)
    rows = PartyKey.objects.filter(key__in=asked).values("named")
    rows = rows.filter(named__in=among.values("pk"))
    shared = sum((_has_one(part) for part in parts), start=Value(0))
    letters = [key for part in parts for key in part if key.startswith("=")]
    weight = Sum(Case(When(key__in=letters, then=_LETTERS), default=1))
    ranked = rows.annotate(shared=shared, weight=weight).order_by("-shared", "-weight")
    return list(ranked.values_list("named", flat=True)[:look_at])


def _has_one(part: frozenset[str]) -> Max:
    return Max(Case(When(key__in=part, then=1), default=0))
