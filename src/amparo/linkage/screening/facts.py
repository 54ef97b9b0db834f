"""What else speaks for or against a hit: date of birth, country, numbers, kind.

Unknown is unknown: a fact that one side does not have neither agrees nor disagrees, and is said.
Nothing here changes the score of the names, and no disagreement takes a hit away: lists are wrong
about dates and countries more often than one would wish.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from amparo.base import dates
from amparo.base.errors import UnclearDate
from amparo.linkage.screening.countries import code_of
from amparo.linkage.screening.entries import Entry

__all__ = ["APPROXIMATE", "Fact", "Finding", "facts_of"]

About = Literal["born", "country", "identifier", "kind"]

APPROXIMATE = timedelta(days=5 * 365)
"""A date that somebody calls approximate may be off by so much before it disagrees."""


class Finding(StrEnum):
    """What comparing a fact came to."""

    AGREES = "agrees"
    DISAGREES = "disagrees"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact compared, and the sentence that says how."""

    about: About
    finding: Finding
    said: str


def facts_of(
    entry: Entry,
    *,
    born: str = "",
    countries: Sequence[str] = (),
    identifiers: Sequence[str] = (),
    is_body: bool = False,
) -> tuple[Fact, ...]:
    """Every fact that can be compared, and what is unknown."""
    return (
        _born(born, entry.born),
        _country(countries, entry.countries),
        *_identifier(identifiers, entry),
        *_kind(entry, is_body=is_body),
    )


def _born(ours: str, theirs: Sequence[str]) -> Fact:
    mine, listed = _range(ours), [found for each in theirs if (found := _range(each))]
    said = ", ".join(theirs)
    if not ours and not theirs:
        return _unknown("born", "No date of birth is known on either side.")
    if not ours:
        return _unknown("born", f"The date of birth is unknown here; the list says {said}.")
    if not theirs:
        return _unknown("born", "The list gives no date of birth.")
    if mine is None or not listed:
        return _unknown("born", f"The dates of birth cannot be compared: {ours} and {said}.")
    if any(_meet(mine, each) for each in listed):
        text = f"The dates of birth can be the same: {ours} here, {said} on the list."
        return Fact("born", Finding.AGREES, text)
    text = f"The dates of birth differ: {ours} here, {said} on the list."
    return Fact("born", Finding.DISAGREES, text)


def _range(said: str) -> tuple[date, date] | None:
    """The first and the last day that a date can be; None when it has none."""
    try:
        made = dates.parse(said)
    except UnclearDate:
        return None
    if made.earliest is None or made.latest is None:
        return None
    if not made.qualified:
        return made.earliest, made.latest
    try:
        return made.earliest - APPROXIMATE, made.latest + APPROXIMATE
    except OverflowError:
        return None


def _meet(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _country(ours: Sequence[str], theirs: Sequence[str]) -> Fact:
    mine, listed = set(_codes(ours)), set(_codes(theirs))
    here, there = ", ".join(ours), ", ".join(theirs)
    if not ours and not theirs:
        return _unknown("country", "No country is known on either side.")
    if not ours:
        return _unknown("country", f"The country is unknown here; the list says {there}.")
    if not theirs:
        return _unknown("country", "The list gives no country.")
    if mine & listed:
        return Fact("country", Finding.AGREES, f"The country is the same: {here}, {there}.")
    if len(mine) < len(ours) or len(listed) < len(theirs):
        return _unknown("country", f"The countries cannot be compared: {here} and {there}.")
    text = f"The countries differ: {here} here, {there} on the list."
    return Fact("country", Finding.DISAGREES, text)


def _codes(said: Iterable[str]) -> Iterator[str]:
    return filter(None, map(code_of, said))


def _identifier(ours: Sequence[str], entry: Entry) -> Iterator[Fact]:
    """The same number speaks loudly; another one says nothing, for people have several."""
    if not ours:
        return
    theirs = {_bare(each.number): each.number for each in entry.identifiers}
    same = [each for each in ours if _bare(each) in theirs]
    if same:
        text = f"Both have the number {same[0]}."
        yield Fact("identifier", Finding.AGREES, text)
    elif theirs:
        text = "The numbers differ, which says little: one may have several."
        yield _unknown("identifier", text)
    else:
        yield _unknown("identifier", "The list gives no number of a paper or register.")


def _bare(number: str) -> str:
    return "".join(each for each in number.upper() if each.isalnum())


def _kind(entry: Entry, *, is_body: bool) -> Iterator[Fact]:
    if is_body and entry.kind == "person":
        text = "The name here is a body’s, the entry on the list a person’s."
        yield Fact("kind", Finding.DISAGREES, text)
    elif entry.kind in ("vessel", "aircraft"):
        text = f"The entry on the list is a {entry.kind}."
        if entry.kind == "aircraft":
            text = "The entry on the list is an aircraft."
        yield Fact("kind", Finding.DISAGREES, text)


def _unknown(about: About, said: str) -> Fact:
    return Fact(about, Finding.UNKNOWN, said)
