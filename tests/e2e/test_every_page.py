"""What every page keeps: nothing for axe to find, no sideways scroll, either direction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.workbench import Workbench
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

PAGES = {
    "home": ("owner", "/"),
    "matters": ("owner", "/matters/"),
    "no matters": ("administrator", "/matters/"),
    "open a matter": ("owner", "/matters/open/"),
    "matter": ("owner", "/matters/{matter}/"),
    "matter seen": ("interpreter", "/matters/{matter}/"),
    "edit": ("owner", "/matters/{matter}/edit/"),
    "party": ("owner", "/matters/{matter}/parties/add/"),
    "team": ("owner", "/matters/{matter}/team/"),
    "history": ("owner", "/matters/{matter}/history/"),
    "preferences": ("owner", "/accounts/preferences/"),
    "password": ("owner", "/accounts/password/"),
    "signing in": ("owner", "/accounts/signing-in/"),
    "authenticator app": ("owner", "/accounts/signing-in/app/"),
    "sign-in elsewhere": ("administrator", "/accounts/providers/"),
    "people": ("administrator", "/accounts/people/"),
    "add a person": ("administrator", "/accounts/people/add/"),
    "person": ("administrator", "/accounts/people/{owner}/"),
    "audit": ("administrator", "/accounts/audit/"),
    "what may call out": ("administrator", "/accounts/calling-out/"),
    "search": ("owner", "/search/?q=haddad"),
    "search in a matter": ("owner", "/search/matters/{matter}/"),
    "evidence": ("owner", "/matters/{matter}/evidence/"),
    "add files": ("owner", "/matters/{matter}/evidence/add/"),
    "bundles": ("owner", "/matters/{matter}/bundles/"),
    "new bundle": ("owner", "/matters/{matter}/bundles/open/"),
    "custody": ("owner", "/matters/{matter}/custody/"),
    "verification": ("owner", "/verification/"),
    "import": ("owner", "/import/"),
    "work in progress": ("owner", "/work/"),
    "trusted keys": ("administrator", "/trusted-keys/"),
    "confirm": ("owner", "/accounts/confirm/"),
    "sign-in": ("", "/accounts/sign-in/"),
    "spent link": ("", "/accounts/link/spent/"),
    "not found": ("owner", "/nothing/here/"),
    "forbidden": ("colleague", "/accounts/people/"),
}
LOOKS = [("en", "light", "desk"), ("ar", "dark", "phone")]


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    filled: Matter,
) -> None:
    who, path = PAGES[name]
    person = getattr(personas, who) if who else None
    visit = workbench.visit(person, language=language, theme=theme, width=width)
    visit.go(path.format(matter=filled.pk, owner=personas.owner.pk))
    assert visit.page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert visit.overflow() == 0
    assert visit.axe() == ""


@pytest.fixture(scope="package")
def filled(personas: Personas) -> Matter:
    """A matter with something in each of its parts."""
    from datetime import date

    from amparo.matters.web import actions

    who = personas.owner
    matter = actions.open_matter("Haddad v. State", acting_user=who, kind="asylum")
    for person in (personas.colleague, personas.interpreter):
        actions.add_member(matter, person, person.role, acting_user=who)
    actions.add_party(
        matter,
        acting_user=who,
        name="Amal Haddad",
        original_name="أمل حداد",
        role="client",
        pronouns="she",
        languages="Arabic, French",
        safe_contact="By Signal, after 18:00; never by post.",
    )
    actions.add_task(
        matter,
        "Certify the translation of Exhibit 4",
        acting_user=who,
        assignee=who,
        due=date(2020, 1, 3),
    )
    actions.write_note(matter, "The road forks four kilometres north.", acting_user=who)
    return matter
