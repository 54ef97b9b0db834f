"""The search page, as each persona sees it."""

from __future__ import annotations

import pytest
from django.test import Client

from amparo.accounts.web.models import User
from amparo.matters.web.actions import open_matter
from amparo.matters.web.models import Matter
from amparo.search.web.actions import put
from tests.personas import Personas
from tests.search.builders import passage

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(personas: Personas, matter: Matter) -> Matter:
    """A matter of the stranger's with the same words in it, beside everybody's matter."""
    other = open_matter("Secret matter", acting_user=personas.stranger)
    put(
        [
            passage("Mohammad was tortured in Saydnaya.", matter_id=matter.pk, title="Statement"),
            passage(
                "Muhamad was tortured in Tadmor, said Xylophone.",
                matter_id=other.pk,
                title="Hidden",
                language="fr",
                date="1987",
                tags=("Sealed",),
                media_type="image/png",
            ),
        ]
    )
    return other


def page(user: User, path: str, **headers: str) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_colleague_sees_their_matter_and_nothing_of_another(
    secret: Matter, personas: Personas
) -> None:
    for query in ("tortured", "Mohammad", "tort*", "Saydnaya Tadmor", "Xylophone", "-nothing"):
        html = page(personas.colleague, f"/search/?q={query}")
        for hidden in ("Tadmor,", "Hidden", "Secret matter", "Sealed", "French", "1987", "Picture"):
            assert hidden not in html, (query, hidden)


def test_another_matters_spellings_are_not_told(secret: Matter, personas: Personas) -> None:
    assert "Muhamad" not in page(personas.colleague, "/search/?q=Mohammad")
    assert "Muhamad" in page(personas.stranger, "/search/?q=Mohammad")


def test_choosing_another_matter_gives_nothing(secret: Matter, personas: Personas) -> None:
    html = page(personas.colleague, f"/search/?q=tortured&matter={secret.pk}")
    assert "Hidden" not in html
    assert "Secret matter" not in html


def test_another_matters_search_page_does_not_exist(secret: Matter, personas: Personas) -> None:
    client = Client()
    client.force_login(personas.colleague)
    assert client.get(f"/search/matters/{secret.pk}/?q=tortured").status_code == 404


def test_who_is_on_no_team_finds_nothing(secret: Matter, personas: Personas) -> None:
    assert "Saydnaya." not in page(personas.administrator, "/search/?q=tortured")
    assert "Saydnaya." not in page(personas.client, "/search/?q=tortured")


def test_nobody_searches_without_signing_in() -> None:
    assert Client().get("/search/?q=x").status_code == 302


def test_a_matters_tab_searches_that_matter(
    secret: Matter, matter: Matter, personas: Personas
) -> None:
    html = page(personas.colleague, f"/search/matters/{matter.pk}/?q=tortured")
    assert "<mark>tortured</mark>" in html
    assert 'aria-current="page"' in html


def test_htmx_gets_the_part_only(secret: Matter, personas: Personas) -> None:
    html = page(personas.colleague, "/search/?q=tortured", HX_Request="true")
    assert "<html" not in html
    assert "<mark>tortured</mark>" in html


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        "q=%22",
        "q=%00",
        "q=<script>alert(1)</script>",
        "q=x&page=0",
        "q=x&page=999999999999999",
        "q=x&page=-1",
        "q=x&page=%D9%A3",
        "q=x&year=x&year=99999&lang=zz&kind=nothing&matter=not-a-uuid&tag=%27",
        "q=tag%3A%28%29&tag=",
        "q=" + "a%20" * 500,
        "year=none&lang=none",
    ],
)
def test_whatever_stands_in_the_address_there_is_a_page(
    secret: Matter, personas: Personas, query: str
) -> None:
    html = page(personas.colleague, f"/search/?{query}")
    assert "<script>alert" not in html


def test_marked_text_is_escaped(matter: Matter, personas: Personas) -> None:
    put([passage("<b>bold</b> & tortured <i>", matter_id=matter.pk, title="<u>T</u>")])
    html = page(personas.colleague, "/search/?q=bold")
    assert "&lt;<mark>bold</mark>" not in html.replace("&lt;b&gt;", "")
    assert "<u>T</u>" not in html
    assert "<i>" not in html.split("snippet")[1].split("</p>")[0]


def test_nothing_found_says_what_to_do(secret: Matter, personas: Personas) -> None:
    html = page(personas.colleague, "/search/?q=torturing")
    assert "tortur*" in html or "tortu*" in html
    html = page(personas.colleague, "/search/?q=tortured&kind=mail")
    assert "Without the choices above there is one passage" in html
