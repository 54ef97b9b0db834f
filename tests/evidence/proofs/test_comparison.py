"""Times and places side by side: what agrees, what differs, what cannot be told."""

from __future__ import annotations

import pytest

from amparo.evidence.proofs import claims
from amparo.evidence.proofs.comparison import compare, rows
from amparo.evidence.proofs.findings import Claim
from amparo.evidence.proofs.moments import moment


def relation(one: str, other: str) -> tuple[str, str]:
    (pair,) = compare([Claim("camera", one, one), Claim("tella", other, other)])
    return pair.relation, pair.sentence


@pytest.mark.parametrize(
    ("one", "other", "expected", "words"),
    [
        ("2021-03-01T10:00:00", "2021-03-01T10:00:40", "agrees", "within two minutes"),
        ("2021-03-01T10:00:00Z", "2021-03-01T12:00:00+02:00", "agrees", "within two minutes"),
        ("2021-03-01T12:00:00", "2021-03-01T10:00:00Z", "agrees", "the clock was set to +02:00"),
        ("2021-03-01T10:00:00Z", "2021-03-01T04:30:00", "agrees", "set to -05:30"),
        ("2021-03-01T10:07:00", "2021-03-01T10:00:00Z", "differs", "7 minutes apart, zones aside"),
        ("2021-03-01T10:00:00Z", "2021-03-03T10:00:00Z", "differs", "2 days apart"),
        ("2021-03-01T10:00:00", "2021-03-01T13:00:00", "differs", "3 hours apart"),
        ("2021-03-01T10:00:00", "2021-03-01", "agrees", "can be the same time"),
        ("2021-03-01T10:00:00", "2020-05", "differs", "name different times"),
        ("2021-03-01", "2021-03", "open", "cannot be told"),
        ("2021-03-01T10:00:00", "2021-03~", "open", "cannot be told"),
    ],
)
def test_two_times(one: str, other: str, expected: str, words: str) -> None:
    found, sentence = relation(one, other)
    assert (found, words in sentence) == (expected, True), sentence


@pytest.mark.parametrize(
    ("other", "accuracy", "expected", "words"),
    [
        ((48.8570, 2.3522), None, "agrees", "44 m apart"),
        ((48.8666, 2.3522), None, "differs", "1.1 km apart"),
        ((48.8666, 2.3522), 2000.0, "agrees", "1.1 km apart"),
        ((-33.8688, 151.2093), None, "differs", "16,9"),
    ],
)
def test_two_places(
    other: tuple[float, float], accuracy: float | None, expected: str, words: str
) -> None:
    one = Claim("camera", "here", place=(48.8566, 2.3522))
    (pair,) = compare([one, Claim("tella", "there", place=other, accuracy=accuracy)])
    assert (pair.relation, words in pair.sentence) == (expected, True), pair.sentence


@pytest.mark.parametrize(
    ("later", "made", "expected"),
    [
        ("2026-01-01T00:00:00Z", "2021-03-01T10:00:00Z", []),
        ("2021-03-01T10:00:00Z", "2021-03-01T10:00:00Z", []),
        ("2021-03-01T10:00:00Z", "2021-03-01T18:00:00", []),
        ("2020-03-01T10:00:00Z", "2021-03-01T10:00:00Z", ["365 days before"]),
        ("2020-03-01", "2021-03", ["is before"]),
        ("2021-03-01", "2021-03", []),
    ],
)
def test_what_is_made_later_is_named_only_where_it_comes_first(
    later: str, made: str, expected: list[str]
) -> None:
    pairs = compare([Claim("camera", made, made), Claim("file time", later, later)])
    assert len(pairs) == len(expected)
    assert all(words in pair.sentence for words, pair in zip(expected, pairs, strict=True))


def test_what_differs_comes_first_and_one_claim_alone_says_nothing() -> None:
    at = ["2021-03-01T10:00:00Z", "2021-03-01T10:00:00Z", "2022-01-01T00:00:00Z"]
    sources = ["camera", "satellites", "tella"]
    pairs = compare([Claim(s, t, t) for s, t in zip(sources, at, strict=True)])
    assert [pair.relation for pair in pairs] == ["differs", "differs", "agrees"]
    assert compare([Claim("camera", at[0], at[0])]) == []
    assert compare([]) == []


def test_a_claim_without_a_time_that_can_be_told_stays_in_the_table() -> None:
    odd = Claim("camera", "03/04/2021 1 PM")
    assert [row.claim for row in rows([odd, odd])] == [odd]
    assert compare([odd, Claim("tella", "2021", "2021")]) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_20210301_101500.jpg", "2021-03-01T10:15:00"),
        ("VID_20210301_101500123.mp4", "2021-03-01T10:15:00"),
        ("PXL_20210301_101500.MP.jpg", "2021-03-01T10:15:00"),
        ("2021-03-01 10.15.00.mp4", "2021-03-01T10:15:00"),
        ("WhatsApp Image 2021-03-01 at 10.15.00.jpeg", "2021-03-01T10:15:00"),
        ("Screenshot_2021-03-01-10-15-00.png", "2021-03-01T10:15:00"),
        ("IMG-20210301-WA0012.jpg", "2021-03-01"),
        ("folder_20200101/scan.pdf", ""),
        ("120210301.jpg", ""),
        ("invoice 03-04-2021.pdf", ""),
        ("20211301.jpg", ""),
        ("20210230.jpg", ""),
    ],
)
def test_the_time_in_a_name(name: str, expected: str) -> None:
    assert [claim.time for claim in claims.from_name(name)] == ([expected] if expected else [])


def test_the_facts_of_a_picture_and_of_a_recording() -> None:
    told = {
        "created": "2021-03-01T10:15:00",
        "satellite time": "2021-03-01T08:15:02Z",
        "coordinates": "48.856600, 2.352200",
    }
    found = claims.from_file(told, "image/jpeg")
    assert [(each.source, each.time) for each in found if each.time] == [
        ("camera", "2021-03-01T10:15:00"),
        ("satellites", "2021-03-01T08:15:02Z"),
    ]
    film = {"created": "2021-03-01T08:15:00Z", "location": "+48.8566+002.3522/"}
    places = [each.place for each in claims.from_file(film, "video/mp4") if each.place]
    assert places == [(48.8566, 2.3522)]


def test_what_people_gave() -> None:
    found = claims.from_people(
        dated="2021-03", occurred_at="2021-04-02", place="48.85, 2.35", modified_at=""
    )
    assert [(each.source, each.time, each.place) for each in found] == [
        ("described", "2021-03", None),
        ("claimed", "2021-04-02", None),
        ("claimed", "", (48.85, 2.35)),
    ]


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2021-03-01T08:15:00.123Z", "2021-03-01T08:15:00Z"),
        ("2021:03:01 08:15:00", "2021-03-01T08:15:00"),
        ("2021-03-01T08:15:00+0200", "2021-03-01T08:15:00+02:00"),
        ("1614586500000", "2021-03-01T08:15:00Z"),
        ("1614586500", "2021-03-01T08:15:00Z"),
        ("Monday, March 1, 2021 7:11:50 PM", "2021-03-01T19:11:50"),
        ("03/04/2021 10:00", ""),
        ("March", ""),
        ("", ""),
        ("2021-13-01T00:00:00Z", ""),
    ],
)
def test_times_as_programs_write_them(stated: str, expected: str) -> None:
    assert moment(stated) == expected
