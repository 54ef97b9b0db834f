"""Every address of the program, asked by everyone: the answer is the one in the table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pypdfium2
import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.views import pictures, recordings
from amparo.matters.web import actions
from tests.access import world as made
from tests.access.addresses import ADDRESSES
from tests.access.table import METHODS, PAGE, PERSONAS, page, rows
from tests.access.world import World
from tests.personas import just_signed_in
from tests.work import work_off

LINE = {(row.view, row.method): row for row in rows()}
DATA = {"proofs:pin-record": {"page": "1"}}
"""What a view must be sent to be let through to its end."""
SECRET = (made.NAME, "Amaranta", "Quispe", made.ORIGINAL_NAME)


ALL = {view: names for view, (_path, names) in ADDRESSES.items()}


def test_no_address_is_missing_from_the_table_nor_in_it_for_nothing() -> None:
    assert {view for view, _method in LINE} == set(ALL)


def test_the_page_is_the_table() -> None:
    paths = {view: path for view, (path, _names) in ADDRESSES.items()}
    assert PAGE.read_text("utf-8") == page(paths), "run python -m tests.access.table"


@pytest.fixture
def world(db: None, room: Sandbox, monkeypatch: pytest.MonkeyPatch) -> World:
    for module in (pictures, recordings):
        monkeypatch.setattr(module, "reading_room", lambda: room)
    return World(room)


def ask(client: Client, world: World, row_view: str, method: str) -> Any:
    address = reverse(row_view, args=world.arguments(row_view, ALL[row_view]))
    data = DATA.get(row_view, {})
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, data)
        content = b"".join(answer) if answer.streaming else answer.content
        answer.seen = _words(content, answer.headers.get("Content-Type", ""))
        transaction.set_rollback(True)
    return answer


def _words(content: bytes, kind: str) -> str:
    """What can be read in an answer, a PDF's words too."""
    if kind.startswith("application/pdf") and content.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(content)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    return content.decode("utf-8", "replace")


def outcome(answer: Any) -> str:
    """What the answer amounts to: yes, no, hidden, sign in; a status that is none of them."""
    if answer.status_code in (301, 302) and answer.url.startswith("/accounts/sign-in/"):
        return "sign in"
    if answer.status_code >= 500 and answer.status_code != 507:
        return str(answer.status_code)
    return {403: "no", 404: "hidden", 405: "405"}.get(answer.status_code, "yes")


def asks_again(answer: Any) -> bool:
    leads = answer.headers.get("Location", "") + answer.headers.get("HX-Redirect", "")
    beside = answer.status_code == 403 and b"proof-password" in answer.content
    return leads.startswith("/accounts/confirm/") or beside


def browser(world: World, who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who != "anonymous":
        client.force_login(world.people[who])
    return client


def test_everyone_is_answered_as_the_table_says(world: World) -> None:
    assert {who: wrong for who in PERSONAS if (wrong := _wrong_for(who, world))} == {}


def _wrong_for(who: str, world: World) -> dict[str, str]:
    """What is answered otherwise than stated, or tells more than it may."""
    client, wrong = browser(world, who), {}
    kept = dict(client.session) if who != "anonymous" else {}
    for (view, method), row in LINE.items():
        answer = ask(client, world, view, method)
        got, expected = outcome(answer), row.answers[who]
        if got != expected:
            wrong[f"{method} {view}"] = f"got {got}, expected {expected}"
        if expected != "yes" and made.TITLE in answer.seen:
            wrong[f"{method} {view}"] = "tells the matter's title"
        if who == "unknowing" and (told := [name for name in SECRET if name in answer.seen]):
            wrong[f"{method} {view}"] = f"tells {told}"
        if dict(client.session) != kept:
            client = browser(world, who)
            kept = dict(client.session)
    return wrong


def test_a_method_without_a_line_is_for_nobody(world: World) -> None:
    client = browser(world, "owner")
    stray = [(view, method) for view in {v for v, _ in LINE} for method in METHODS]
    open_ = [
        f"{method} {view}"
        for view, method in stray
        if (view, method) not in LINE and ask(client, world, view, method).status_code != 405
    ]
    assert sorted(open_) == []


def test_what_asks_again_who_one_is(world: World) -> None:
    wrong = {}
    for (view, method), row in LINE.items():
        who = next((who for who in world.people if row.answers[who] == "yes"), None)
        if who is None or row.answers["anonymous"] == "yes":
            continue
        world.people[who].set_password("four unrelated words here")
        world.people[who].save()
        client = browser(world, who)
        just_signed_in(client, seconds_ago=16 * 60)
        asked = asks_again(ask(client, world, view, method))
        if asked is not row.asks:
            wrong[f"{method} {view}"] = f"asks: {asked}, stated: {row.asks}"
    assert wrong == {}


def test_what_is_typed_comes_back_as_typed(world: World) -> None:
    client = browser(world, "unknowing")
    for guess in (made.NAME, "Somebody Else"):
        found = client.get(reverse("search:search"), {"q": guess}).content.decode()
        assert guess in found
        assert made.PSEUDONYM not in found


def test_a_guess_that_was_saved_comes_back_as_typed(world: World) -> None:
    client = browser(world, "unknowing")
    for guess in (made.NAME, "Somebody Else"):
        told = {"title": f"About {guess}", "query": urlencode({"q": guess})}
        results = client.post(reverse("search:save-search"), told).url
        for address in (reverse("search:saved"), results):
            shown = client.get(address).content.decode()
            assert guess in shown
            assert made.PSEUDONYM not in shown
        place = {"place": reverse("matters:list"), "query": told["query"], "title": guess}
        listed = client.post(reverse("accounts:save-view"), place).url
        shown = client.get(listed).content.decode()
        assert guess in shown
        assert f'href="{listed}"' in shown


def test_the_custody_report_names_the_witness_to_who_knows_alone(world: World) -> None:
    for who, told, hidden in (
        ("colleague", made.NAME, made.PSEUDONYM),
        ("unknowing", made.PSEUDONYM, made.NAME),
    ):
        seen = ask(browser(world, who), world, "evidence:matter-report", "GET").seen
        assert told in seen
        assert hidden not in seen


def test_who_read_what_names_the_witness_is_in_the_audit_once(world: World) -> None:
    work_off()
    read = AuditEntry.objects.filter(action="read restricted item")
    client = browser(world, "colleague")
    for _ in range(2):
        client.get(reverse("extract:text", args=[world.item.pk, 1]))
    browser(world, "unknowing").get(reverse("extract:text", args=[world.item.pk, 1]))
    assert [row.user.username for row in read.order_by("id")] == ["colleague", "unknowing"]


def test_the_search_finds_it_by_the_pseudonym(world: World) -> None:
    work_off()
    address = reverse("search:search")
    for who, asked, count in (
        ("colleague", '"Amaranta Quispe"', 3),
        ("unknowing", '"Amaranta Quispe"', 0),
        ("unknowing", '"witness 3 saw"', 1),
        ("unknowing", "saw", 1),
    ):
        page = browser(world, who).get(address, {"q": asked})
        assert page.context["results"].total == count, (who, asked)


def test_the_seal_off_shows_the_name_again(world: World) -> None:
    address = reverse("matters:matter", args=[world.matter.pk])
    assert made.NAME not in browser(world, "unknowing").get(address).content.decode()
    actions.unseal_party(world.party, acting_user=world.owner)
    assert made.NAME in browser(world, "unknowing").get(address).content.decode()


def test_the_way_to_a_passage_quotes_it_to_who_knows_alone(world: World) -> None:
    way = reverse("extract:pinpoint", args=[world.things["pin_pk"]])
    shown = reverse("extract:item", args=[world.item.pk])
    told = browser(world, "colleague").get(way)["Location"]
    assert told.startswith(f"{shown}?page=1#page=1&")
    assert browser(world, "unknowing").get(way)["Location"] == f"{shown}?page=1"
