"""Parties are keyed by their names as they are written, so that they are found as they sound."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from amparo.linkage.names import keys
from amparo.linkage.web.models import NamedParty, PartyKey
from amparo.linkage.web.queries.named import spellings_of
from amparo.matters.web.models import Party

__all__ = ["VERSION", "key_parties", "key_what_is_not"]

VERSION = 1
"""Of the keys; parties keyed by an earlier one are keyed anew."""

AT_ONCE = 500


@transaction.atomic
def key_parties(parties: Iterable[Party]) -> None:
    """Key these parties by all their spellings; derived rows, so nothing is audited."""
    listed = list(parties)
    NamedParty.objects.filter(party__in=[party.pk for party in listed]).delete()
    NamedParty.objects.bulk_create(NamedParty(party=each, version=VERSION) for each in listed)
    PartyKey.objects.bulk_create(
        (
            PartyKey(named_id=party.pk, key=key)
            for party in listed
            for key in sorted(
                {key for each in spellings_of(party) for key in keys(each, forms=False)}
            )
        ),
        batch_size=5_000,
    )


def key_what_is_not(most: int = 100_000) -> int:
    """Key the parties that are not, as those from before there were keys; gives how many."""
    done = 0
    while done < most:
        rest = Party.objects.exclude(named__version=VERSION).order_by("pk")[:AT_ONCE]
        listed = list(rest)
        if not listed:
            break
        key_parties(listed)
        done += len(listed)
    return done
