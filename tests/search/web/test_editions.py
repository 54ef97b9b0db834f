"""What is searched by who does not know an identity does not hold the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from amparo.matters.sealing import Sealed, Veil
from amparo.search.passages import Passage
from amparo.search.web.actions import put, remove, set_aside, set_tags
from amparo.search.web.queries import find
from amparo.search.web.surroundings import around, surround

pytestmark = pytest.mark.django_db

MATTER = uuid4()
VEIL = Veil([Sealed("Witness 3", ("Amal Haddad", "أمل حداد", "Haddad"))])
NAMING = Passage(
    "s", "1", MATTER, 1, "Haddad statement", "Amal Haddad fled.", "en", tags=("Haddad",)
)
OTHER = Passage("s", "2", MATTER, 1, "Map", "The road forks.", "en")


@pytest.fixture
def sealed() -> Iterator[None]:
    before = around()
    surround(replace(before, veil=lambda matter: VEIL if matter == MATTER else None))
    yield
    surround(before)


def found(written: str, *, knows: bool) -> list[str]:
    results = find(written, matter_ids=[MATTER], knowing=[MATTER] if knows else [])
    return [str(hit.snippet) for hit in results.hits]


@pytest.mark.parametrize(
    "written", ["Haddad", '"Amal Haddad"', "hadd*", "حداد", "tag:haddad", "name:haddad", "Hadad"]
)
def test_the_name_is_found_only_by_who_knows(sealed: None, written: str) -> None:
    put([NAMING, OTHER])
    assert found(written, knows=True) == ["Amal Haddad fled."]
    assert found(written, knows=False) == []


def test_everyone_finds_it_by_what_they_read(sealed: None) -> None:
    put([NAMING, OTHER])
    assert found("fled", knows=True) == ["Amal Haddad fled."]
    assert found("fled", knows=False) == ["Witness 3 fled."]
    assert found('"witness 3"', knows=False) == ["Witness 3 fled."]
    assert found("road", knows=False) == found("road", knows=True) == ["The road forks."]


def test_counts_and_facets_are_of_one_matter(sealed: None) -> None:
    put([NAMING, OTHER])
    for knowing in ([MATTER], []):
        results = find("fled OR road", matter_ids=[MATTER], knowing=knowing)
        assert results.total == 2
        assert [(each.value, each.number) for each in results.facets.matters] == [(MATTER, 2)]
        names = " ".join(each.value for each in results.facets.tags)
        assert ("Haddad" in names) is bool(knowing)


def test_what_names_nobody_any_more_is_found_as_it_is(sealed: None) -> None:
    put([NAMING])
    put([replace(NAMING, title="Statement", text="She fled.", tags=())])
    assert found("fled", knows=False) == found("fled", knows=True) == ["She fled."]
    assert remove("s", "1") == 1


def test_set_aside_it_is_found_by_who_knows_alone() -> None:
    put([NAMING, OTHER])
    assert found("fled", knows=False) == ["Amal Haddad fled."]
    set_aside(MATTER)
    assert found("fled", knows=False) == found("road", knows=False) == []
    assert found("fled", knows=True) == ["Amal Haddad fled."]
    set_aside(MATTER)
    assert found("fled", knows=True) == ["Amal Haddad fled."]


def test_put_in_anew_after_being_set_aside(sealed: None) -> None:
    put([NAMING, OTHER])
    set_aside(MATTER)
    put([NAMING, OTHER])
    assert found("fled", knows=False) == ["Witness 3 fled."]
    assert found("fled", knows=True) == ["Amal Haddad fled."]
    assert len(found("fled OR road", knows=True)) == 2


def test_a_tag_put_on_later_tells_no_name(sealed: None) -> None:
    put([NAMING, OTHER])
    set_tags("s", "1", ["Haddad", "urgent"])
    results = find("fled", matter_ids=[MATTER])
    assert [each.value for each in results.facets.tags] == ["urgent"]
