"""Finding in the real encrypted index: what is asked, in every way that it may be asked."""

from __future__ import annotations

from typing import Any

import pytest

from amparo.search.results import Chosen, Results
from amparo.search.web.actions import put, remove, set_tags
from amparo.search.web.queries import find
from tests.search.builders import MATTER, passage

pytestmark = pytest.mark.django_db


def search(written: str, **options: Any) -> Results:
    return find(written, matter_ids=[MATTER], **options)


def found(written: str, **options: Any) -> list[str]:
    return [hit.source_id for hit in search(written, **options).hits]


@pytest.fixture
def indexed(db: None) -> None:
    put(
        [
            passage("Habeas corpus was denied to Mohammad.", source_id="en", date="2021-03"),
            passage("رفضت المحكمة طلب مُحَمَّد", source_id="ar", language="ar", page=2),
            passage("Суд отказал Мухаммаду", source_id="ru", language="ru", tags=("Key",)),
            passage(
                "The court of appeal on torture and habeas relief",
                source_id="mail",
                media_type="message/rfc822",
                date="2019",
                title="Affidavit of Olena",
                name="affidavit.eml",
                sender="Olena Petrenko",
            ),
        ]
    )


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("habeas", {"en", "mail"}),
        ("HABEAS corpus", {"en"}),
        ('"habeas corpus"', {"en"}),
        ('"corpus habeas"', set()),
        ("corpus OR torture", {"en", "mail"}),
        ("habeas -corpus", {"mail"}),
        ("habeas NOT corpus", {"mail"}),
        ("tort*", {"mail"}),
        ("محكمه", {"ar"}),
        ("Mohammad", {"en", "ar", "ru"}),
        ("mohammad", {"en", "ar", "ru"}),
        ('"Mohammad"', {"en"}),
        ("محمد", {"en", "ar", "ru"}),
        ("Мохаммад", {"en", "ar", "ru"}),
        ("Mehmet", {"en", "ar", "ru"}),
        ("affidavit", {"mail"}),
        ("habeas from:olena", {"mail"}),
        ("habeas name:affidavit", {"mail"}),
        ("type:mail", {"mail"}),
        ("type:message/rfc822", {"mail"}),
        ("habeas date:2021", {"en"}),
        ("habeas before:2020", {"mail"}),
        ("habeas date:2021-03-05", {"en"}),
        ("habeas after:2021", set()),
        ("language:arabic", {"ar"}),
        ("language:ru", {"ru"}),
        ("tag:key", {"ru"}),
        ("tag:key OR torture", {"ru", "mail"}),
        ("-habeas", {"ar", "ru"}),
        ("page:2", {"ar"}),
        ('matter:"a. v. state" torture', {"mail"}),
        ("matter:nonsense torture", set()),
        ("type:nonsense", set()),
    ],
)
def test_finds(indexed: None, written: str, expected: set[str]) -> None:
    assert set(found(written, names={MATTER: ("A-1", "A. v. State")})) == expected


def test_what_was_typed_comes_before_what_sounds_like_it(indexed: None) -> None:
    results = search("mohammad")
    assert [hit.source_id for hit in results.hits][0] == "en"
    assert [hit.other_spelling for hit in results.hits] == [False, True, True]
    assert set(results.spellings) == {"مُحَمَّد", "Мухаммаду"}


def test_when_no_passage_has_all_words_some_will_do_and_it_says_so(indexed: None) -> None:
    results = search("torture corpus nowhere")
    assert set(results.any_of) == {"torture", "corpus"}
    assert {hit.source_id for hit in results.hits} == {"en", "mail"}


def test_facets_leave_their_own_choice_out(indexed: None) -> None:
    results = search("habeas", chosen=Chosen(kinds=frozenset({"mail"})))
    assert [hit.source_id for hit in results.hits] == ["mail"]
    assert (results.total, results.matched) == (1, 2)
    assert {(c.value, c.number, c.chosen) for c in results.facets.kinds} == {
        ("mail", 1, True),
        ("pdf", 1, False),
    }
    assert [(c.value, c.number) for c in results.facets.years] == [(2019, 1)]


def test_a_snippet_marks_the_original(indexed: None) -> None:
    (hit,) = search("المحكمه").hits
    assert hit.snippet.marked == ("المحكمة",)
    assert hit.page == 2


def test_putting_a_page_again_replaces_it(indexed: None) -> None:
    put([passage("Nothing of the kind", source_id="en")])
    assert found("corpus") == []
    assert found("kind") == ["en"]


def test_removing_leaves_nothing(indexed: None) -> None:
    assert remove("evidence.item", "ru") == 1
    assert found("tag:key") == []
    assert found("суд") == []


def test_tags_change_in_place(indexed: None) -> None:
    set_tags("evidence.item", "en", ["Exhibit", "Key"])
    assert set(found("tag:key")) == {"en", "ru"}
    assert [(c.value, c.number) for c in search("habeas").facets.tags] == [
        ("Exhibit", 1),
        ("Key", 1),
    ]
    assert found("habeas", chosen=Chosen(tags=frozenset({"exhibit"}))) == ["en"]
