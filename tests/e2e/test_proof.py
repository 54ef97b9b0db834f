"""The proof in a real browser: a package made and verified by a stranger, and what is shown."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.workbench import Workbench
from tests.personas import Personas
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("ar", "dark", "phone")]


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    """Files of the matter, one of them looked at and handed on."""
    from django.db import transaction

    from amparo.evidence.web.actions import note_custody, record_custody
    from tests.evidence.web.workspaces import add_files

    files = {f"{matter.pk}/سند.txt": b"a letter", f"{matter.pk}/photo.txt": str(matter.pk).encode()}
    made = add_files(matter, personas.owner, files)
    letter = made[f"{matter.pk}/سند.txt"]
    with transaction.atomic():
        record_custody(letter, "viewed", acting_user=personas.colleague)
    note_custody(
        letter,
        "transferred",
        acting_user=personas.owner,
        purpose="إلى المختبر",
        occurred_at="2020-05",
    )
    return made


def verified(personas: Personas) -> None:
    from amparo.evidence.web.actions.verification import verify_workspace

    verify_workspace(acting_user=personas.owner)


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", ["custody", "verification", "import", "item"])
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    items: dict[str, Item],
) -> None:
    verified(personas)
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(path_of(name, matter, items))
    assert visit.overflow() == 0
    assert visit.axe() == ""


def path_of(name: str, matter: Matter, items: dict[str, Item]) -> str:
    letter = next(iter(items.values()))
    return {
        "custody": f"/matters/{matter.pk}/custody/",
        "verification": "/verification/",
        "import": "/import/",
        "item": f"/items/{letter.pk}/",
    }[name]


def test_a_package_is_made_downloaded_and_verified_by_a_stranger(
    workbench: Workbench,
    personas: Personas,
    matter: Matter,
    items: dict[str, Item],
    tmp_path: Path,
) -> None:
    visit = workbench.visit(personas.owner)
    page = visit.go(f"/matters/{matter.pk}/custody/")
    page.get_by_label("What for").fill("for the court")
    with page.expect_navigation():
        page.get_by_role("button", name="Make a package").click()
    work_off()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download").click()
    downloading.value.save_as(tmp_path / "package.zip")
    with zipfile.ZipFile(tmp_path / "package.zip") as archive:
        archive.extractall(tmp_path)
    (folder,) = (each for each in tmp_path.iterdir() if each.is_dir())
    done = subprocess.run(
        [sys.executable, "-I", folder / "verify.py"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "This package is whole" in done.stdout


def test_what_was_done_is_written_down_beside_the_file(
    workbench: Workbench, personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    letter = next(iter(items.values()))
    page = workbench.visit(personas.colleague).go(f"/items/{letter.pk}/")
    page.get_by_text("Write down what was done with it").click()
    page.get_by_label("What was done").select_option("examined")
    page.get_by_label("Purpose").fill("handwriting")
    page.get_by_role("button", name="Write it down").click()
    page.get_by_text("It is written down, for good.").wait_for()
    expect(page.locator(".timeline").get_by_text("examined it")).to_be_visible()
