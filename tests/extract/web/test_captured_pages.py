"""Captured web pages on the item's page: read, found, shown as they looked, pinned by record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from amparo.base.pinpoints import WarcSelector
from amparo.evidence.web.models import Item
from amparo.extract.captures import record_in
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions.take_in import Readers
from amparo.extract.web.models import Pinpoint
from amparo.search.web.queries import find
from tests.extract.readers.test_captures import ADDRESS, PAGE, collection, shot, warc
from tests.extract.web.builders import safe
from tests.extract.web.test_proofs import bring
from tests.personas import Personas

if TYPE_CHECKING:
    from django.test import Client

    from amparo.matters.web.models import Matter


@pytest.fixture
def site(matter: Matter, tmp_path: Path, personas: Personas, room: Sandbox) -> Item:
    readers = Readers(room, safe(), personas.owner, at_once=0, recognise=False)
    pages = [(ADDRESS, PAGE, "200 OK"), ("https://news.example/2", PAGE, "200 OK")]
    data = warc(pages, shots={f"urn:view:{ADDRESS}": shot()})
    bring(matter, tmp_path / "in", {"site.wacz": collection(data, [])}, readers)
    return Item.objects.get(name="site.wacz")


@pytest.mark.django_db
def test_a_page_with_a_screenshot_is_shown_as_it_looked(
    client: Client, personas: Personas, site: Item
) -> None:
    assert (site.status, site.page_count) == ("read", 3)
    client.force_login(personas.owner)
    address = reverse("extract:item", args=[site.pk])
    page = client.get(address).content.decode()
    assert reverse("extract:picture", args=[site.pk, 1]) in page
    assert "Pin this record" in page
    picture = client.get(reverse("extract:picture", args=[site.pk, 1]))
    assert picture["Content-Type"] == "image/webp"
    as_text = client.get(f"{address}?page=1&as=text").content.decode()
    assert "Other → http://other.example/a?b=1" in as_text
    assert 'href="http://other.example' not in as_text


@pytest.mark.django_db
def test_a_page_without_one_is_shown_as_text(
    client: Client, personas: Personas, site: Item
) -> None:
    client.force_login(personas.owner)
    page = client.get(reverse("extract:item", args=[site.pk]) + "?page=2").content.decode()
    assert "They stood here." in page
    assert reverse("extract:picture", args=[site.pk, 2]) not in page


@pytest.mark.django_db
def test_captured_words_and_links_are_found(personas: Personas, matter: Matter, site: Item) -> None:
    for words in ("stood here", "other.example"):
        results = find(words, matter_ids=[matter.pk])
        assert str(site.pk) in {hit.source_id for hit in results.hits}


@pytest.mark.django_db
def test_a_record_is_pinned_once_and_leads_back_to_its_page(
    client: Client, personas: Personas, site: Item
) -> None:
    client.force_login(personas.owner)
    address = reverse("proofs:pin-record", args=[site.pk])
    for _ in range(2):
        answer = client.post(address, {"page": "1"})
    record = record_in(site.pages.get(number=1, is_current=True).text)
    pinpoint = Pinpoint.objects.get()
    assert pinpoint.place.selector == WarcSelector(record)
    assert (pinpoint.page, pinpoint.quote, pinpoint.sha256) == (
        1,
        "The square at noon",
        site.object_id,
    )
    assert f"page=1#record={record}".replace(":", "%3A") in answer["Location"].replace(":", "%3A")
    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.django_db
def test_who_may_pin_a_record(client: Client, personas: Personas, site: Item) -> None:
    address = reverse("proofs:pin-record", args=[site.pk])
    codes = {}
    for name in ("owner", "interpreter", "auditor", "client", "stranger"):
        client.force_login(getattr(personas, name))
        codes[name] = client.post(address, {"page": "1"}).status_code
    assert (codes["owner"], codes["interpreter"]) == (302, 302)
    assert {codes["auditor"], codes["client"], codes["stranger"]} <= {403, 404}
    client.force_login(personas.owner)
    assert client.post(address, {"page": "99"}).status_code == 404
    assert client.post(address, {"page": "x"}).status_code == 404
    assert client.post(address, {"page": "3"}).status_code == 400
