"""Transcripts and translations leave with a package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.packages import package
from amparo.evidence.web.actions.acquiring import Arrival, acquire
from amparo.evidence.web.actions.intake import open_intake
from amparo.evidence.web.actions.packages import export_to_folder
from amparo.extract.recordings.transcripts import Line
from amparo.extract.sandbox import Sandbox
from amparo.extract.translations.pairs import Pair, digest, from_rows
from amparo.extract.web.actions import Origin, keep_transcript, read_item
from amparo.extract.web.actions.translations import Work, keep_translation
from amparo.extract.web.models import Transcript
from amparo.extract.web.queries.translations import started
from amparo.matters.web.models import Matter
from tests.extract.web.builders import safe
from tests.personas import Personas


@pytest.mark.django_db
def test_every_version_is_in_the_paper_with_its_digest(
    matter: Matter, personas: Personas, room: Sandbox, tmp_path: Path
) -> None:
    who = personas.owner
    intake = open_intake(matter, "test", acting_user=who)
    sealed = seal_bytes(b"Dijo la verdad.", safe())
    item = acquire(intake, [Arrival("dicho.txt", sealed)], acting_user=who)[0].item
    assert item is not None
    read_item(item, room=room, safe=safe(), acting_user=who)
    for number, text in enumerate(("He told truth.", "He told the truth."), 1):
        pairs = [Pair(pair.passage, text) for pair in started(item, None)]
        work = Work("es", "en", "Yusra Halvi", "written")
        keep_translation(item, pairs, work, based_on=number - 1, acting_user=who)
    said = [Line(0, 1, "La verdad.")]
    keep_transcript(
        item, said, language="es", origin=Origin(Transcript.Made.TYPED), acting_user=who
    )
    target = tmp_path / "package"
    export_to_folder(matter, target, acting_user=who, purpose="the court")
    package.check(target)
    words = json.loads((target / "words.json").read_text("utf-8"))["words"]
    assert [(each["kind"], each["version"]) for each in words] == [
        ("transcript", 1),
        ("translation", 1),
        ("translation", 2),
    ]
    last = words[-1]
    assert digest("es", "en", from_rows(last["passages"])) == last["sha256"]
    assert last["parent_sha256"] == sealed.sha256
    assert (target / last["file"]).read_bytes() == b"Dijo la verdad."


@pytest.mark.django_db
def test_without_words_there_is_no_paper(
    matter: Matter, personas: Personas, tmp_path: Path
) -> None:
    intake = open_intake(matter, "test", acting_user=personas.owner)
    acquire(intake, [Arrival("a.txt", seal_bytes(b"a", safe()))], acting_user=personas.owner)
    target = tmp_path / "package"
    export_to_folder(matter, target, acting_user=personas.owner, purpose="")
    assert not (target / "words.json").exists()
