"""Hits with their reasons: what agrees, what disagrees, what is unknown; never that it is them."""

from __future__ import annotations

import io

import pytest

from amparo.linkage.screening import (
    Alias,
    Asked,
    Entry,
    Finding,
    Identifier,
    Index,
    read,
    screen,
)
from amparo.linkage.screening.countries import code_of
from amparo.linkage.screening.facts import facts_of
from amparo.linkage.screening.said_dates import born_as, day_of
from tests.linkage.screening.lists import OFAC, UN

HADDAD = Entry(
    "1", "HADDAD, Umar", "person", (Alias("The Falcon", is_weak=True),), ("1971~",), ("Syria",)
)


def said(entry: Entry, finding: Finding, **asked: object) -> list[str]:
    facts = facts_of(entry, **asked)  # type: ignore[arg-type]
    return [fact.said for fact in facts if fact.finding is finding]


@pytest.mark.parametrize("name", ["عمر حداد", "Омар Хаддад", "Omar Hadad", "Haddad Omar"])
def test_a_name_is_found_in_any_script_and_order(name: str) -> None:
    [hit] = screen(Asked(name), Index([HADDAD, Entry("2", "Lina Saleh")])).hits
    assert hit.entry is HADDAD
    assert hit.reasons


def test_what_agrees_and_what_disagrees_is_said() -> None:
    [hit] = screen(Asked("Omar Haddad", born="1990", countries=("سوريا",)), Index([HADDAD])).hits
    assert hit.said(Finding.AGREES) == ("The country is the same: سوريا, Syria.",)
    assert hit.said(Finding.DISAGREES) == (
        "The dates of birth differ: 1990 here, 1971~ on the list.",
    )


def test_unknown_is_unknown() -> None:
    assert said(HADDAD, Finding.UNKNOWN) == [
        "The date of birth is unknown here; the list says 1971~.",
        "The country is unknown here; the list says Syria.",
    ]
    bare = Entry("2", "Omar")
    assert said(bare, Finding.UNKNOWN, born="1971", countries=("SY",)) == [
        "The list gives no date of birth.",
        "The list gives no country.",
    ]


@pytest.mark.parametrize(
    ("ours", "theirs", "finding"),
    [
        ("1971", "1971-03-04", Finding.AGREES),
        ("1975", "1971~", Finding.AGREES),
        ("1977", "1971~", Finding.DISAGREES),
        ("1982-05", "1980/1983", Finding.AGREES),
        ("1971-03-04", "1971-03-05", Finding.DISAGREES),
        ("1971", "03/04/1971", Finding.UNKNOWN),
        ("1971", "../1980", Finding.UNKNOWN),
    ],
)
def test_dates_of_birth(ours: str, theirs: str, finding: Finding) -> None:
    [fact] = (f for f in facts_of(Entry("1", "X", born=(theirs,)), born=ours) if f.about == "born")
    assert fact.finding is finding


def test_a_country_that_is_not_known_is_no_disagreement() -> None:
    entry = Entry("1", "X", countries=("Ruritania",))
    assert "The countries cannot be compared: SY and Ruritania." in said(
        entry, Finding.UNKNOWN, countries=("SY",)
    )


def test_the_same_number_comes_first() -> None:
    other = Entry("2", "Omar Haddad", identifiers=(Identifier("Passport", "N-445 566"),))
    asked = Asked("Umar HADDAD", identifiers=("N445566",))
    assert [hit.entry.number for hit in screen(asked, Index([HADDAD, other])).hits] == ["2", "1"]
    assert "Both have the number N445566." in said(other, Finding.AGREES, identifiers=("N445566",))


def test_weak_names_and_unlisted_entries_say_so() -> None:
    beside = Entry("3", "Korvana Trading LLC", "body", is_listed=False)
    index = Index([HADDAD, beside])
    assert (
        "The list itself calls this name weak."
        in screen(Asked("The Falcon"), index).hits[0].reasons
    )
    [hit] = screen(Asked("Korvana Trading"), index).hits
    assert "This entry is only named beside those that are listed." in hit.reasons


def test_every_spelling_is_asked_and_an_entry_hit_once() -> None:
    found = screen(Asked("O. H.", ("Omar Haddad", "Umar Haddad")), Index([HADDAD]))
    assert [(hit.entry.number, hit.asked) for hit in found.hits] == [("1", "Umar Haddad")]


def test_no_reason_ever_says_that_it_is_them() -> None:
    index = Index(
        read(io.BytesIO(OFAC.encode()), "").entries + read(io.BytesIO(UN.encode()), "").entries
    )
    for hit in screen(Asked("Omar Ali Haddad", born="1971", countries=("Syria",)), index).hits:
        for sentence in (*hit.reasons, *(fact.said for fact in hit.facts)):
            assert "is the person" not in sentence
            assert "identical" not in sentence


def test_too_many_hits_are_counted() -> None:
    found = screen(Asked("Omar Haddad"), Index([Entry(str(n), "Omar Haddad") for n in range(60)]))
    assert (len(found.hits), found.more, found.cut) == (50, 10, False)


def test_few_of_many_names_are_compared() -> None:
    far = [Entry(str(n), f"Name{n:x} Other{n:x}") for n in range(500)]
    index = Index([*far, HADDAD])
    assert len(index) == 502
    assert [hit.entry for hit in screen(Asked("Omar Haddad"), index).hits] == [HADDAD]


@pytest.mark.parametrize(
    ("words", "born"),
    [
        ("10 Dec 1948", "1948-12-10"),
        ("circa 1979-1982", "1979~/1982~"),
        ("1962 to 1963", "1962/1963"),
        ("Aug 1960", "1960-08"),
        ("03/04/1971", "03/04/1971"),
        ("in his thirties", "in his thirties"),
    ],
)
def test_dates_as_lists_write_them(words: str, born: str) -> None:
    assert born_as(words) == born


def test_days_and_countries() -> None:
    assert day_of("11/09/2026", month_first=True) == "2026-11-09"
    assert day_of("never") == ""
    said = ["Iran (Islamic Republic of)", "ir", "Сирия", "Korea, North", "Nowhere"]
    assert [code_of(each) for each in said] == ["IR", "IR", "SY", "KP", ""]
