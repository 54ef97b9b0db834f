"""Reading keeps pages with their provenance, tells the ledger, and feeds the search."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from amparo.base import programs
from amparo.base.errors import BadPinpoint, ProgramMissing, UsageError
from amparo.evidence.web.models import Item, LedgerEntry
from amparo.extract import reading as values
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions.indexing import index
from amparo.extract.web.actions.keeping import keep
from amparo.extract.web.actions.pinpoints import pin
from amparo.extract.web.actions.readings import (
    pages_to_recognise,
    read_item,
    recognise_item,
    set_item,
)
from amparo.extract.web.models import PageText, Reading
from amparo.search.web.queries import find
from tests.extract.pdf.samples import letter
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

pytestmark = pytest.mark.django_db

MAIL = b"""From: Amal <amal@example.org>
To: lawyer@example.org
Subject: What I saw
Date: Tue, 02 Mar 2021 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/plain

I saw the soldiers that night.
--B
Content-Type: text/plain; name="list.txt"
Content-Disposition: attachment; filename="list.txt"

four names
--B--
"""


def read(item, room: Sandbox, who):
    return read_item(item, room=room, safe=safe(), acting_user=who)


def test_a_pdf_becomes_pages_and_the_item_knows(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = item_of(matter, letter("Habeas corpus for the prisoner and his family"), "writ.pdf")
    row = read(item, room, personas.owner).reading
    item.refresh_from_db()
    assert (item.status, item.page_count, item.language) == ("read", 1, "en")
    assert (row.kind, row.tool, row.parent_sha256) == ("text", "pdfium", item.object_id)
    (shown,) = item.pages.filter(is_current=True)
    assert shown.text == "Habeas corpus for the prisoner and his family"
    assert len(shown.value.words) == 8


def test_the_ledger_states_the_derivative(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = item_of(matter, letter(), "writ.pdf")
    row = read(item, room, personas.owner).reading
    entry = LedgerEntry.objects.get(subject=f"item:{item.pk}")
    stated = json.loads(entry.canonical)["details"]["derivative"]
    assert entry.kind == "read"
    assert (stated["sha256"], stated["parent_sha256"]) == (row.sha256, item.object_id)
    assert stated["tool"] == "pdfium"


def test_what_is_read_is_found(personas: Personas, matter: Matter, room: Sandbox) -> None:
    read(item_of(matter, letter("Habeas corpus"), "writ.pdf"), room, personas.owner)
    assert [hit.page for hit in find("habeas", matter_ids=[matter.pk]).hits] == [1]


def test_the_name_of_a_sheet_is_found(personas: Personas, matter: Matter) -> None:
    item = item_of(matter, b"sheets", "book.xlsx")
    sheet = values.PageText(1, 0, 0, "seven", label="Payments")
    found = values.Reading(pages=(sheet,))
    keep(item, found, kind="text", now=timezone.now(), acting_user=personas.owner)
    index(item)
    assert [hit.page for hit in find("payments", matter_ids=[matter.pk]).hits] == [1]


def test_an_unreadable_file_says_why(personas: Personas, matter: Matter, room: Sandbox) -> None:
    item = item_of(matter, b"%PDF-1.4 nothing", "broken.pdf")
    row = read(item, room, personas.owner).reading
    item.refresh_from_db()
    assert (item.status, row.status) == ("failed", "failed")
    assert "damaged" in item.reason
    assert row.sha256 == ""


def test_a_message_gives_its_date_subject_and_attachment(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = item_of(matter, MAIL, "mail.eml")
    found = read(item, room, personas.owner)
    item.refresh_from_db()
    assert item.title == "What I saw"
    assert item.dated.startswith("2021-03-02")
    (child,) = found.children
    assert child.path.endswith("list.txt")
    assert (child.parent, child.status) == (item, "sealed")
    with safe().open(child.object.object_name) as opened:
        assert opened.read().strip() == b"four names"


def test_a_file_inside_itself_is_left_there(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    outer = item_of(matter, MAIL, "mail.eml")
    (inner,) = read(outer, room, personas.owner).children
    again = item_of(matter, MAIL.replace(b"four names", b"other"), "x.eml", parent=inner)
    assert len(read(again, room, personas.owner).children) == 1
    again.object = outer.object
    found = read(again, room, personas.owner)
    assert found.children == ()
    assert "a file that this one lies in" in found.reading.reason


def test_reading_again_keeps_the_older_reading(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = item_of(matter, letter(), "writ.pdf")
    first = read(item, room, personas.owner).reading
    second = read(item, room, personas.owner).reading
    assert Reading.objects.filter(item=item).count() == 2
    assert first.sha256 == second.sha256
    (shown,) = item.pages.filter(is_current=True)
    assert shown.reading == second


def scan(words: str) -> bytes:
    """A page whose words are big outlines: nothing to read, something to see."""
    from io import BytesIO

    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1240, 500), "white")
    face = ImageFont.load_default(size=60)
    ImageDraw.Draw(image).text((80, 180), words, fill="black", font=face)
    out = BytesIO()
    image.save(out, "PDF", resolution=150)
    return out.getvalue()


def test_a_scanned_page_is_recognised_and_shown_from_then_on(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    if not programs.is_present("tesseract"):
        pytest.skip("tesseract is not installed")
    item = item_of(matter, scan("The prisoner was taken"), "scan.pdf")
    read(item, room, personas.owner)
    assert pages_to_recognise(item) == [1]
    heard: list[int] = []
    row = recognise_item(
        item,
        [1],
        languages=["en"],
        room=room,
        safe=safe(),
        acting_user=personas.owner,
        on_page=heard.append,
    )
    assert heard == [1]
    assert (row.kind, row.tool, row.tool_settings["languages"]) == ("ocr", "tesseract", "eng")
    (shown,) = item.pages.filter(is_current=True)
    assert "prisoner" in shown.text
    assert shown.source == "ocr"
    assert pages_to_recognise(item) == []
    read(item, room, personas.owner)
    (still,) = item.pages.filter(is_current=True)
    assert still.source == "ocr"


def test_without_tesseract_the_command_is_named(
    personas: Personas, matter: Matter, room: Sandbox, monkeypatch
) -> None:
    item = item_of(matter, letter(), "writ.pdf")
    monkeypatch.setattr(programs, "is_present", lambda name: False)
    with pytest.raises(ProgramMissing, match="Install it with"):
        recognise_item(item, [1], room=room, safe=safe(), acting_user=personas.owner)


def test_text_files_have_nothing_to_recognise(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = item_of(matter, b"plain words", "note.txt")
    assert pages_to_recognise(item) == []
    with pytest.raises(UsageError):
        recognise_item(item, [1], room=room, safe=safe(), acting_user=personas.owner)


def test_a_message_is_set_to_pages_and_pinned_there(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = item_of(matter, MAIL, "mail.eml")
    read(item, room, personas.owner)
    made = set_item(item, room=room, safe=safe(), acting_user=personas.owner)
    assert (made.kind, made.tool, made.page_count) == ("pages", "typst", 1)
    with safe().open(made.object.object_name) as pdf:
        assert pdf.read(5) == b"%PDF-"
    (shown,) = item.pages.filter(is_current=True)
    assert shown.reading.kind == "text"
    page = made.pages.get()
    start = page.text.index("soldiers")
    row = pin(page, start=start, end=start + 8, acting_user=personas.owner)
    assert (row.sha256, row.quote) == (item.object_id, "soldiers")
    PageText.objects.filter(pk=shown.pk).update(text="something else")
    with pytest.raises(BadPinpoint, match="not in the file's own text"):
        pin(page, start=start, end=start + 8, acting_user=personas.owner)


def test_words_that_wait_for_data_make_an_item_partial_until_they_are_read(
    personas: Personas, matter: Matter
) -> None:
    item = item_of(matter, b"not looked at", "scan.png")
    item.status = "read"
    page = values.PageText(1, 100, 100, "some", source="ocr")
    now = timezone.now()

    def recognised(status, reason):
        found = values.Reading(status=status, reason=reason, pages=(page,))
        keep(item, found, kind="ocr", now=now, acting_user=personas.owner)
        item.refresh_from_db()
        return item.status, item.reason

    assert recognised("partial", "It waits for data.") == ("partial", "It waits for data.")
    assert recognised("read", "") == ("read", "")
    Item.objects.filter(pk=item.pk).update(status="partial", reason="Torn.")
    item.refresh_from_db()
    assert recognised("read", "") == ("partial", "Torn.")
