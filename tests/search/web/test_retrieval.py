"""Ways of retrieving agree, and what others have changes nothing that one sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from amparo.search.results import Chosen, Results
from amparo.search.web import index, retrieval
from amparo.search.web.actions import put, settle
from amparo.search.web.queries import find, rewordings
from tests.search.builders import MATTER, OTHER, passage

pytestmark = pytest.mark.django_db

QUERIES = [
    "court",
    "court torture",
    "court -torture",
    "Mohammad",
    "Mohammad court",
    "محمد OR nothing",
    "torture Mohammad nowhere",
    "type:pdf",
    "court type:mail",
    "date:2021",
    "tag:key court",
    "tort*",
    '"the court"',
    "-court",
    "title:volume court",
    "",
]
CHOICES = [
    Chosen(),
    Chosen(kinds=frozenset({"mail"})),
    Chosen(years=frozenset({2021, None}), languages=frozenset({"en", ""})),
    Chosen(tags=frozenset({"key"})),
    Chosen(matters=frozenset({MATTER})),
    Chosen(matters=frozenset({OTHER})),
]


def some(number: int, **values: Any) -> list[Any]:
    """Passages in which words come at their own rhythms."""
    return [
        passage(
            f"{'The court sat. ' * (n % 3)}{'Torture was proven. ' if n % 4 == 0 else ''}"
            f"{'Mohammad spoke. ' if n % 5 == 0 else ''}"
            f"{'قال محمد ذلك. ' if n % 7 == 0 else ''}day {n}",
            source_id=f"{values.get('matter_id', MATTER)}-{n}",
            title=f"Volume {n} of court" if n % 11 == 0 else f"Volume {n}",
            media_type="message/rfc822" if n % 6 == 0 else "application/pdf",
            language=("en", "", "fr")[n % 3],
            date=("2021-03", "", "2019")[n % 3],
            tags=("Key",) if n % 9 == 0 else (),
            **values,
        )
        for n in range(number)
    ]


def seen(results: Results) -> dict[str, Any]:
    """What a person sees, apart from the order of what is equally good."""
    hits = {(hit.source_id, str(hit.snippet), hit.other_spelling, hit.tags) for hit in results.hits}
    return {
        "hits": hits,
        "rest": replace(results, hits=(), spellings=()),
        "spellings": set(results.spellings),
    }


@pytest.mark.parametrize("chosen", CHOICES)
@pytest.mark.parametrize("query", QUERIES)
def test_few_and_many_agree(query: str, chosen: Chosen, monkeypatch: pytest.MonkeyPatch) -> None:
    put(some(60))
    few = find(query, matter_ids=[MATTER], chosen=chosen, per_page=100)
    monkeypatch.setattr(retrieval, "FEW", -1)
    many = find(query, matter_ids=[MATTER], chosen=chosen, per_page=100)
    assert seen(few) == seen(many)
    monkeypatch.setattr(index, "MOST_RANKED", 3)
    page = find(query, matter_ids=[MATTER], chosen=chosen, per_page=2)
    assert page.total == few.total


@pytest.mark.parametrize("query", QUERIES)
def test_pages_put_together_are_everything(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(some(60))
    for bound in (retrieval.FEW, -1):
        monkeypatch.setattr(retrieval, "FEW", bound)
        whole = find(query, matter_ids=[MATTER], per_page=100)
        pages = [
            hit.source_id
            for number in range(1, -(-whole.total // 7) + 1)
            for hit in find(query, matter_ids=[MATTER], page=number, per_page=7).hits
        ]
        assert sorted(pages) == sorted(hit.source_id for hit in whole.hits)


@pytest.mark.parametrize("chosen", CHOICES)
def test_what_others_have_changes_nothing(chosen: Chosen) -> None:
    put(some(40))
    before = [find(q, matter_ids=[MATTER], chosen=chosen, per_page=100) for q in QUERIES]
    near = [rewordings(q, matter_ids=[MATTER]) for q in ("courting", '"sat court"')]
    put(some(40, matter_id=OTHER))
    put(
        [
            passage(
                f"Muhammad Mohamad {'Mohamed ' * 3} محمد nowhere secret {n}",
                matter_id=OTHER,
                language="tr",
                date="1999",
                tags=("Sealed", "Key"),
                media_type="image/png",
                source_id=f"theirs-{n}",
            )
            for n in range(30)
        ]
    )
    after = [find(q, matter_ids=[MATTER], chosen=chosen, per_page=100) for q in QUERIES]
    assert list(map(seen, before)) == list(map(seen, after))
    assert near == [rewordings(q, matter_ids=[MATTER]) for q in ("courting", '"sat court"')]


def test_nobody_without_a_matter_sees_anything() -> None:
    put(some(5))
    for query in QUERIES:
        assert find(query, matter_ids=[]).hits == ()
        assert find(query, matter_ids=[OTHER]).total == 0


def test_ubiquitous_words_let_through_without_ranking(monkeypatch: pytest.MonkeyPatch) -> None:
    put(some(60))
    usual = find("court torture", matter_ids=[MATTER], per_page=100)
    monkeypatch.setattr(index, "UBIQUITOUS", 20)
    index._ubiquitous.clear()
    planned = find("court torture", matter_ids=[MATTER], per_page=100)
    index._ubiquitous.clear()
    assert seen(usual) == seen(planned)


def test_counting_stops_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    put(some(60))
    monkeypatch.setattr(retrieval, "FEW", 5)
    monkeypatch.setattr(index, "MOST_COUNTED", 10)
    monkeypatch.setattr(index.count, "__defaults__", (10,))
    results = find("court", matter_ids=[MATTER])
    assert (results.total, results.at_least) == (10, True)


def test_a_settled_index_finds_the_same() -> None:
    for n in range(12):
        put([passage(f"court {n}", source_id=str(n))])
    settle()
    settle()
    assert find("court", matter_ids=[MATTER]).total == 12


def test_abdul_rahman_is_one_name_however_it_is_parted() -> None:
    written = ["Abdulrahman", "Abd al-Rahman", "Abdul Rahman", "عبد الرحمن", "عبدالرحمن"]
    put([passage(f"{name} came", source_id=name) for name in written])
    for name in ["Abdulrahman", "Abdul Rahman", "Abd-al-Rahman", "عبد الرحمن"]:
        found = {hit.source_id for hit in find(name, matter_ids=[MATTER]).hits}
        assert len(found) >= 4, (name, found)
