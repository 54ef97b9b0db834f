"""Take the pictures of docs/pictures anew: the main pages of the demo, on a desk and on a phone.

It builds the sample matter in a temporary workspace, serves it as ``amparo serve`` does, and looks
at it with the system's Chromium. Everything in the pictures is invented.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
AMPARO = ROOT / ".venv" / "bin" / "amparo"
PERSON = "tomas"


@dataclass(frozen=True)
class Shot:
    """A page to picture: how to get there from the demo's matter, and in which looks."""

    name: str
    path: str = ""
    follow: tuple[str, ...] = ()
    press: str = ""
    everywhere: bool = True


@dataclass(frozen=True)
class Look:
    """A window: its size, its language, light or dark."""

    suffix: str
    size: tuple[int, int]
    language: str
    theme: str


SHOTS = (
    Shot("matter", "{matter}"),
    Shot("evidence", "{matter}", (".tabs a[href$='/evidence/']",)),
    Shot("item", "/search/?q=name:declaration+type:pdf", (".hit .row-link",)),
    Shot("search", "/search/?q=Mohammad"),
    Shot("bundle", "{matter}", (".tabs a[href$='/bundles/']", "main .row-link")),
    Shot("verification", "/", ("[data-key='g v']",)),
    Shot("deadlines", "{matter}", (".tabs a[href$='/deadlines/']",)),
    Shot("why", "{matter}", (".tabs a[href$='/deadlines/']", "main .row-link")),
    Shot("intake", "{matter}", (".tabs a[href$='/intake/']",)),
    Shot("forms", "{matter}", (".tabs a[href$='/forms/']",), everywhere=False),
    Shot("patterns", "{matter}", (".tabs a[href$='/patterns/']", "main a[href*='/counts/']")),
    Shot("custody", "{matter}", (".tabs a[href$='/custody/']",), everywhere=False),
    Shot("add", "{matter}", ("[data-key='a']",), everywhere=False),
    Shot("work", "/", ("[data-key='g j']",), everywhere=False),
    Shot("keys", "/matters/", press="?", everywhere=False),
)
DESK, PHONE = (1280, 860), (390, 844)
LOOKS = (
    Look("", DESK, "en", "light"),
    Look("-phone", PHONE, "en", "light"),
    Look("-ar", DESK, "ar", "light"),
    Look("-phone-ar-dark", PHONE, "ar", "dark"),
)


def main() -> None:
    """Build, serve, look, write."""
    wanted = set(sys.argv[1:]) or {shot.name for shot in SHOTS}
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "demo") as home:
        for look in LOOKS:
            with window(look, home) as page:
                for shot in SHOTS:
                    if shot.name in wanted and (shot.everywhere or look is LOOKS[0]):
                        take(page, shot, look.suffix)


@contextmanager
def served(home: Path) -> Iterator[Path]:
    """The demo's workspace in ``home``, built."""
    built = os.environ.get("AMPARO_DEMO_HOME")
    if built:
        yield Path(built)
        return
    subprocess.run([AMPARO, "--home", home, "demo", "--exit-after-build"], check=True)
    yield home


@contextmanager
def window(look: Look, home: Path) -> Iterator[Page]:
    """A browser window signed in to a running server."""
    environment = {**os.environ, "AMPARO_PASSPHRASE_FILE": str(home / "demo-passphrase")}
    serve = [AMPARO, "--home", home, "--as", PERSON, "serve", "--no-browser", "--port", "0"]
    with subprocess.Popen(serve, stdout=subprocess.PIPE, text=True, env=environment) as server:
        link = next(
            found[0]
            for line in server.stdout or ()
            if (found := re.findall(r"http\S+link\S+", line))
        )
        with sync_playwright() as playwright:
            program = os.environ.get("AMPARO_CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(
                executable_path=program, args=["--no-sandbox", "--disable-gpu"]
            )
            context = browser.new_context(
                viewport={"width": look.size[0], "height": look.size[1]},
                color_scheme="dark" if look.theme == "dark" else "light",
                device_scale_factor=1.5,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.set_default_timeout(8_000)
            page.goto(link)
            origin = link.split("/accounts/")[0]
            context.add_cookies(
                [{"name": "amparo_language", "value": look.language, "url": origin}]
            )
            yield page
            browser.close()
        server.terminate()


def take(page: Page, shot: Shot, suffix: str) -> None:
    """Go there and write the picture; a page that is not there yet is named and left out."""
    origin = re.match(r"https?://[^/]+", page.url)
    assert origin
    page.goto(f"{origin[0]}/matters/")
    matter = page.locator("main .row-link").first.get_attribute("href") or ""
    page.goto(origin[0] + shot.path.format(matter=matter))
    for step in shot.follow:
        target = page.locator(step).first
        address = target.get_attribute("href") if target.count() else None
        if not address:
            print(f"{shot.name}{suffix}: there is no {step}")
            return
        page.goto(page.evaluate("href => new URL(href, location).href", address))
    if shot.press:
        page.keyboard.press(shot.press)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)
    picture = Image.open(BytesIO(page.screenshot()))
    picture.save(PICTURES / f"{shot.name}{suffix}.webp", quality=82, method=6)


if __name__ == "__main__":
    main()
