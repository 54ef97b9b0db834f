"""The same bundle when hostile bytes are met in a worker only."""

from __future__ import annotations

import io

import pikepdf
import pytest

from amparo.extract.sandbox import Sandbox
from amparo.filing.bundle.confined import InRoom
from amparo.filing.bundle.pdfs import Locked
from amparo.filing.bundle.pictures import TooLarge
from amparo.filing.bundle.preparation import prepare
from amparo.filing.bundle.production import produce
from amparo.filing.bundle.reading import read_pages
from tests.filing.bundle.builders import exhibit, nothing, pdf, picture, request

LETTER = (612.0, 792.0)


@pytest.fixture(scope="module")
def room():
    with Sandbox(workers=1) as opened:
        yield InRoom(opened)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (pdf(3), "application/pdf"),
        (pdf(content="q q"), "application/pdf"),
        (pdf(encryption=pikepdf.Encryption(owner="o", user="")), "application/pdf"),
        (picture((30, 20)), "image/png"),
    ],
)
def test_a_worker_reads_the_same(room, data, kind):
    assert room.read(io.BytesIO(data), kind, LETTER) == read_pages(io.BytesIO(data), kind, LETTER)


@pytest.mark.parametrize(
    ("data", "kind", "error"),
    [
        (pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "application/pdf", Locked),
        (picture((20_000, 10_000), mode="1"), "image/png", TooLarge),
    ],
)
def test_what_is_wrong_comes_back_as_itself(room, data, kind, error):
    with pytest.raises(error):
        room.read(io.BytesIO(data), kind, LETTER)


def test_a_bundle_is_read_and_checked_in_workers(room):
    asked = request()
    exhibits = [exhibit(pdf(2)), exhibit(picture(), "B", media_type="image/png", name="p.png")]
    prepared = [prepare(each, asked.profile, nothing, room.read) for each in exhibits]
    produced = produce(asked, prepared)
    seen = []
    files = [(each.name, each.file, 7) for each in produced.volumes]
    report = room.check(files, produced.manifest, limit=asked.most_bytes, step=seen.append)
    assert report.holds
    assert report.compared["number"] == 8
    assert seen == [7]
    small = room.check(files, produced.manifest, limit=10)
    assert [finding.rule for finding in small.findings] == ["volume-size"]


@pytest.mark.shared_data
def test_a_file_that_no_worker_survives_becomes_a_slip(room, shared_data):
    data = (shared_data / "hostile" / "flatebomb_1GB.pdf").read_bytes()
    made = prepare(exhibit(data), request().profile, nothing, room.read)
    assert made.slip.code == "damaged"
