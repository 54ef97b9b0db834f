"""Who sees and changes what of a matter: every page with every persona."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse

from amparo.matters.web import actions
from amparo.matters.web.models import Matter, Party, Task, TeamMember
from tests.personas import Personas

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amparo.accounts.web.models import User

EVERYONE = ["owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger"]
MISSING, REFUSED = 404, 403
OUTSIDE = dict.fromkeys(["client", "administrator", "stranger"], MISSING)
EDITORS = {"owner": 200, "colleague": 200, "interpreter": REFUSED, "auditor": REFUSED, **OUTSIDE}
READERS = {"owner": 200, "colleague": 200, "interpreter": 200, "auditor": 200, **OUTSIDE}
PAGES: Mapping[str, Mapping[str, int]] = {
    "matter": READERS,
    "team": READERS,
    "edit": EDITORS,
    "add-party": EDITORS,
    "history": {**READERS, "interpreter": REFUSED},
}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("page", PAGES)
def test_who_sees_a_page(
    client: Client, personas: Personas, matter: Matter, page: str, who: str
) -> None:
    client.force_login(getattr(personas, who))
    answer = client.get(reverse(f"matters:{page}", args=[matter.pk]))
    assert answer.status_code == PAGES[page][who]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_page_without_signing_in(client: Client, matter: Matter, page: str) -> None:
    assert client.get(reverse(f"matters:{page}", args=[matter.pk])).status_code == 302


@pytest.mark.parametrize("who", EVERYONE)
def test_lists_and_tables_hold_only_what_one_may_see(
    client: Client, personas: Personas, matter: Matter, who: str
) -> None:
    client.force_login(getattr(personas, who))
    seen = PAGES["matter"][who] == 200
    for page in ("home", "matters:list", "matters:csv"):
        content = b"".join(client.get(reverse(page)))
        assert (matter.title in content.decode()) is seen


def posts(matter: Matter, party: Party, task: Task, user: User) -> dict[str, tuple[str, Any]]:
    """Every address that writes, with data that it would accept."""
    place = TeamMember.objects.get(matter=matter, user=user)
    at = lambda name, *more: reverse(f"matters:{name}", args=[matter.pk, *more])  # noqa: E731
    described = {"title": "Other", "number": "1", "kind": "asylum", "status": "closed"}
    return {
        "edit": (at("edit"), described),
        "add-party": (at("add-party"), {"name": "N", "role": "witness"}),
        "party": (at("party", party.pk), {"name": "N", "role": "witness"}),
        "remove-party": (at("remove-party", party.pk), {}),
        "add-task": (at("add-task"), {"title": "T"}),
        "task": (at("task", task.pk), {"title": "T"}),
        "finish-task": (at("finish-task", task.pk), {}),
        "remove-task": (at("remove-task", task.pk), {}),
        "write-note": (at("write-note"), {"text": "N"}),
        "add-member": (at("add-member"), {"user": str(user.pk), "role": "attorney"}),
        "member": (at("member", place.pk), {"role": "attorney"}),
        "remove-member": (at("remove-member", place.pk), {}),
    }


ANNOTATING = {"finish-task", "write-note"}


@pytest.mark.parametrize("who", ["interpreter", "client", "auditor", "administrator", "stranger"])
def test_who_may_not_write_does_not(
    client: Client, personas: Personas, matter: Matter, who: str
) -> None:
    party = actions.add_party(matter, acting_user=personas.owner, name="Amal", role="client")
    task = actions.add_task(matter, "Ask", acting_user=personas.owner)
    client.force_login(getattr(personas, who))
    for name, (address, data) in posts(matter, party, task, personas.colleague).items():
        may = who == "interpreter" and name in ANNOTATING
        expected = 302 if may else PAGES["edit"][who]
        assert client.post(address, data).status_code == expected, name


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_who_may_write_does(client: Client, personas: Personas, matter: Matter, who: str) -> None:
    client.force_login(getattr(personas, who))
    for name in (
        "add-party",
        "party",
        "add-task",
        "task",
        "finish-task",
        "write-note",
        "member",
        "remove-party",
        "remove-task",
        "remove-member",
        "edit",
    ):
        party = actions.add_party(matter, acting_user=personas.owner, name="Amal", role="client")
        task = actions.add_task(matter, "Ask", acting_user=personas.owner)
        address, data = posts(matter, party, task, personas.interpreter)[name]
        if name == "remove-member":
            address = address  # the interpreter leaves last, so that each place exists
        assert client.post(address, data).status_code == 302, name
        if name == "remove-member":
            actions.add_member(
                matter, personas.interpreter, "interpreter", acting_user=personas.owner
            )


def test_parts_of_another_matter_are_not_reached_through_ones_own(
    client: Client, personas: Personas, matter: Matter
) -> None:
    theirs = actions.open_matter("Secret", acting_user=personas.stranger)
    party = actions.add_party(theirs, acting_user=personas.stranger, name="X", role="client")
    task = actions.add_task(theirs, "X", acting_user=personas.stranger)
    client.force_login(personas.owner)
    for name, part in (("party", party), ("task", task)):
        assert client.get(reverse(f"matters:{name}", args=[matter.pk, part.pk])).status_code == 404
    for name, part in (("remove-party", party), ("finish-task", task), ("remove-task", task)):
        assert client.post(reverse(f"matters:{name}", args=[matter.pk, part.pk])).status_code == 404


def test_status_of_several_changes_only_ones_own(
    client: Client, personas: Personas, matter: Matter
) -> None:
    theirs = actions.open_matter("Secret", acting_user=personas.stranger)
    client.force_login(personas.owner)
    client.post(reverse("matters:status"), {"matter": [matter.pk, theirs.pk], "status": "closed"})
    statuses = dict(Matter.objects.values_list("title", "status"))
    assert statuses == {matter.title: "closed", "Secret": "open"}


@pytest.mark.parametrize("who", EVERYONE)
def test_who_opens_a_matter(client: Client, personas: Personas, who: str) -> None:
    client.force_login(getattr(personas, who))
    answer = client.post(reverse("matters:open"), {"title": "N. v. State", "kind": "asylum"})
    assert answer.status_code == (403 if who in {"interpreter", "client", "auditor"} else 302)


def test_htmx_gets_the_part_and_others_the_page(
    client: Client, personas: Personas, matter: Matter
) -> None:
    client.force_login(personas.owner)
    address = reverse("matters:add-task", args=[matter.pk])
    part = client.post(address, {"title": "Call the clinic"}, headers={"HX-Request": "true"})
    assert b"Call the clinic" in part.content
    assert b"<html" not in part.content
    assert client.post(address, {"title": "Again"}).status_code == 302


def test_what_people_write_stays_text(client: Client, personas: Personas, matter: Matter) -> None:
    bad = "<script>alert(1)</script>"
    actions.write_note(matter, bad, acting_user=personas.owner)
    actions.add_task(matter, bad, acting_user=personas.owner)
    actions.add_party(matter, acting_user=personas.owner, name=bad, role="witness")
    actions.change_matter(matter, acting_user=personas.owner, title=bad, summary=bad)
    client.force_login(personas.owner)
    for page in ("matter", "team", "history", "edit"):
        content = client.get(reverse(f"matters:{page}", args=[matter.pk])).content
        assert b"<script>alert" not in content
    assert b"<script>alert" not in client.get(reverse("matters:list")).content


def test_the_table_to_take_away_holds_no_formula(
    client: Client, personas: Personas, matter: Matter
) -> None:
    actions.change_matter(matter, acting_user=personas.owner, title="=HYPERLINK(1)")
    client.force_login(personas.owner)
    assert b"'=HYPERLINK(1)" in b"".join(client.get(reverse("matters:csv")))
