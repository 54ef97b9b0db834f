"""The main job from end to end, as one person does it: add, search, pin, bundle, export, verify."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from playwright.sync_api import expect

from tests.e2e.workbench import PATIENCE, Visit
from tests.extract.pdf.samples import letter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WAIT = 180_000  # milliseconds; there is one worker, and the machine may have much else to do
TITLE = "A. v. State"
MAIL = b"""From: Amal <amal@example.org>
To: lawyer@example.org
Subject: What I saw
Date: Tue, 02 Mar 2021 10:00:00 +0000
Content-Type: text/plain; charset=utf-8

\xd0\x9c\xd0\xbe\xd1\x85\xd0\xb0\xd0\xbc\xd0\xbc\xd0\xb0\xd0\xb4 was taken that night.
"""
FILES = {
    "writ.pdf": letter("Mohammad was brought before nobody"),
    "mail.eml": MAIL,
    "note.txt": "محمد لم يعد".encode(),
}


def test_from_a_folder_to_a_package_that_a_stranger_verifies(
    link: str, browser: Browser, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(link)
    visit = Visit(page, link.split("/accounts/")[0])

    matter = _open_matter(visit)
    _add(page, matter, tmp_path)
    _search(visit)
    _pin(page)
    _bundle(visit, matter, tmp_path)
    _export_and_verify(visit, matter, tmp_path)
    _verify_all(visit)
    context.close()


def _open_matter(visit: Visit) -> str:
    page = visit.go("/matters/open/")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_role("button", name="Open the matter").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url.rstrip("/")


def _add(page: Page, matter: str, tmp_path: Path) -> None:
    folder = tmp_path / "from the client"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    page.goto(f"{matter}/evidence/add/")
    page.locator("#folder").set_input_files(folder)
    page.get_by_role("button", name="Seal and add").click()
    page.wait_for_url(re.compile(r"/evidence/\?intake="))
    for _ in range(WAIT // 1_000):
        page.goto(f"{matter}/evidence/?status=read")
        if page.locator("tbody [data-row]").count() == len(FILES):
            return
        page.wait_for_timeout(1_000)
    raise AssertionError(f"not read in time: {page.locator('main').inner_text()}")


def _search(visit: Visit) -> None:
    """One spelling finds the name in three scripts; the PDF's passage is followed."""
    page = visit.go("/")
    page.keyboard.press("/")
    page.keyboard.type("Mohammad")
    page.keyboard.press("Enter")
    expect(page.locator("mark", has_text="Мохаммад")).to_be_visible()
    expect(page.locator("mark", has_text="محمد")).to_be_visible()
    page.get_by_role("link", name="writ.pdf").first.click()
    page.wait_for_url(re.compile(r"/items/"))


def _pin(page: Page) -> None:
    first = page.locator("tspan", has_text="Mohammad").first.bounding_box()
    last = page.locator("tspan", has_text="nobody").bounding_box()
    assert first
    assert last
    page.mouse.move(first["x"] + 1, first["y"] + first["height"] / 2)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] / 2, steps=8)
    page.mouse.up()
    form = page.locator("[data-pin-form]")
    expect(form.locator("[data-pin-quote]")).to_contain_text("brought before nobody")
    form.get_by_role("button").click()
    page.wait_for_url(re.compile(r"#page=1&xywh="))
    expect(page.locator("rect.pin.is-current")).to_have_count(1)


def _bundle(visit: Visit, matter: str, tmp_path: Path) -> None:
    """An index given as a spreadsheet becomes a checked bundle."""
    page = visit.page
    page.goto(f"{matter}/bundles/open/")
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Or give an index as a spreadsheet").click()
    page.locator("input[type=file]").set_input_files(_index(tmp_path))
    page.get_by_role("button", name="Read the index").click()
    page.get_by_role("button", name="Produce").click()
    expect(page.get_by_text("All of it holds")).to_be_visible(timeout=WAIT)
    with page.expect_download() as downloading:
        page.locator("#productions").get_by_role("link", name="Download").click()
    downloading.value.save_as(tmp_path / "bundle.pdf")
    with pikepdf.open(tmp_path / "bundle.pdf") as made, made.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        assert any("The writ" in title for title in titles), titles
        assert len(made.pages) > len(FILES)


def _index(tmp_path: Path) -> Path:
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["tab", "file", "description", "date"])
    writer.writerow(["A", "writ.pdf", "The writ", "2021-03"])
    writer.writerow(["B", "mail.eml", "Her message", "2021-03-02"])
    writer.writerow(["C", "note.txt", "A note", "2021~"])
    file = tmp_path / "index.csv"
    file.write_text(rows.getvalue(), "utf-8")
    return file


def _export_and_verify(visit: Visit, matter: str, tmp_path: Path) -> None:
    page = visit.page
    page.goto(f"{matter}/custody/")
    page.get_by_role("button", name="Make a package").click()
    download = page.get_by_role("link", name="Download")
    for _ in range(WAIT // 1_000):
        if download.count():
            break
        page.wait_for_timeout(1_000)
        page.goto(f"{matter}/custody/")
    with page.expect_download() as downloading:
        download.first.click()
    downloading.value.save_as(tmp_path / "package.zip")
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        archive.extractall(tmp_path / "package")
    (verifier,) = (tmp_path / "package").rglob("verify.py")
    whole = _verify(verifier)
    assert whole.returncode == 0, whole.stdout
    (writ,) = verifier.parent.rglob("writ.pdf")
    writ.write_bytes(writ.read_bytes() + b" ")
    broken = _verify(verifier)
    assert broken.returncode == 3
    assert "writ.pdf" in broken.stdout


def _verify_all(visit: Visit) -> None:
    page = visit.go("/verification/")
    page.get_by_role("button", name="Verify everything now").click()
    expect(page.get_by_text("Everything is what was sealed.")).to_be_visible(timeout=WAIT)


def _verify(verifier: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", verifier], capture_output=True, text=True, check=False
    )
