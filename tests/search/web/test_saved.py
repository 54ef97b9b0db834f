"""Saved searches: what is new, for whom, and what they never tell."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.matters.web.actions import open_matter, remove_member
from amparo.matters.web.models import Matter
from amparo.search.web.actions import put, saved
from amparo.search.web.actions.saved import look_at, save_search
from amparo.search.web.models import SavedSearch
from amparo.search.web.queries.saved import Line, lines
from tests.personas import Personas
from tests.search.builders import passage

pytestmark = pytest.mark.django_db


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def news(user: User) -> tuple[int, int]:
    (line,) = lines(user)
    assert line.news is not None
    return line.news.number, line.news.total


@pytest.fixture
def kept(personas: Personas, matter: Matter) -> SavedSearch:
    put([passage("arrested at night", matter_id=matter.pk)])
    return save_search("Arrests", "q=arrested&page=3", acting_user=personas.colleague)


def test_it_counts_what_came_since_it_was_looked_at(
    kept: SavedSearch, personas: Personas, matter: Matter
) -> None:
    assert kept.query == "q=arrested"
    assert news(personas.colleague) == (0, 1)
    put([passage("arrested again", matter_id=matter.pk), passage("let go", matter_id=matter.pk)])
    assert news(personas.colleague) == (1, 2)
    look_at(kept, acting_user=personas.colleague)
    assert news(personas.colleague) == (0, 2)


def test_a_file_that_is_read_again_is_not_new(
    kept: SavedSearch, personas: Personas, matter: Matter
) -> None:
    one = passage("arrested in May", matter_id=matter.pk)
    put([one])
    look_at(kept, acting_user=personas.colleague)
    put([one])
    assert news(personas.colleague) == (0, 2)


def test_it_finds_only_what_its_owner_may_see(
    kept: SavedSearch, personas: Personas, matter: Matter
) -> None:
    hidden = open_matter("Hidden", acting_user=personas.stranger)
    put([passage("arrested elsewhere", matter_id=hidden.pk)])
    assert news(personas.colleague) == (0, 1)
    remove_member(matter.team.get(user=personas.colleague), acting_user=personas.owner)
    assert news(personas.colleague) == (0, 0)


def test_one_within_a_matter_says_when_the_matter_is_gone(
    personas: Personas, matter: Matter
) -> None:
    put([passage("arrested at night", matter_id=matter.pk)])
    save_search("Here", "q=arrested", matter_id=matter.pk, acting_user=personas.colleague)
    assert news(personas.colleague) == (0, 1)
    remove_member(matter.team.get(user=personas.colleague), acting_user=personas.owner)
    (line,) = lines(personas.colleague)
    assert isinstance(line, Line)
    assert line.is_gone
    assert matter.title not in as_(personas.colleague).get(reverse("search:saved")).content.decode()


def test_the_page_marks_what_is_new_and_still_does_after_going_back(
    kept: SavedSearch, personas: Personas, matter: Matter
) -> None:
    put([passage("arrested anew", matter_id=matter.pk, title="Fresh")])
    client = as_(personas.colleague)
    assert "1 new" in client.get(reverse("search:saved")).content.decode()
    answer = client.post(reverse("search:look-at-search", args=[kept.pk]))
    for _ in range(2):
        hits = client.get(answer.url).context["hits"]
        assert {hit.hit.title[0].text if hit.hit.title else "": hit.is_new for hit in hits} == {
            "Fresh": True,
            "": False,
        }
    assert "nothing new" in client.get(reverse("search:saved")).content.decode()


def test_nobody_else_has_it(kept: SavedSearch, personas: Personas) -> None:
    client = as_(personas.owner)
    assert "Arrests" not in client.get(reverse("search:saved")).content.decode()
    for view in ("search:look-at-search", "search:forget-search"):
        assert client.post(reverse(view, args=[kept.pk])).status_code == 404
    shown = client.get(reverse("search:search"), {"q": "arrested", "saved": kept.pk})
    assert shown.context["saved"] is None


def test_it_is_saved_and_forgotten_on_the_page(personas: Personas, matter: Matter) -> None:
    client = as_(personas.colleague)
    put([passage("arrested at night", matter_id=matter.pk)])
    told = {"title": " Night  arrests ", "query": "q=arrested", "within": str(matter.pk)}
    client.post(reverse("search:save-search"), told)
    row = SavedSearch.objects.get()
    assert (row.title, row.matter_id) == ("Night arrests", matter.pk)
    assert "Saved searches" in client.get(reverse("home")).content.decode()
    client.post(reverse("search:forget-search", args=[row.pk]))
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("query", ["", "page=2", "q=++"])
def test_what_asks_for_nothing_is_refused(query: str, personas: Personas) -> None:
    with pytest.raises(UsageError):
        save_search("Nothing", query, acting_user=personas.owner)


def test_there_is_a_most(personas: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST_SAVED", 2)
    for title in ("a", "b", "a"):
        save_search(title, "q=x", acting_user=personas.owner)
    with pytest.raises(UsageError, match="the most"):
        save_search("c", "q=x", acting_user=personas.owner)


def test_a_matter_that_one_may_not_see_is_no_place_to_stay_within(
    personas: Personas, matter: Matter
) -> None:
    told = {"title": "x", "query": "q=x", "within": str(matter.pk)}
    answer = as_(personas.stranger).post(reverse("search:save-search"), told)
    assert answer.status_code == 400
    assert not SavedSearch.objects.exists()
