"""The workbench as the browser tests drive it: a server, windows, what every page must keep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from amparo.accounts.web.models import User

__all__ = [
    "PASSWORD",
    "PATIENCE",
    "WIDTHS",
    "Visit",
    "Workbench",
    "holding_back",
    "settled",
    "swapping",
]

PASSWORD = "four unrelated words here"
PATIENCE = 60_000  # milliseconds: a machine with much else to do is slow, and not wrong
WIDTHS = {"desk": (1280, 900), "phone": (390, 844)}
AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
UNSETTLED = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"

expect.set_options(timeout=PATIENCE)


def settled(page: Page) -> None:
    """Wait until what htmx asked for stands in the page, and its keys and links work.

    htmx puts an answer into the page at once, and binds what is in it a moment later.
    """
    expect(page.locator(UNSETTLED)).to_have_count(0)


@contextmanager
def swapping(page: Page, address: str) -> Iterator[None]:
    """Do something that asks for ``address``, and wait until the answer is settled in the page."""
    with page.expect_response(address):
        yield
    settled(page)


@contextmanager
def holding_back(page: Page, address: str) -> Iterator[list[Route]]:
    """Do something that asks for ``address``; that request is given, and waits to be continued."""
    held: list[Route] = []
    page.route(address, lambda route: held.append(route), times=1)
    yield held
    for _ in range(PATIENCE // 20):
        if held:
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"nothing asked for {address}")


@dataclass
class Visit:
    """One person's browser window, and what went wrong in it."""

    page: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open ``path`` and wait until it stands still."""
        self.page.goto(self.address + path, wait_until="load")
        settled(self.page)
        return self.page

    def axe(self) -> str:
        """What axe finds on this page, as text; empty when it finds nothing."""
        results = Axe().run(self.page, options=AXE_OPTIONS)
        return "" if not results.violations_count else str(results.generate_report())

    def overflow(self) -> int:
        """By how many pixels the page is wider than its window."""
        return int(self.page.evaluate(OVERFLOW))


@dataclass
class Workbench:
    """The running application and a browser to look at it with."""

    address: str
    browser: Browser
    visits: list[Visit] = field(default_factory=list)

    def visit(
        self,
        person: User | None = None,
        *,
        language: str = "en",
        theme: str = "light",
        width: str = "desk",
        scripts: bool = True,
    ) -> Visit:
        """A new window, already signed in as ``person`` unless None."""
        across, down = WIDTHS[width]
        context = self.browser.new_context(
            viewport={"width": across, "height": down},
            color_scheme="dark" if theme == "dark" else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
            service_workers="block",
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([self._cookie("amparo_language", language)])
        if person is not None:
            context.add_cookies([self._cookie("amparo_session", _session_of(person))])
        visit = Visit(context.new_page(), self.address)
        _listen(visit)
        self.visits.append(visit)
        return visit

    def leave(self) -> list[str]:
        """Close every window; gives what the browser complained of."""
        complaints = [complaint for visit in self.visits for complaint in visit.complaints]
        for visit in self.visits:
            visit.page.context.close()
        self.visits.clear()
        return complaints

    def _cookie(self, name: str, value: str) -> Any:
        return {"name": name, "value": value, "url": self.address}


def _session_of(person: User) -> str:
    from django.test import Client

    client = Client()
    client.force_login(person)
    session = client.session
    session["confirmed"] = 4_102_444_800  # as one who has just given the password
    session.save()
    return str(client.cookies["amparo_session"].value)


def _listen(visit: Visit) -> None:
    """Note script errors, refused content (CSP), and requests that go elsewhere.

    What a test itself puts into a page (axe sets styles) has no address, and is no fault of the
    page's.
    """

    def on_console(message: Any) -> None:
        wanted = "Content Security Policy" in message.text or "Uncaught" in message.text
        if message.type == "error" and wanted and message.location["url"]:
            visit.complaints.append(message.text)

    def on_request(request: Any) -> None:
        if not request.url.startswith((visit.address, "data:", "blob:")):
            visit.complaints.append(f"request to {request.url}")

    visit.page.on("console", on_console)
    visit.page.on("pageerror", lambda error: visit.complaints.append(f"script error: {error}"))
    visit.page.on("request", on_request)
