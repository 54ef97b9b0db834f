"""Recordings: played by ranges, pictured, pinned by seconds, and written down."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from amparo.base.errors import AccessDenied, UsageError
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item, LedgerEntry
from amparo.extract.recordings.speech import Engine, Sound, why_not
from amparo.extract.recordings.transcripts import UNWRITTEN, Line
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import (
    Origin,
    keep_transcript,
    pin_span,
    read_item,
    recognise_speech,
)
from amparo.extract.web.actions.forgetting import forget_item
from amparo.extract.web.models import Pinpoint, Transcript
from amparo.extract.web.views import recordings
from amparo.matters.web.models import Matter
from amparo.search.web.queries import find
from tests.extract.recordings.films import film, sound
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas

pytestmark = pytest.mark.django_db

SEES = ("owner", "colleague", "interpreter", "auditor")
NOT = ("client", "administrator", "stranger")
LINES = [Line(0.5, 1.5, "We were told to leave.", "Amal"), Line(61, 64, "In the night.")]
TYPED = Origin(Transcript.Made.TYPED)


@pytest.fixture
def item(personas: Personas, matter: Matter, room: Sandbox, monkeypatch) -> Item:
    monkeypatch.setattr(recordings, "reading_room", lambda: room)
    made = item_of(matter, film(), "bridge.webm")
    read_item(made, room=room, safe=safe(), acting_user=personas.owner)
    made.refresh_from_db()
    return made


def as_(personas: Personas, name: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, name))
    return client


def addresses(item: Item) -> list[str]:
    return [
        reverse("extract:item", args=[item.pk]),
        reverse("extract:still", args=[item.pk, 1500]),
        reverse("extract:transcript", args=[item.pk]),
        reverse("extract:take-transcript", args=[item.pk, "vtt"]),
    ]


def writes(item: Item) -> list[tuple[str, dict[str, object]]]:
    file = SimpleUploadedFile("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\nhello\n")
    return [
        (reverse("extract:pin-span", args=[item.pk]), {"start": "0:01", "end": "0:02"}),
        (
            reverse("extract:write-transcript", args=[item.pk]),
            {"text": "[0:01 - 0:02] yes", "based_on": "1"},
        ),
        (reverse("extract:bring-transcript", args=[item.pk]), {"file": file}),
    ]


@pytest.mark.parametrize("name", SEES)
def test_the_team_sees_and_hears(personas: Personas, item: Item, name: str) -> None:
    keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    client = as_(personas, name)
    for address in addresses(item):
        assert client.get(address).status_code == 200
    played = client.get(reverse("extract:play", args=[item.pk]), headers={"Range": "bytes=0-9"})
    assert (played.status_code, played.content) == (206, film()[:10])


@pytest.mark.parametrize("name", NOT)
def test_others_find_nothing(personas: Personas, item: Item, name: str) -> None:
    keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    client = as_(personas, name)
    for address in [*addresses(item), reverse("extract:play", args=[item.pk])]:
        assert client.get(address, headers={"Range": "bytes=0-9"}).status_code == 404
    for address, posted in writes(item):
        assert client.post(address, posted).status_code == 404
    assert client.post(reverse("extract:transcribe", args=[item.pk])).status_code == 404
    assert Transcript.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "status"), [("owner", 302), ("interpreter", 302), ("auditor", 403)]
)
def test_who_may_annotate_writes_it_down(
    personas: Personas, item: Item, name: str, status: int
) -> None:
    keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    client = as_(personas, name)
    for address, posted in writes(item):
        assert client.post(address, posted).status_code == status
    assert Transcript.objects.count() == (3 if status == 302 else 1)


def test_a_range_is_opened_where_it_is_asked_for(personas: Personas, item: Item) -> None:
    client = as_(personas, "owner")
    address = reverse("extract:play", args=[item.pk])
    whole = film()
    middle = len(whole) // 2
    answer = client.get(address, headers={"Range": f"bytes={middle}-"})
    assert answer.content == whole[middle:]
    assert answer["Content-Range"] == f"bytes {middle}-{len(whole) - 1}/{len(whole)}"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Content-Type"] == "video/webm"
    outside = client.get(address, headers={"Range": f"bytes={len(whole)}-"})
    assert (outside.status_code, outside["Content-Range"]) == (416, f"bytes */{len(whole)}")
    assert client.get(address).status_code == 416  # never the whole at once
    assert client.head(address).status_code == 200


def test_what_is_no_recording_is_not_played(personas: Personas, matter: Matter) -> None:
    other = item_of(matter, b"%PDF-1.4 nothing", "a.pdf")
    client = as_(personas, "owner")
    assert client.get(reverse("extract:play", args=[other.pk])).status_code == 404
    assert client.get(reverse("extract:transcript", args=[other.pk])).status_code == 404


def test_the_page_shows_the_sound_the_moments_and_the_words(personas: Personas, item: Item) -> None:
    keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    page = as_(personas, "owner").get(reverse("extract:item", args=[item.pk])).content.decode()
    assert 'class="wave-shape"' in page
    assert page.count("data-at=") == 8 + len(LINES)
    assert "We were told to leave." in page
    assert "media:waveform" not in page


def test_pinned_seconds_carry_their_words(personas: Personas, item: Item) -> None:
    keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    answer = as_(personas, "owner").post(
        reverse("extract:pin-span", args=[item.pk]), {"start": "0:01", "end": "2.25", "note": "x"}
    )
    assert answer["Location"] == f"/items/{item.pk}/#t=1,2.25"
    row = Pinpoint.objects.get()
    assert (row.quote, row.page, row.note) == ("We were told to leave.", None, "x")
    assert (row.place.selector.start, row.place.selector.end) == (1.0, 2.25)
    assert pin_span(item, start=1, end=2.25, acting_user=personas.colleague) == row
    page = as_(personas, "owner").get(reverse("extract:item", args=[item.pk])).content.decode()
    assert "0:01–0:02" in page
    assert "is-pinned" in page


@pytest.mark.parametrize(
    "span", [{"start": "2", "end": "1"}, {"start": "soon", "end": "1"}, {"start": "", "end": ""}]
)
def test_seconds_that_are_none_are_refused(personas: Personas, item: Item, span) -> None:
    client = as_(personas, "owner")
    assert client.post(reverse("extract:pin-span", args=[item.pk]), span).status_code == 400
    assert not Pinpoint.objects.exists()


def test_a_written_recording_is_read_and_found_by_its_minute(
    personas: Personas, item: Item
) -> None:
    assert (item.status, item.reason) == ("partial", UNWRITTEN)
    keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    item.refresh_from_db()
    assert (item.status, item.reason, item.language) == ("read", "", "en")
    hits = {hit.page for hit in find("night", matter_ids=[item.matter_id]).hits}
    assert hits == {2}
    told = LedgerEntry.objects.filter(kind="read").last()
    assert '"kind":"transcript"' in told.canonical


def test_each_correction_is_a_version_and_the_same_again_is_none(
    personas: Personas, item: Item
) -> None:
    first = keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    again = keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    assert again == first
    client = as_(personas, "colleague")
    text = "[0:00.500 - 0:01.500] Amal: We were told to go."
    client.post(
        reverse("extract:write-transcript", args=[item.pk]),
        {"text": text, "language": "en", "based_on": "1", "note": "misheard"},
    )
    second, kept = Transcript.objects.all()
    assert (second.number, second.made, second.based_on) == (2, "corrected", 1)
    assert (kept.value, second.value[0].text) == (LINES, "We were told to go.")
    assert not find("night", matter_ids=[item.matter_id]).hits
    old = client.get(reverse("extract:take-transcript", args=[item.pk, "srt"]) + "?version=1")
    assert "In the night." in old.content.decode()


def test_two_who_correct_at_once_do_not_overwrite_each_other(
    personas: Personas, item: Item
) -> None:
    keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    client = as_(personas, "colleague")
    address = reverse("extract:write-transcript", args=[item.pk])
    assert client.post(address, {"text": "[0:01 - 0:02] one", "based_on": "1"}).status_code == 302
    late = client.post(address, {"text": "[0:01 - 0:02] two", "based_on": "1"})
    assert late.status_code == 422
    assert "Version 2 was kept meanwhile." in late.content.decode()
    assert "[0:01 - 0:02] two" in late.content.decode()  # nothing that was typed is lost


def test_what_is_wrong_comes_back_with_its_line(personas: Personas, item: Item) -> None:
    client = as_(personas, "owner")
    answer = client.post(
        reverse("extract:write-transcript", args=[item.pk]), {"text": "[0:09 - 0:03] no"}
    )
    assert answer.status_code == 422
    assert "Line 1: A line from 0:09.000 to 0:03.000" in answer.content.decode()
    file = SimpleUploadedFile("a.srt", b"no subtitles")
    answer = client.post(reverse("extract:bring-transcript", args=[item.pk]), {"file": file})
    assert answer.status_code == 422
    assert not Transcript.objects.exists()


def test_subtitles_in_an_old_encoding_are_imported(personas: Personas, item: Item) -> None:
    words = "1\n00:00:01,000 --> 00:00:02,000\nНам сказали уходить этой же ночью из города\n"
    file = SimpleUploadedFile("a.srt", words.encode("cp1251"))
    client = as_(personas, "interpreter")
    client.post(
        reverse("extract:bring-transcript", args=[item.pk]), {"file": file, "language": "ru"}
    )
    row = Transcript.objects.get()
    assert row.value[0].text == "Нам сказали уходить этой же ночью из города"
    assert (row.made, row.note) == ("imported", "from the file a.srt")


def _heard(lines: list[Line]) -> Engine:
    def hear(found: Sound, _language: str) -> Iterator[Line]:
        assert found.dtype == np.float32
        assert abs(len(found) / 16_000 - 4) < 0.2
        assert 0.4 < np.abs(found[40_000:]).max() <= 1  # the tone of the second half
        yield from lines

    return Engine("a model", "1", {"model": "tiny", "model sha256": "00"}, hear)


def test_a_program_writes_down_what_it_hears(personas: Personas, item: Item, room: Sandbox) -> None:
    row = recognise_speech(
        item,
        _heard([LINES[0]]),
        language="en",
        room=room,
        safe=safe(),
        acting_user=personas.owner,
    )
    assert (row.made, row.tool, row.tool_settings["model"]) == ("recognised", "a model", "tiny")
    page = as_(personas, "owner").get(reverse("extract:transcript", args=[item.pk]))
    assert "A program wrote this (a model)" in page.content.decode()


def test_silence_is_said_and_not_kept(personas: Personas, item: Item, room: Sandbox) -> None:
    with pytest.raises(UsageError, match="No speech was heard"):
        recognise_speech(
            item, _heard([]), language="", room=room, safe=safe(), acting_user=personas.owner
        )
    with pytest.raises(AccessDenied):
        recognise_speech(
            item, _heard([]), language="", room=room, safe=safe(), acting_user=personas.interpreter
        )


def test_without_a_model_the_page_says_what_it_waits_for(
    personas: Personas, item: Item, tmp_path
) -> None:
    client = as_(personas, "owner")
    assert (
        "Speech is not recognised here"
        in client.get(reverse("extract:transcript", args=[item.pk])).content.decode()
    )
    assert client.post(reverse("extract:transcribe", args=[item.pk])).status_code == 409
    assert not Job.objects.filter(name="extract.transcribe").exists()
    assert why_not(tmp_path) is not None


def test_without_pyav_no_picture_is_promised(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    made = item_of(matter, film(), "b.webm")
    facts = {"media:seconds": "4.0", "media:width": "160"}  # as Tika tells them
    made.readings.create(
        parent_sha256="", status="partial", metadata=facts, made_at=made.received_at
    )
    page = as_(personas, "owner").get(reverse("extract:item", args=[made.pk])).content.decode()
    assert "<video" in page
    assert "/stills/" not in page


def test_sound_alone_has_no_pictures(personas: Personas, matter: Matter, room: Sandbox) -> None:
    made = item_of(matter, sound(), "memo.wav")
    read_item(made, room=room, safe=safe(), acting_user=personas.owner)
    client = as_(personas, "owner")
    page = client.get(reverse("extract:item", args=[made.pk])).content.decode()
    assert "<audio" in page
    assert "/stills/" not in page


def test_what_is_disposed_of_says_nothing_any_more(personas: Personas, item: Item) -> None:
    kept = keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    forget_item(item)
    row = Transcript.objects.get()
    assert (row.lines, row.sha256) == ([], kept.sha256)
    assert not find("night", matter_ids=[item.matter_id]).hits


def test_the_search_names_the_minute(personas: Personas, item: Item) -> None:
    keep_transcript(item, LINES, language="en", origin=TYPED, acting_user=personas.owner)
    found = as_(personas, "owner").get(
        reverse("search:matter", args=[item.matter_id]), {"q": "night"}
    )
    assert "Minute 2" in found.content.decode()
    assert f"/items/{item.pk}/#page=2" in found.content.decode()
