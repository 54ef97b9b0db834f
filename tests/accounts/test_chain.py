"""The chain of the audit: whatever is changed, put in or taken out is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amparo.accounts.chain import BEGINNING, Link, digest_of, follow

START = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def chained(number: int) -> list[Link]:
    links, before = [], BEGINNING
    for place in range(1, number + 1):
        link = Link(
            place,
            START + timedelta(seconds=place),
            "u",
            "sign in",
            "user",
            "u",
            "",
            {"role": "attorney", "n": place},
            "127.0.0.1",
        )
        link = replace(link, digest=(before := digest_of(link, before)))
        links.append(link)
    return links


def test_a_whole_chain_holds() -> None:
    links = chained(5)
    verdict = follow(links)
    assert verdict.holds
    assert (verdict.entries, verdict.head) == (5, links[-1].digest)


def test_nothing_holds_too() -> None:
    assert follow([]).head == BEGINNING


@pytest.mark.parametrize(
    "change",
    [
        lambda link: replace(link, action="sign out"),
        lambda link: replace(link, user="v"),
        lambda link: replace(link, at=link.at + timedelta(microseconds=1)),
        lambda link: replace(link, matter="m"),
        lambda link: replace(link, object_id="v"),
        lambda link: replace(link, details={"role": "client", "n": 3}),
        lambda link: replace(link, address="10.0.0.1"),
        lambda link: replace(link, digest=BEGINNING),
    ],
)
def test_a_changed_entry_is_named(change: Callable[[Link], Link]) -> None:
    links = chained(5)
    links[2] = change(links[2])
    verdict = follow(links)
    assert (verdict.broken, verdict.entries) == (3, 2)
    assert verdict.got != verdict.expected


def test_an_entry_taken_out_is_noticed_at_the_next() -> None:
    links = chained(5)
    del links[2]
    assert follow(links).broken == 4


def test_an_entry_put_in_is_noticed() -> None:
    links = chained(5)
    extra = replace(links[1], action="delete all")
    links.insert(2, replace(extra, digest=digest_of(extra, links[1].digest)))
    assert follow(links).broken == 3


def test_entries_that_changed_places_are_noticed() -> None:
    links = chained(5)
    links[1], links[2] = links[2], links[1]
    assert follow(links).broken == 3


def test_the_time_zone_in_which_it_is_told_does_not_matter() -> None:
    link = chained(1)[0]
    elsewhere = replace(link, at=link.at.astimezone())
    assert digest_of(elsewhere, BEGINNING) == link.digest
