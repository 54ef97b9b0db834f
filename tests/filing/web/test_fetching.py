"""Fetching a blank form: off until allowed, one address, written down; a real server is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from amparo.accounts.web.actions import allow_calling_out
from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import AccessDenied, CallFailed, CallingOutIsOff, UsageError
from amparo.base.web.models import OutgoingCall
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.room import reading_room
from amparo.filing.forms.blank.agencies import address_of, agencies, agency_of
from amparo.filing.forms.maps import known
from amparo.filing.web.actions import fetch_form
from amparo.filing.web.models import OfficialForm
from tests.filing.forms.builders import form
from tests.filing.web.test_forms import browser

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

PATH = "/sites/default/files/document/forms/i-589.pdf"


class Agency(BaseHTTPRequestHandler):
    """Has one form at its place, calls it I-589, and knows nothing else."""

    blank = form(codes=("I-589|01/20/25|1",))

    def do_GET(self) -> None:
        found = self.path == PATH
        self.send_response(200 if found else 404)
        self.send_header("Content-Length", str(len(self.blank) if found else 0))
        self.end_headers()
        if found:
            self.wfile.write(self.blank)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def agency() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Agency)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def allowed(agency: str, personas: Personas) -> str:
    allow_calling_out(
        "blank-forms", is_on=True, addresses=[agency], acting_user=personas.administrator
    )
    return agency


def fetched(matter: Matter, name: str, personas: Personas) -> OfficialForm:
    return fetch_form(
        matter, name, acting_user=personas.colleague, room=reading_room(), safe=open_safe()
    )


def test_nothing_is_fetched_until_someone_allows_it(matter: Matter, personas: Personas) -> None:
    with pytest.raises(CallingOutIsOff):
        fetched(matter, "I-589", personas)
    assert not OutgoingCall.objects.exists()


def test_a_form_is_fetched_and_kept_and_that_is_written_down(
    matter: Matter, personas: Personas, allowed: str
) -> None:
    made = fetched(matter, "I-589", personas)
    assert (made.name, made.edition) == ("I-589", "01/20/25")
    call = OutgoingCall.objects.get()
    assert (call.address, call.sent) == (f"{allowed.rstrip('/')}{PATH}", 0)
    assert call.what == "the blank form I-589"
    assert AuditEntry.objects.filter(action="fetch a blank form").count() == 1


def test_an_agency_that_has_no_such_form_is_told(
    matter: Matter, personas: Personas, allowed: str
) -> None:
    with pytest.raises(CallFailed, match="404"):
        fetched(matter, "G-28", personas)
    assert not OfficialForm.objects.exists()


def test_another_form_than_was_asked_for_is_told(
    matter: Matter, personas: Personas, allowed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Agency, "blank", form(codes=("I-590|01/20/25|1",)))
    with pytest.raises(UsageError, match="sent I-590 instead of I-589"):
        fetched(matter, "I-589", personas)


@pytest.mark.parametrize("name", ["EOIR-28", "X-100", ""])
def test_a_form_without_an_address_says_where_a_person_finds_it(
    name: str, matter: Matter, personas: Personas, allowed: str
) -> None:
    with pytest.raises(UsageError, match="No address is known"):
        fetched(matter, name, personas)
    assert not OutgoingCall.objects.exists()


@pytest.mark.parametrize("who", ["interpreter", "auditor", "administrator", "stranger"])
def test_who_may_not_produce_fetches_nothing(
    who: str, matter: Matter, personas: Personas, allowed: str
) -> None:
    with pytest.raises(AccessDenied):
        fetch_form(
            matter,
            "I-589",
            acting_user=getattr(personas, who),
            room=reading_room(),
            safe=open_safe(),
        )
    assert not OutgoingCall.objects.exists()


def test_the_page_offers_it_only_when_it_is_allowed(
    matter: Matter, personas: Personas, agency: str
) -> None:
    client = browser(personas, "colleague")
    address = f"/matters/{matter.pk}/forms/fetch/"
    assert client.post(address, {"form": "I-589"}).status_code == 422
    allow_calling_out(
        "blank-forms", is_on=True, addresses=[agency], acting_user=personas.administrator
    )
    assert client.post(address, {"form": "I-589"}).status_code == 302
    assert OfficialForm.objects.get().name == "I-589"


def test_every_mapped_form_has_an_agency() -> None:
    assert all(agency_of(name) for name, _ in known())
    assert address_of("I-589") == f"https://www.uscis.gov{PATH}"
    assert address_of("EOIR-28") == ""
    assert all(each.page.startswith("https://") for each in agencies())
