"""Work in progress in a real browser: what comes by itself is in nobody's way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from amparo.base.web.models import Job
from amparo.extract.web.tasks import ask_to_reread
from tests.e2e.workbench import Workbench
from tests.extract.web.builders import item_of
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

EVERY = 3_000  # milliseconds, in which the page asks how far the work is


def test_a_key_and_a_click_find_what_was_there_when_they_began(
    workbench: Workbench, personas: Personas, matter: Matter
) -> None:
    ask_to_reread(item_of(matter, b"a letter", "letter.txt"), user=personas.owner)
    job = Job.objects.latest("created_at")
    visit = workbench.visit(personas.owner)
    visit.page.clock.install()
    page = visit.go("/work/")
    stop = page.locator(f"#stop-{job.pk}")
    stop.focus()
    stop.evaluate("each => { each.dataset.before = ''; }")
    with page.expect_response("**/work/"):
        page.clock.run_for(EVERY)
    expect(stop.and_(page.locator(":not([data-before])"))).to_be_focused()
    page.clock.run_for(100)
    stop.hover()
    page.mouse.down()
    with page.expect_request_finished(lambda request: request.url.endswith("/work/")):
        page.clock.run_for(EVERY)
    with page.expect_navigation():
        page.mouse.up()
    job.refresh_from_db()
    assert job.cancel_requested or job.state == Job.State.CANCELLED
