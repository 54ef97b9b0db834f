"""Checks for conflicts of interest, with every persona, across walls and sealed identities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.test import Client

from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, UsageError
from amparo.linkage.conflicts import Standing
from amparo.linkage.web.actions.conflicts import ask_for_decision, check_conflicts, rule_on
from amparo.linkage.web.models import ConflictHit, ConflictRuling
from amparo.linkage.web.queries.conflicts import (
    hit_for,
    reading_of,
    summary_of,
    to_decide,
)
from amparo.matters.web.actions import (
    add_member,
    add_party,
    change_party,
    lift_wall,
    open_matter,
    raise_wall,
    remove_party,
    seal_party,
)

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

EVERYONE = ("owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger")
SEE = {"owner", "colleague", "interpreter", "auditor"}
SECRET = "Operation Heron v. Ministry"


@pytest.fixture
def elsewhere(personas: Personas, matter: Matter) -> Matter:
    """A matter of the stranger's alone, with the asking matter's client as its respondent."""
    add_party(matter, acting_user=personas.owner, name="Omar Haddad", role="client")
    made = open_matter(SECRET, acting_user=personas.stranger)
    add_party(made, acting_user=personas.stranger, name="عمر حداد", role="respondent")
    return made


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def only_hit() -> ConflictHit:
    return ConflictHit.objects.get()


def test_it_looks_into_all_matters_in_any_script(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    check_conflicts(matter, acting_user=personas.owner)
    hit = only_hit()
    assert (hit.found_matter, hit.found_name) == (elsewhere.pk, "عمر حداد")
    assert hit.reasons


def test_who_may_not_see_a_matter_learns_only_that_there_is_a_hit(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    check = check_conflicts(matter, acting_user=personas.owner)
    [line] = reading_of(personas.owner, check).names
    assert line.hits == ()
    assert line.unseen is Standing.OPEN
    page = browser(personas.owner).get(f"/matters/{matter.pk}/conflicts/").content.decode()
    assert "There is a hit that you may not see" in page
    for secret in (SECRET, str(elsewhere.pk), elsewhere.number, "عمر حداد", str(only_hit().pk)):
        assert secret not in page
    assert browser(personas.owner).get(f"/conflicts/{only_hit().pk}/").status_code == 404


def test_the_number_of_unseen_hits_is_not_told(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    add_party(elsewhere, acting_user=personas.stranger, name="Omar Hadad", role="witness")
    check = check_conflicts(matter, acting_user=personas.owner)
    assert check.hits.count() == 2
    page = browser(personas.owner).get(f"/matters/{matter.pk}/conflicts/").content.decode()
    assert page.count("There is a hit that you may not see") == 1


def test_nobody_elsewhere_learns_of_a_check_before_an_attorney_asks(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    check = check_conflicts(matter, acting_user=personas.owner)
    assert to_decide(personas.stranger) == []
    assert hit_for(personas.stranger, only_hit().pk) is None
    with pytest.raises(AccessDenied):
        ask_for_decision(check, acting_user=personas.colleague)
    ask_for_decision(check, "A new client.", acting_user=personas.owner)
    [asked] = to_decide(personas.stranger)
    assert (asked.asking, asked.note, asked.asked_by) == (None, "A new client.", personas.owner)


def test_who_decides_reads_the_name_and_not_the_matter(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    ask_for_decision(
        check_conflicts(matter, acting_user=personas.owner), acting_user=personas.owner
    )
    at = browser(personas.stranger)
    page = at.get(f"/conflicts/{only_hit().pk}/").content.decode()
    assert "Omar Haddad" in page
    assert SECRET in page
    for secret in (matter.title, str(matter.pk), matter.number):
        assert secret not in page
    assert "Omar Haddad" in at.get("/").content.decode()
    sent = {"verdict": "cleared", "reason": "Another Omar, born 1950."}
    assert at.post(f"/conflicts/{only_hit().pk}/", sent).status_code == 302
    assert to_decide(personas.stranger) == []


def test_the_asking_side_reads_the_decision_and_who_took_it_but_not_why(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    check = check_conflicts(matter, acting_user=personas.owner)
    ask_for_decision(check, acting_user=personas.owner)
    rule_on(only_hit(), "declared", "Heron opposes him.", acting_user=personas.stranger)
    page = browser(personas.owner).get(f"/matters/{matter.pk}/conflicts/").content.decode()
    assert "Conflict of interest" in page
    assert "decided by Stranger" in page
    assert "Heron" not in page
    history = browser(personas.owner).get(f"/matters/{matter.pk}/history/").content.decode()
    assert "Heron" not in history
    written = AuditEntry.objects.filter(action="decide on a conflict")
    assert {entry.matter_id for entry in written} == {matter.pk, elsewhere.pk}
    assert all(entry.details == {"verdict": "declared"} for entry in written)


@pytest.mark.parametrize("who", ["owner", "colleague", "administrator", "auditor"])
def test_who_does_not_see_both_sides_decides_nothing(
    who: str, elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    ask_for_decision(
        check_conflicts(matter, acting_user=personas.owner), acting_user=personas.owner
    )
    with pytest.raises(AccessDenied):
        rule_on(only_hit(), "cleared", "No.", acting_user=getattr(personas, who))
    at = browser(getattr(personas, who))
    assert at.post(f"/conflicts/{only_hit().pk}/", {"verdict": "cleared"}).status_code == 404


def test_no_way_leads_around_a_wall(elsewhere: Matter, matter: Matter, personas: Personas) -> None:
    raise_wall(matter, personas.stranger, "Represented him.", acting_user=personas.owner)
    ask_for_decision(
        check_conflicts(matter, acting_user=personas.owner), acting_user=personas.owner
    )
    assert to_decide(personas.stranger) == []
    assert browser(personas.stranger).get(f"/conflicts/{only_hit().pk}/").status_code == 404
    with pytest.raises(AccessDenied):
        rule_on(only_hit(), "cleared", "No.", acting_user=personas.stranger)
    lift_wall(matter.walls.get(), "It was another.", acting_user=personas.owner)
    assert len(to_decide(personas.stranger)) == 1


def test_a_sealed_identity_is_not_found_out_by_a_check(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    add_member(elsewhere, personas.owner, "attorney", acting_user=personas.stranger)
    seal_party(elsewhere.parties.get(), "Witness 3", acting_user=personas.stranger)
    check = check_conflicts(matter, acting_user=personas.owner)
    [line] = reading_of(personas.owner, check).names
    assert line.hits == ()
    assert line.unseen is Standing.OPEN
    page = browser(personas.owner).get(f"/matters/{matter.pk}/conflicts/").content.decode()
    for secret in ("Witness 3", "عمر حداد", str(only_hit().pk)):
        assert secret not in page
    assert SECRET not in page.partition("<main")[2]  # the menu of their matters names it
    assert browser(personas.owner).get(f"/conflicts/{only_hit().pk}/").status_code == 404
    with pytest.raises(AccessDenied):
        rule_on(only_hit(), "cleared", "No.", acting_user=personas.owner)


def test_other_sealed_names_of_a_matter_that_was_hit_stay_veiled(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    add_member(elsewhere, personas.owner, "attorney", acting_user=personas.stranger)
    other = add_party(elsewhere, acting_user=personas.stranger, name="Heron", role="witness")
    seal_party(other, "Witness 9", acting_user=personas.stranger)
    check_conflicts(matter, acting_user=personas.owner)
    page = browser(personas.owner).get(f"/matters/{matter.pk}/conflicts/").content.decode()
    assert "عمر حداد" in page
    assert "Heron" not in page
    assert "Operation Witness 9" in page


def test_who_does_not_know_the_asking_matter_reads_only_that_it_was_checked(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    seal_party(matter.parties.get(), "Client 1", acting_user=personas.owner)
    check_conflicts(matter, acting_user=personas.owner)
    page = browser(personas.colleague).get(f"/matters/{matter.pk}/conflicts/").content.decode()
    assert "Haddad" not in page
    assert "Last check" in page
    with pytest.raises(AccessDenied):
        check_conflicts(matter, acting_user=personas.colleague)


def test_who_sees_both_sides_decides_without_being_asked(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    add_member(elsewhere, personas.owner, "attorney", acting_user=personas.stranger)
    check = check_conflicts(matter, acting_user=personas.owner)
    [line] = reading_of(personas.owner, check).names
    [hit] = line.hits
    assert line.unseen is None
    assert hit.may_rule
    rule_on(hit.hit, "declared", "The same man.", acting_user=personas.owner)
    rule_on(hit.hit, "cleared", "He waived it.", acting_user=personas.owner)
    assert reading_of(personas.owner, check).standing is Standing.CLEARED
    assert ConflictRuling.objects.count() == 2
    page = browser(personas.owner).get(f"/conflicts/{hit.hit.pk}/").content.decode()
    assert "He waived it." in page


def test_a_decision_holds_in_the_next_check_until_a_name_changes(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    add_member(elsewhere, personas.owner, "attorney", acting_user=personas.stranger)
    check_conflicts(matter, acting_user=personas.owner)
    rule_on(only_hit(), "cleared", "Another man.", acting_user=personas.owner)
    check_conflicts(matter, acting_user=personas.owner)
    assert summary_of(matter).standing is Standing.CLEARED
    change_party(elsewhere.parties.get(), acting_user=personas.stranger, name="Omar Hadad")
    assert reading_of(
        personas.owner, check_conflicts(matter, acting_user=personas.owner)
    ).standing is (Standing.OPEN)


def test_what_was_found_stays_written_when_the_party_goes(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    add_member(elsewhere, personas.owner, "attorney", acting_user=personas.stranger)
    check = check_conflicts(matter, acting_user=personas.owner)
    remove_party(elsewhere.parties.get(), acting_user=personas.stranger)
    [hit] = reading_of(personas.owner, check).names[0].hits
    assert hit.party is None
    assert browser(personas.owner).get(f"/conflicts/{hit.hit.pk}/").status_code == 200


def test_the_panel_says_for_which_names_the_check_is_done(
    elsewhere: Matter, matter: Matter, personas: Personas
) -> None:
    at = browser(personas.owner)
    assert "Not checked yet" in at.get(f"/matters/{matter.pk}/").content.decode()
    check_conflicts(matter, acting_user=personas.owner)
    add_party(matter, acting_user=personas.owner, name="Lina Saleh", role="family")
    found = summary_of(matter)
    assert [party.name for party in found.checked] == ["Omar Haddad"]
    assert [party.name for party in found.unchecked] == ["Lina Saleh"]
    assert (
        "Not checked since they were written" in at.get(f"/matters/{matter.pk}/").content.decode()
    )


def test_rows_only_grow(elsewhere: Matter, matter: Matter, personas: Personas) -> None:
    check_conflicts(matter, acting_user=personas.owner)
    for change in (lambda: ConflictHit.objects.update(score=0), ConflictHit.objects.all().delete):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            change()


def test_further_names_are_asked_and_no_name_is_refused(
    elsewhere: Matter, personas: Personas
) -> None:
    empty = open_matter("Nobody yet", acting_user=personas.owner)
    with pytest.raises(UsageError):
        check_conflicts(empty, [" "], acting_user=personas.owner)
    check = check_conflicts(empty, ["Haddad, Omar", ""], acting_user=personas.owner)
    assert {hit.name for hit in check.hits.all()} == {"Haddad, Omar"}


@pytest.mark.parametrize("who", EVERYONE)
def test_who_sees_the_page_and_who_checks(who: str, matter: Matter, personas: Personas) -> None:
    add_party(matter, acting_user=personas.owner, name="Omar Haddad", role="client")
    at = browser(getattr(personas, who))
    assert at.get(f"/matters/{matter.pk}/conflicts/").status_code == (200 if who in SEE else 404)
    asked = at.post(f"/matters/{matter.pk}/conflicts/check/").status_code
    assert asked == (302 if who in {"owner", "colleague"} else 403 if who in SEE else 404)
