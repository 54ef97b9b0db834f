"""OpenTimestamps wait until calling out is allowed, then go to a calendar and come back whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from amparo.base.web import calling_out
from amparo.base.web.models import OutgoingCall
from amparo.evidence.ledger import open_timestamps as ots
from amparo.evidence.web.actions.open_stamps import PURPOSE, fetch_open_stamps
from amparo.evidence.web.models.watch import OpenStamp
from tests.evidence.ledger.test_open_timestamps import completion, core, notary, op, written
from tests.evidence.web.workspaces import add_files

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


class _Calendar(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        digest = self.rfile.read(int(self.headers["Content-Length"]))
        stamp = core.Timestamp(digest)
        below = stamp.ops.add(op.OpAppend(b"salt")).ops.add(op.OpSHA256())
        below.attestations.add(notary.PendingAttestation(self.server.address))  # type: ignore[attr-defined]
        self._answer(written(stamp))

    def do_GET(self) -> None:
        self._answer(completion(self.path.rpartition("/")[2]))

    def _answer(self, data: bytes) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def calendar() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Calendar)
    server.address = f"http://127.0.0.1:{server.server_port}"  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.address  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()
    thread.join()


def test_nothing_is_sent_before_it_is_allowed(personas: Personas, matter: Matter) -> None:
    add_files(matter, personas.owner)
    assert OpenStamp.objects.filter(status="queued").count() == 3
    assert fetch_open_stamps() == 0
    assert not OutgoingCall.objects.exists()


def test_a_digest_goes_out_and_a_block_comes_back(
    personas: Personas, matter: Matter, calendar: str
) -> None:
    add_files(matter, personas.owner)
    OpenStamp.objects.all().delete()
    calling_out.switch(
        PURPOSE.name, is_on=True, addresses=[f"{calendar}/digest"], changed_by=personas.owner.pk
    )
    add_files(matter, personas.owner, {"more.txt": b"more"})
    assert fetch_open_stamps() == 1
    row = OpenStamp.objects.get()
    assert row.status == "pending"
    assert OutgoingCall.objects.get().sent == 32
    assert fetch_open_stamps() == 1
    row.refresh_from_db()
    assert row.status == "complete"
    assert row.blocks[0][0] == 870_000
    assert ots.read(bytes(row.proof or b""), row.checkpoint.note).blocks


def test_a_calendar_elsewhere_is_not_called(
    personas: Personas, matter: Matter, calendar: str
) -> None:
    add_files(matter, personas.owner)
    with pytest.raises(calling_out.CallingOutIsOff):
        calling_out.get(PURPOSE.name, f"{calendar}/timestamp/00", what="x")
    assert not OutgoingCall.objects.exists()
