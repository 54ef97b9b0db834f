"""Bundles are made, produced, checked, sealed, and written into ledger and custody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pikepdf
import pytest

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, Cancelled, UnclearDate, UsageError, VerificationError
from amparo.evidence.web.models import LedgerEntry, StoredObject
from amparo.evidence.web.safes import open_safe
from amparo.extract.sandbox import Sandbox
from amparo.filing.bundle.check import Finding, Report
from amparo.filing.bundle.confined import InRoom
from amparo.filing.web.actions import (
    ExhibitWords,
    add_items,
    approve,
    begin_production,
    open_bundle,
    open_volume,
    produce_bundle,
    remove_bundle,
    remove_exhibits,
    set_exhibits,
)
from amparo.filing.web.models import Production
from tests.filing.web.matters import exhibits_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from amparo.evidence.web.models import Item
    from amparo.filing.web.models import Bundle
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


@pytest.fixture(scope="module")
def room() -> Iterator[Sandbox]:
    with Sandbox(workers=1) as opened:
        yield opened


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    return exhibits_in(matter, personas.owner)


@pytest.fixture
def bundle(matter: Matter, personas: Personas, items: dict[str, Item]) -> Bundle:
    made = open_bundle(matter, acting_user=personas.colleague, title="Exhibits", profile="eoir")
    add_items(made, items.values(), acting_user=personas.colleague)
    return made


def produced(bundle: Bundle, personas: Personas, room: Sandbox) -> Production:
    asked = begin_production(bundle, acting_user=personas.colleague)
    produce_bundle(asked, room=room, safe=open_safe())
    asked.refresh_from_db()
    return asked


def objects() -> set[str]:
    return set(StoredObject.objects.values_list("sha256", flat=True))


def test_items_come_in_described_as_they_are_known(bundle: Bundle) -> None:
    assert [str(each) for each in bundle.exhibits.all()] == ["سند", "reply", "door", "call"]


def test_exhibits_are_said_anew_and_put_in_order(bundle: Bundle, personas: Personas) -> None:
    first, second, third, fourth = bundle.exhibits.all()
    said = {
        third.pk: ExhibitWords("", "The door", "March 2021"),
        first.pk: ExhibitWords("X", "A  letter", ""),
    }
    set_exhibits(bundle, said, acting_user=personas.colleague)
    rows = list(bundle.exhibits.all())
    assert [row.pk for row in rows] == [third.pk, first.pk, second.pk, fourth.pk]
    assert (rows[0].description, rows[0].date) == ("The door", "2021-03")
    assert (rows[1].tab, rows[1].description) == ("X", "A letter")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (ExhibitWords("", "x", "03/04/2021"), UnclearDate),
        (ExhibitWords("", "  ", ""), UsageError),
    ],
)
def test_what_is_unclear_is_refused_and_nothing_is_kept(
    words: ExhibitWords, error: type[Exception], bundle: Bundle, personas: Personas
) -> None:
    first, second, *_ = bundle.exhibits.all()
    said = {second.pk: ExhibitWords("", "changed", ""), first.pk: words}
    with pytest.raises(error):
        set_exhibits(bundle, said, acting_user=personas.colleague)
    assert [row.pk for row in bundle.exhibits.all()][:2] == [first.pk, second.pk]


def test_a_tab_is_used_once(bundle: Bundle, personas: Personas) -> None:
    said = {row.pk: ExhibitWords("a", "x", "") for row in bundle.exhibits.all()[:2]}
    with pytest.raises(UsageError, match="used twice"):
        set_exhibits(bundle, said, acting_user=personas.colleague)


def test_items_of_another_matter_are_refused(bundle: Bundle, personas: Personas) -> None:
    from amparo.matters.web.actions import open_matter

    other = open_matter("Other", acting_user=personas.colleague)
    strange = exhibits_in(other, personas.colleague, "other ")
    with pytest.raises(UsageError):
        add_items(bundle, strange.values(), acting_user=personas.colleague)


@pytest.mark.parametrize("who", ["interpreter", "client", "auditor", "administrator", "stranger"])
def test_who_may_not_produce_changes_nothing(
    who: str, bundle: Bundle, personas: Personas, items: dict[str, Item]
) -> None:
    person = getattr(personas, who)
    row = bundle.exhibits.first()
    assert row is not None
    for forbidden in (
        lambda: add_items(bundle, items.values(), acting_user=person),
        lambda: set_exhibits(bundle, {}, acting_user=person),
        lambda: remove_exhibits(bundle, [row.pk], acting_user=person),
        lambda: remove_bundle(bundle, acting_user=person),
        lambda: begin_production(bundle, acting_user=person),
    ):
        with pytest.raises(AccessDenied):
            forbidden()
    assert bundle.exhibits.count() == 4


def test_a_bundle_is_produced_checked_sealed_and_written_down(
    bundle: Bundle, personas: Personas, room: Sandbox, items: dict[str, Item]
) -> None:
    steps: list[tuple[int, int, str]] = []
    asked = begin_production(bundle, acting_user=personas.colleague)
    report = produce_bundle(
        asked, room=room, safe=open_safe(), on_step=lambda *step: steps.append(step)
    )
    assert report.holds
    asked.refresh_from_db()
    (volume,) = asked.volumes.all()
    with (
        open_volume(volume, safe=open_safe(), acting_user=personas.colleague) as opened,
        pikepdf.open(opened) as document,
    ):
        assert len(document.pages) == volume.last
    manifest = json.loads(asked.manifest)
    assert [each["slip"] for each in manifest["exhibits"]] == [None, None, None, "not_pages"]
    assert {each["sha256"] for each in manifest["exhibits"]} == {
        item.object_id for item in items.values()
    }
    for item in items.values():
        (event,) = item.custody.filter(kind="produced")
        assert (event.hash_before, event.hash_after) == (item.object_id, item.object_id)
        assert event.purpose == "Exhibits"
    assert asked.entry is not None
    stated = json.loads(asked.entry.canonical)
    assert volume.object_id in asked.entry.canonical
    assert stated["kind"] == "bundle produced"
    assert [done for done, _, _ in steps] == sorted(done for done, _, _ in steps)
    assert AuditEntry.objects.filter(action="produce", object_id=str(asked.pk)).exists()


def test_the_workspace_verifies_afterwards(
    bundle: Bundle, personas: Personas, room: Sandbox
) -> None:
    from amparo.evidence.web.actions.verification import verify_workspace

    produced(bundle, personas, room)
    outcome = verify_workspace(acting_user=personas.owner)
    assert outcome.holds, outcome.outcome


def test_a_bundle_that_does_not_hold_is_not_released(
    bundle: Bundle, personas: Personas, room: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = Finding("number", "bundle.pdf", "page 4", "nothing", "4")
    monkeypatch.setattr(InRoom, "check", lambda *_, **__: Report({"number": 9}, (finding,)))
    before, asked = objects(), begin_production(bundle, acting_user=personas.colleague)
    names = set(open_safe().store.names())
    with pytest.raises(VerificationError, match="page 4: got nothing, expected 4"):
        produce_bundle(asked, room=room, safe=open_safe())
    asked.refresh_from_db()
    assert asked.report["findings"][0]["rule"] == "number"
    assert not asked.volumes.exists()
    assert asked.entry is None
    assert objects() == before
    assert set(open_safe().store.names()) == names


def test_stopping_leaves_nothing_behind(bundle: Bundle, personas: Personas, room: Sandbox) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done == 6:
            raise Cancelled("The work was stopped.")

    names = set(open_safe().store.names())
    asked = begin_production(bundle, acting_user=personas.colleague)
    with pytest.raises(Cancelled):
        produce_bundle(asked, room=room, safe=open_safe(), on_step=stop)
    assert set(open_safe().store.names()) == names
    assert not LedgerEntry.objects.filter(kind="bundle produced").exists()


def test_who_lost_the_right_meanwhile_releases_nothing(
    bundle: Bundle, personas: Personas, room: Sandbox
) -> None:
    asked = begin_production(bundle, acting_user=personas.colleague)
    bundle.matter.team.filter(user=personas.colleague).delete()
    with pytest.raises(AccessDenied):
        produce_bundle(asked, room=room, safe=open_safe())
    assert not asked.volumes.exists()


def test_an_attorney_approves_and_a_paralegal_does_not(
    bundle: Bundle, personas: Personas, room: Sandbox
) -> None:
    made = produced(bundle, personas, room)
    with pytest.raises(AccessDenied):
        approve(made, acting_user=personas.colleague)
    approve(made, acting_user=personas.owner)
    made.refresh_from_db()
    assert made.approved_by == personas.owner
    assert LedgerEntry.objects.filter(kind="bundle approved").count() == 1


def test_a_bundle_without_exhibits_is_not_produced(matter: Matter, personas: Personas) -> None:
    made = open_bundle(matter, acting_user=personas.owner, title="Empty", profile="generic")
    with pytest.raises(UsageError, match="no exhibits yet"):
        begin_production(made, acting_user=personas.owner)
    remove_bundle(made, acting_user=personas.owner)


def test_what_was_produced_is_kept(bundle: Bundle, personas: Personas, room: Sandbox) -> None:
    produced(bundle, personas, room)
    with pytest.raises(UsageError, match="kept"):
        remove_bundle(bundle, acting_user=personas.colleague)


def test_an_unknown_profile_is_refused(matter: Matter, personas: Personas) -> None:
    with pytest.raises(UsageError, match="no profile"):
        open_bundle(matter, acting_user=personas.owner, title="x", profile="nowhere")
