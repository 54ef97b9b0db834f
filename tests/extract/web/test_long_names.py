"""Names and paths that no disk would take, out of archives: kept whole, found, and read once."""

from __future__ import annotations

import random
import string
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.web.actions.acquiring import Arrival, acquire
from amparo.evidence.web.actions.intake import open_intake
from amparo.evidence.web.models import Acquisition, Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions import read_item
from amparo.search.web.queries import find
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter

pytestmark = pytest.mark.django_db

CHANCE = random.Random(3)
LONG = "".join(CHANCE.choices(string.ascii_letters, k=4_000))
ARABIC = "".join(CHANCE.choices("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", k=3_000))
PATHS = [f"{LONG}.txt", f"{LONG[:3_000]}/{LONG[3_000:]}.txt", f"{ARABIC}.txt"]
LONGER = f"{LONG}{LONG}/last.txt"


def archive() -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for number, path in enumerate([*PATHS, LONGER]):
            made.writestr(path, f"witness number{number} {LONG}")
    return out.getvalue()


def test_files_with_long_paths_in_an_archive_are_read_and_found(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = item_of(matter, archive(), "delivery.zip")
    children = read_item(item, room=room, safe=safe(), acting_user=personas.owner).children
    assert [child.path for child in children[:3]] == PATHS
    assert children[3].path == f"{LONGER[:3840]}…{LONGER[-255:]}"
    for number, child in enumerate(children):
        assert len(child.name) <= 255
        assert child.name.endswith(".txt")
        read_item(child, room=room, safe=safe(), acting_user=personas.owner)
        child.refresh_from_db()
        assert child.status == Item.Status.READ
        (hit,) = find(f"number{number}", matter_ids=[matter.pk]).hits
        assert hit.source_id == str(child.pk)


def test_an_archive_read_again_has_the_same_files(
    personas: Personas, matter: Matter, room: Sandbox
) -> None:
    item = item_of(matter, archive(), "delivery.zip")
    first = read_item(item, room=room, safe=safe(), acting_user=personas.owner).children
    again = read_item(item, room=room, safe=safe(), acting_user=personas.owner).children
    assert [child.pk for child in first] == [child.pk for child in again]


def test_a_file_far_down_is_acquired_once(
    personas: Personas, matter: Matter, tmp_path: Path
) -> None:
    intake = open_intake(matter, str(tmp_path), acting_user=personas.owner)
    far = Arrival(
        f"{LONG}/{LONG}/{LONG}/letter.txt", seal_bytes(b"far down", safe(), name="letter.txt")
    )
    (taken,) = acquire(intake, [far], acting_user=personas.owner)
    (again,) = acquire(intake, [far], acting_user=personas.owner)
    assert (taken.status, again.again) == ("added", True)
    assert Acquisition.objects.get(item__matter=matter).path == far.path
