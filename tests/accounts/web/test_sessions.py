"""Where one is signed in: seen, and ended; and sessions that say whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry, Session
from amparo.accounts.web.queries import mark_of
from tests.accounts.web.conftest import PASSWORD
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.accounts.web.models import User

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/145.0"
PAGE, END = reverse("accounts:signing-in"), reverse("accounts:end-session")


def browser(user: User, name: str) -> Client:
    client = Client(HTTP_USER_AGENT=name, REMOTE_ADDR="10.0.0.7")
    client.force_login(user)
    client.get("/matters/")
    return client


def test_each_session_says_where_it_is(colleague: User) -> None:
    here, _there = browser(colleague, "Here 1.0"), browser(colleague, FIREFOX)
    content = here.get(PAGE).content.decode()
    assert "Here 1.0" in content
    assert "Firefox, Linux" in content
    assert "10.0.0.7" in content
    assert content.index("Here 1.0") < content.index("Firefox, Linux")


def test_a_page_never_holds_a_key_of_a_session(colleague: User) -> None:
    here, there = browser(colleague, "H"), browser(colleague, "T")
    content = here.get(PAGE).content.decode()
    assert there.session.session_key not in content
    assert here.session.session_key not in content


def test_one_is_ended_and_this_one_stays(colleague: User) -> None:
    here, there = browser(colleague, "H"), browser(colleague, "T")
    here.post(END, {"session": mark_of(there.session.session_key)})
    assert there.get("/matters/").url.startswith(reverse("accounts:sign-in"))
    assert here.get("/matters/").status_code == 200
    assert AuditEntry.objects.filter(action="end session").count() == 1


def test_all_others_are_ended(colleague: User) -> None:
    here, others = browser(colleague, "H"), [browser(colleague, str(n)) for n in range(3)]
    here.post(END, {"session": "others"})
    assert [each.get("/matters/").status_code for each in others] == [302, 302, 302]
    assert here.get("/matters/").status_code == 200


def test_nobody_sees_or_ends_the_sessions_of_others(personas: Personas, colleague: User) -> None:
    theirs, mine = browser(colleague, "Theirs 9"), browser(personas.owner, "Mine 1")
    assert "Theirs 9" not in mine.get(PAGE).content.decode()
    mine.post(END, {"session": mark_of(theirs.session.session_key)})
    mine.post(END, {"session": "others"})
    assert theirs.get("/matters/").status_code == 200


def test_a_new_password_ends_the_other_sessions(colleague: User) -> None:
    here, there = browser(colleague, "H"), browser(colleague, "T")
    new = "quite another four words"
    here.post(reverse("accounts:password"), {"old": PASSWORD, "new": new, "again": new})
    assert there.get("/matters/").status_code == 302
    assert here.get("/matters/").status_code == 200


def test_signing_in_leaves_no_session_of_before(client: Client, colleague: User) -> None:
    """Whoever set a session into a browser beforehand does not know the one that is signed in."""
    client.get(reverse("accounts:sign-in"))
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.post(reverse("accounts:sign-in"), {"username": "colleague", "password": PASSWORD})
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_signing_out_leaves_no_row(colleague: User) -> None:
    here = browser(colleague, "H")
    here.post(reverse("accounts:sign-out"))
    assert not Session.objects.filter(user=colleague).exists()
