"""PostgreSQL or S3 away for a while: nothing is lost, pages say it, work goes on by itself.

``AMPARO_TESTS_AWAY=60`` makes it a minute each.
"""

from __future__ import annotations

import os
import re
import signal
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.organisation.conftest import House, house_on
from tests.organisation.test_organisation import (
    OURS,
    check,
    folder_of,
    hold_readers,
    is_settled,
    let_go,
)
from tests.servers import S3, Postgres

AWAY_SECONDS = float(os.environ.get("AMPARO_TESTS_AWAY", "2"))
COPIES = "SELECT count(*) FROM evidence_custodyevent WHERE kind = 'copied'"


@dataclass
class Browser:
    """Somebody who is signed in: keeps cookies, follows forwards, takes errors as answers."""

    address: str
    _jar: CookieJar = field(default_factory=CookieJar)

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(self._at(path), headers=headers))

    def post(self, path: str, **said: str) -> tuple[int, str]:
        token = next(cookie.value for cookie in self._jar if cookie.name == "amparo_csrf")
        body = urllib.parse.urlencode({**said, "csrfmiddlewaretoken": token or ""}).encode()
        return self._ask(urllib.request.Request(self._at(path), body))

    def _at(self, path: str) -> str:
        return urllib.parse.urljoin(self.address, path)

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        try:
            with opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()


@dataclass
class Served:
    """A workspace of letters that is served, with workers at work, and its owner at a page."""

    house: House
    browser: Browser
    matter: str
    item: str


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, postgres: Postgres, s3: S3
) -> Iterator[Served]:
    root = tmp_path_factory.mktemp("served")
    with house_on(root, postgres, s3) as house:
        yield serve(house, root)


def serve(house: House, root: Path) -> Served:
    house.begin()
    house.run("add", folder_of(root), "--matter", "Haddad", "--no-ocr")
    web = house.start("serve", "--no-browser", "--port", "0", "--workers", "2")
    assert web.stdout
    link = next(line for line in web.stdout if "Sign in once" in line)
    browser = Browser(re.findall(r"http://\S+", link)[0])
    assert browser.get("")[0] == 200
    matter, item = house.rows("SELECT matter_id, id FROM evidence_item ORDER BY name")[0]
    assert browser.get(f"/matters/{matter}/")[0] == 200
    return Served(house, browser, str(matter), str(item))


def who_took(house: House) -> set[int]:
    """The processes that took a job, whether it is done or not."""
    taken = house.rows(f"SELECT DISTINCT worker {OURS}")
    return {int(name.rpartition(":")[2]) for (name,) in taken if name}


def check_all_was_read(served: Served, workers: set[int]) -> None:
    """By those who were at it: nobody had to be replaced."""
    served.house.wait_for(lambda: is_settled(served.house))
    check(served.house)
    workers |= who_took(served.house)
    assert all(Path(f"/proc/{worker}").exists() for worker in workers)


def while_away(
    stop: Callable[[], None], start: Callable[[], None], workers: set[int]
) -> Callable[[], None]:
    """Stop a server amid the work of ``workers``, who were held still and now go on without it.

    What is given back starts it again when it was away for long enough.
    """
    stop()
    let_go(workers)
    until = time.monotonic() + AWAY_SECONDS

    def back() -> None:
        time.sleep(max(0.0, until - time.monotonic()))
        start()

    return back


def test_postgresql_is_away_while_pages_are_asked_and_files_read(
    served: Served, postgres: Postgres
) -> None:
    browser, workers = served.browser, hold_readers(served.house)
    back = while_away(lambda: postgres.stop(signal.SIGQUIT), postgres.start, workers)
    for path in ("/", f"/matters/{served.matter}/", "/search/?q=Haddad", f"/items/{served.item}/"):
        status, page = browser.get(path)
        assert (status, "The database does not answer" in page) == (503, True)
        assert "Load the page again" in page
    status, page = browser.post(f"/matters/{served.matter}/tasks/add/", title="Call the court")
    assert (status, "kept whole or not at all" in page) == (503, True)
    status, note = browser.get("/work/", **{"HX-Request": "true"})
    assert (status, "What you see stays as it was" in note) == (503, True)
    assert "<html" not in note
    back()
    status, page = browser.get(f"/matters/{served.matter}/")
    assert (status, "Call the court" in page) == (200, False)
    assert browser.post(f"/matters/{served.matter}/tasks/add/", title="Call the court")[0] == 200
    assert "Call the court" in browser.get(f"/matters/{served.matter}/")[1]
    check_all_was_read(served, workers)


def test_the_store_is_away_while_pages_are_asked_and_files_read(served: Served, s3: S3) -> None:
    house, browser = served.house, served.browser
    workers = hold_readers(house)
    back = while_away(lambda: s3.stop(signal.SIGKILL), s3.start, workers)
    for path in ("/", f"/matters/{served.matter}/", "/search/?q=Haddad", f"/items/{served.item}/"):
        assert browser.get(path)[0] == 200
    status, page = browser.post(f"/items/{served.item}/original/", purpose="for the court")
    assert (status, "The store of the files does not answer" in page) == (503, True)
    assert house.rows(COPIES) == [(0,)]
    assert not is_settled(house)
    back()
    status, page = browser.post(f"/items/{served.item}/original/", purpose="for the court")
    assert (status, "Mohammed Haddad" in page) == (200, True)
    assert house.rows(COPIES) == [(1,)]
    check_all_was_read(served, workers)
