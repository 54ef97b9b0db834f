"""Conflicts of interest in a browser: check, ask, decide; like names while a party is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.workbench import Workbench
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.linkage.web.models import ConflictHit
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("ar", "dark", "phone")]


@pytest.fixture
def hit(matter: Matter, personas: Personas) -> ConflictHit:
    """A hit in a matter that only the stranger may see, and one that the owner may see too."""
    from amparo.linkage.web.actions.conflicts import ask_for_decision, check_conflicts
    from amparo.matters.web.actions import add_member, add_party, open_matter

    add_party(matter, acting_user=personas.owner, name="Omar Haddad", role="client")
    add_party(matter, acting_user=personas.owner, name="Lina Saleh", role="family")
    secret = open_matter("Heron v. Ministry", acting_user=personas.stranger)
    add_party(secret, acting_user=personas.stranger, name="عمر حداد", role="respondent")
    shared = open_matter("B. v. State", acting_user=personas.stranger)
    add_party(shared, acting_user=personas.stranger, name="Umar Hadad", role="witness")
    add_member(shared, personas.owner, "attorney", acting_user=personas.stranger)
    check = check_conflicts(matter, acting_user=personas.owner)
    ask_for_decision(check, "A new client.", acting_user=personas.owner)
    return check.hits.get(found_matter=secret.pk)


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", ["matter", "conflicts", "open", "hit"])
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    hit: ConflictHit,
) -> None:
    who = personas.stranger if name in ("open", "hit") else personas.owner
    visit = workbench.visit(who, language=language, theme=theme, width=width)
    visit.go(
        {
            "matter": f"/matters/{matter.pk}/",
            "conflicts": f"/matters/{matter.pk}/conflicts/",
            "open": "/conflicts/",
            "hit": f"/conflicts/{hit.pk}/",
        }[name]
    )
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_check_ask_and_decide(workbench: Workbench, personas: Personas, matter: Matter) -> None:
    from amparo.matters.web.actions import add_party, open_matter

    add_party(matter, acting_user=personas.owner, name="Yusuf Karimov", role="client")
    secret = open_matter("Ibis v. Ministry", acting_user=personas.stranger)
    add_party(secret, acting_user=personas.stranger, name="Юсуф Каримов", role="respondent")
    page = workbench.visit(personas.owner).go(f"/matters/{matter.pk}/")
    page.get_by_role("link", name="Check for conflicts of interest").click()
    page.get_by_role("button", name="Check now").click()
    page.get_by_text("There is a hit that you may not see.").wait_for()
    page.get_by_label("A note to them").fill("We met him today.")
    page.get_by_role("button", name="Ask them to decide").click()
    page.get_by_text("Attorneys who may see the other side are asked").wait_for()
    other = workbench.visit(personas.stranger).go("/")
    other.get_by_role("link", name="Yusuf Karimov").click()
    other.get_by_text("We met him today.").wait_for()
    other.get_by_label("No conflict").check()
    other.get_by_label("Why").fill("Born in another year.")
    other.get_by_role("button", name="Decide").click()
    other.get_by_role("heading", name="Conflicts to decide").wait_for()
    page.reload()
    page.get_by_text("decided by Noor Stranger").wait_for()
    assert "Ibis" not in page.content()
    assert "another year" not in page.content()


def test_like_names_show_while_one_types(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    from amparo.matters.web.actions import add_party

    add_party(matter, acting_user=personas.owner, name="Нурлан Абдиев", role="witness")
    visit = workbench.visit(personas.colleague)
    page = visit.go(f"/matters/{matter.pk}/parties/add/")
    page.locator("#id_name").press_sequentially("Nurlan Abdiev")
    page.get_by_text("Already there, with a like name").wait_for()
    page.get_by_text("Нурлан Абдиев").wait_for()
    assert visit.axe() == ""
