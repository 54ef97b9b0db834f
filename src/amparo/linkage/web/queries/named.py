"""Which parties have a name like one that is given, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, Exists, Max, OuterRef, QuerySet, Sum, Value, When

from amparo.linkage.conflicts import Alike, best_alike
from amparo.linkage.names import keys, parse
from amparo.linkage.names.keys import keys_by_part
from amparo.linkage.web.models import PartyKey
from amparo.matters.web.models import Party

__all__ = ["LETTERS", "MOST_PARTS", "THOROUGHLY", "AlikeParty", "parties_like", "spellings_of"]

AT_A_GLANCE, THOROUGHLY = 150, 1_500
AHEAD = 5
MOST_PARTS = 12
LETTERS = 6  # sounds that the same letters outweigh


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
    fields = ("pk", "name", "original_name", "spellings")
    found = {
        pk: alike
        for pk, *written in Party.objects.filter(pk__in=candidates).values_list(*fields)
        if (alike := best_alike(names, _spellings(*written)))
    }
    best = sorted(found, key=lambda pk: -found[pk].comparison.score)[:most]
    parties = Party.objects.select_related("matter").in_bulk(best)
    return [AlikeParty(parties[pk], found[pk]) for pk in best]


def spellings_of(party: Party) -> tuple[str, ...]:
    """Every way in which a party's name is written."""
    return _spellings(party.name, party.original_name, party.spellings)


def _spellings(name: str, original_name: str, others: str) -> tuple[str, ...]:
    written = (name, original_name, *others.splitlines())
    return tuple(dict.fromkeys(each.strip() for each in written if each.strip()))


def _candidates(name: str, among: QuerySet[Party], look_at: int) -> list[UUID]:
    """The parties of ``among`` that share keys with most parts of the name, the nearest first.

    Ranked over all parties, which the index answers alone; only where others crowd them out are
    those of ``among`` ranked by themselves.
    """
    ranked = _ranked(name, forms=look_at > AT_A_GLANCE)
    if ranked is None:
        return []
    ahead = list(ranked[: look_at * AHEAD])
    own = among.filter(pk=OuterRef("pk"))  # else the database may read all parties of the matters
    mine = set(Party.objects.filter(Exists(own), pk__in=ahead).values_list("pk", flat=True))
    if len(mine) < look_at and len(ahead) == look_at * AHEAD:
        return list(ranked.filter(named__in=among.values("pk"))[:look_at])
    return [pk for pk in ahead if pk in mine][:look_at]


def _ranked(name: str, *, forms: bool) -> QuerySet[PartyKey, UUID] | None:
    """Every party that shares a key, by how many parts share one, then by what they share.

    ``forms``: other forms of a given name count too; at a glance the other parts must do.
    """
    parts = keys_by_part(parse(name), forms=forms)[:MOST_PARTS]
    if not parts:
        return None
    whole = {key for key in keys(name, forms=False) if key.startswith("+")}
    asked = whole.union(*parts)
    rows = PartyKey.objects.filter(key__in=asked).values("named")
    shared = sum((_has_one(part) for part in parts), start=Value(0))
    letters = [key for part in parts for key in part if key.startswith("=")]
    weight = Sum(Case(When(key__in=letters, then=LETTERS), default=1))
    ranked = rows.annotate(shared=shared, weight=weight).order_by("-shared", "-weight")
    return ranked.values_list("named", flat=True)


def _has_one(part: frozenset[str]) -> Max:
    return Max(Case(When(key__in=part, then=1), default=0))
