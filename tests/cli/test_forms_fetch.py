"""``amparo forms fetch`` in a real process: off until allowed, then a test's server is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.begun import begin
from tests.cli.conftest import Amparo
from tests.filing.forms.builders import form
from tests.filing.web.test_fetching import Agency

ALLOW = """
import os, sys
from pathlib import Path
from amparo.base import workspace
from amparo.site.boot import boot

passphrase = Path(os.environ["AMPARO_PASSPHRASE_FILE"]).read_text().strip()
boot(workspace.open_with(Path(sys.argv[1]), passphrase))

from amparo.accounts.web.actions import allow_calling_out
from amparo.accounts.web.models import User

ana = User.objects.get(username="ana")
allow_calling_out("blank-forms", is_on=True, addresses=[sys.argv[2]], acting_user=ana)
"""


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
def allowed(amparo: Amparo, agency: str, tmp_path: Path, passphrase_file: Path) -> Amparo:
    """A workspace whose administrator allowed fetching from the test's server."""
    begin(tmp_path)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AMPARO_PASSPHRASE_FILE": str(passphrase_file),
    }
    argv = [sys.executable, "-c", ALLOW, str(tmp_path / "home"), agency]
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return amparo


def test_nothing_is_fetched_until_someone_allows_it(amparo: Amparo, tmp_path: Path) -> None:
    begin(tmp_path)
    done = amparo("forms", "fetch", "I-589", "--out", tmp_path / "form.pdf")
    assert done.returncode != 0
    assert "is not allowed" in done.stderr
    assert "An administrator can allow it" in done.stderr
    assert not (tmp_path / "form.pdf").exists()


def test_the_form_is_written_as_the_agency_sent_it(allowed: Amparo, tmp_path: Path) -> None:
    out = tmp_path / "form.pdf"
    done = allowed("forms", "fetch", "i-589", "--out", out, "--json")
    assert done.returncode == 0, done.stderr
    line = json.loads(done.stdout)
    assert (line["form"], line["edition"], line["out"]) == ("I-589", "01/20/25", str(out))
    assert out.read_bytes() == Agency.blank
    again = allowed("forms", "fetch", "I-589", "--out", out)
    assert "is there already" in again.stderr
    elsewhere = allowed("forms", "fetch", "EOIR-28", "--out", tmp_path / "other.pdf")
    assert "Fetch it from https://www.justice.gov" in elsewhere.stderr


def test_another_form_than_was_asked_for_is_not_written(
    allowed: Amparo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Agency, "blank", form(codes=("I-590|01/20/25|1",)))
    done = allowed("forms", "fetch", "I-589", "--out", tmp_path / "form.pdf")
    assert "sent I-590 instead of I-589" in done.stderr
    assert not (tmp_path / "form.pdf").exists()
