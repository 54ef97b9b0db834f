"""Search in a real browser: by keyboard alone, in Arabic, on a phone."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.e2e.workbench import Visit, Workbench, settled
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

LOOKS = [("en", "light", "desk"), ("en", "light", "phone"), ("ar", "dark", "phone")]
PAGES = {
    "how": "/search/",
    "hits": "/search/?q=Mohammad",
    "chosen": "/search/?q=court&kind=pdf",
    "some": "/search/?q=habeas+checkpoint+nowhere",
    "nothing": "/search/?q=torturing+%28x",
    "in a matter": "/search/matters/{matter}/?q=arrested",
}


@pytest.fixture
def indexed(matter: Matter) -> Matter:
    """A matter with passages in three scripts."""
    from amparo.search.passages import Passage
    from amparo.search.web.actions import put

    def passage(number: int, title: str, text: str, language: str, **values: object) -> Passage:
        source_id = f"{matter.pk.hex[:24]}{number:08x}"
        media_type = str(values.pop("media_type", "application/pdf"))
        page = number % 7 + 1
        fields = {"language": language, "media_type": media_type, **values}
        return Passage("evidence.item", source_id, matter.pk, page, title, text, **fields)  # type: ignore[arg-type]

    put(
        [
            passage(
                1, "Statement of Mohammad al-Haddad",
                "The court refused the petition for habeas corpus. Mohammad was arrested at the "
                "checkpoint on the northern road and held for eleven days without a charge.",
                "en", date="2021-03", tags=("Key", "To translate"),
            ),
            passage(
                2, "إفادة محمد الحداد",
                "اعتُقِلَ مُحَمَّد عند الحاجز ليلاً، ورفضت المَحكَمة طلب الإفراج عنه دون أن تذكر سبباً.",
                "ar", date="2021-03-14",
            ),
            passage(
                3, "Письмо адвоката",
                "Суд отказал Мухаммаду в освобождении; жалоба подана в тот же день.",
                "ru", media_type="message/rfc822", date="2019~", sender="Olena Petrenko",
            ),
            *(
                passage(
                    number, f"Transcript, volume {number}",
                    f"Day {number}. The court heard the witness on how people were arrested. " * 4,
                    "en", media_type="application/msword", date=f"{2000 + number % 9}",
                )
                for number in range(4, 40)
            ),
        ]
    )  # fmt: skip
    return matter


def show(visit: Visit, name: str) -> None:
    """Keep a picture where AMPARO_PICTURES says, for a person to look at."""
    folder = os.environ.get("AMPARO_PICTURES")
    if folder:
        visit.page.screenshot(path=Path(folder) / f"search {name}.png", full_page=True)


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS, ids=["-".join(x) for x in LOOKS])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_sound(
    name: str,
    language: str,
    theme: str,
    width: str,
    workbench: Workbench,
    personas: Personas,
    indexed: Matter,
) -> None:
    visit = workbench.visit(personas.owner, language=language, theme=theme, width=width)
    visit.go(PAGES[name].format(matter=indexed.pk))
    show(visit, f"{name} {language} {width}")
    assert visit.overflow() == 0
    assert visit.axe() == ""


def test_by_keyboard_alone(workbench: Workbench, personas: Personas, indexed: Matter) -> None:
    page = workbench.visit(personas.colleague).go(f"/search/matters/{indexed.pk}/")
    expect(page.get_by_label("Words to look for")).to_be_focused()
    page.keyboard.type("Mohammad")
    page.keyboard.press("Enter")
    expect(page.locator(".hit")).to_have_count(3)
    expect(page.locator(".hit mark").first).to_have_text("Mohammad")
    expect(page).to_have_url(f"{workbench.address}/search/matters/{indexed.pk}/?q=Mohammad")
    settled(page)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".hit").nth(1).locator(".row-link, h3")).not_to_have_count(0)
    page.keyboard.press("/")
    expect(page.get_by_label("Words to look for")).to_be_focused()


def test_choosing_and_letting_go(workbench: Workbench, personas: Personas, indexed: Matter) -> None:
    page = workbench.visit(personas.owner).go(f"/search/matters/{indexed.pk}/?q=Mohammad")
    page.get_by_role("link", name="E-mail").click()
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.locator(".hit mark")).to_have_text("Мухаммаду")
    expect(page).to_have_url(re.compile("kind=mail"))
    page.reload()
    expect(page.locator(".hit")).to_have_count(1)
    page.get_by_role("link", name="Clear all").click()
    expect(page.locator(".hit")).to_have_count(3)
    settled(page)
    page.go_back()
    expect(page.locator(".hit")).to_have_count(1)


def test_without_scripts(workbench: Workbench, personas: Personas, indexed: Matter) -> None:
    page = workbench.visit(personas.owner, scripts=False).go(f"/search/matters/{indexed.pk}/")
    page.get_by_label("Words to look for").fill("court")
    page.locator("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Next").click()
    expect(page.locator(".hits")).to_have_attribute("start", "21")
