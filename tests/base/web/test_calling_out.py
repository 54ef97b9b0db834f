from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from amparo.base.errors import CallFailed, CallingOutIsOff, UsageError
from amparo.base.web import calling_out, jobs
from amparo.base.web.models import Job, OutgoingCall

pytestmark = pytest.mark.django_db


class Service(BaseHTTPRequestHandler):
    """Answers ``/`` with what it got, refuses ``/no``, sends ``/away`` elsewhere."""

    seen: list[str] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append(self.path)
        status = {"/no": 503, "/away": 302}.get(self.path, 200)
        body = b"x" * (calling_out.LARGEST_ANSWER + 1) if self.path == "/flood" else body
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Service.seen.clear()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def purpose(address: str, monkeypatch: pytest.MonkeyPatch) -> calling_out.Purpose:
    monkeypatch.setattr(calling_out, "_purposes", {})
    return calling_out.register(
        calling_out.Purpose("echo", "Echo", "to hear oneself", "a word", (address,))
    )


def allow(*addresses: str) -> None:
    calling_out.switch("echo", is_on=True, addresses=list(addresses), changed_by=uuid4())


def test_everything_is_off_until_someone_decides(
    purpose: calling_out.Purpose, address: str
) -> None:
    assert not calling_out.is_on("echo")
    with pytest.raises(CallingOutIsOff):
        calling_out.post("echo", address, b"word", what="a word")
    assert Service.seen == []
    assert not OutgoingCall.objects.exists()


def test_a_call_that_is_allowed_is_written_down(purpose: calling_out.Purpose, address: str) -> None:
    allow(address)
    assert calling_out.post("echo", address, b"word", what="a word") == b"word"
    row = OutgoingCall.objects.get()
    assert (row.address, row.what, row.sent, row.received) == (address, "a word", 4, 4)


def test_only_its_own_addresses_are_called(purpose: calling_out.Purpose, address: str) -> None:
    allow("https://elsewhere.example/")
    with pytest.raises(CallingOutIsOff):
        calling_out.post("echo", address, b"word", what="a word")
    assert Service.seen == []


@pytest.mark.parametrize(
    ("path", "error"), [("no", "status 503"), ("away", "status 302"), ("flood", "more than")]
)
def test_a_call_that_failed_is_written_down_too(
    path: str, error: str, purpose: calling_out.Purpose, address: str
) -> None:
    allow(address + path)
    with pytest.raises(CallFailed, match=f"127.0.0.1 did not answer: .*{error}"):
        calling_out.post("echo", address + path, b"word", what="a word")
    assert error in OutgoingCall.objects.get().error
    assert Service.seen == [f"/{path}"]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://x/", "x", "http://", "http://me:secret@host/"]
)
def test_an_address_is_one_of_the_web(purpose: calling_out.Purpose, address: str) -> None:
    with pytest.raises(UsageError, match="is no address"):
        allow(address)


def test_a_permission_starts_what_waited(purpose: calling_out.Purpose, address: str) -> None:
    jobs.task("tests.what-waited")(lambda progress: None)
    calling_out.register(replace(purpose, task="tests.what-waited"))
    allow(address)
    assert Job.objects.get().name == "tests.what-waited"


def test_the_log_of_calls_only_grows(purpose: calling_out.Purpose, address: str) -> None:
    allow(address)
    calling_out.post("echo", address, b"word", what="a word")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        OutgoingCall.objects.update(what="nothing")
