from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from amparo.base.errors import UsageError, VerificationError
from amparo.evidence.packages.received import open_package
from tests.evidence import packing
from tests.evidence.test_verifier import edit_json, renumber, reseal, zipped


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packing.build(tmp_path_factory.mktemp("package") / "sealed")


@pytest.fixture
def copy(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "copy"))


def test_everything_comes_back(original: Path, tmp_path: Path) -> None:
    expected = packing.contents(packing.Ledger())
    for place in (original, zipped(original, tmp_path / "sealed.zip")):
        with open_package(place) as received:
            assert received.matter == expected.matter
            assert received.export == expected.export
            assert received.fingerprint == packing.SIGNER.key.fingerprint
            found = {each.item.path: each for each in received.items}
            assert set(found) == set(packing.FILES)
            for each in expected.items:
                theirs = found[each.item.path]
                assert (theirs.item, theirs.title) == (each.item, each.title)
                assert [a for a, _ in theirs.acquisitions] == [a for a, _ in each.acquisitions]
                assert [e for e, _ in theirs.events] == [e for e, _ in each.events]
                seq = theirs.acquisitions[0][1]
                assert received.entries[seq].fact.kind == "acquired"
                with received.open(each.item) as file:
                    assert file.read() == packing.FILES[each.item.path]


def test_what_proves_its_origin_is_named(original: Path) -> None:
    with open_package(original) as received:
        paths = received.provenance()
    assert "ledger/checkpoint.txt" in paths
    assert "records.json" in paths
    assert not any(path.startswith("data/") for path in paths)


def test_a_tampered_package_is_refused_before_it_is_read(copy: Path) -> None:
    (copy / "data/mail.eml").write_bytes(b"x")
    with pytest.raises(VerificationError, match=r"data/mail.eml: its SHA-256"), open_package(copy):
        pass


def test_a_package_of_another_key_is_refused(original: Path) -> None:
    other = open_package(original, fingerprint="0" * 64)
    with pytest.raises(VerificationError, match="fingerprint"), other:
        pass


def test_what_is_no_package_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    for place in (tmp_path, tmp_path / "none", tmp_path / "a.zip"):
        with pytest.raises(UsageError, match="package"), open_package(place):
            pass


HOSTILE: dict[str, tuple[Callable[[dict], object], str]] = {  # type: ignore[type-arg]
    "a title that is a list": (lambda v: v["items"][0].update(title=[1]), "title: got list"),
    "no media type": (lambda v: v["items"][0].pop("media_type"), "media_type: got NoneType"),
    "people without names": (lambda v: v["people"][0].pop("name"), "people: name"),
    "no people": (lambda v: v.pop("people"), "of another shape"),
    "a matter's title that is a number": (lambda v: v["matter"].update(title=1), "matter: title"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_sealed_package_with_hostile_records_is_refused(name: str, copy: Path) -> None:
    change, problem = HOSTILE[name]
    renumber(copy)
    edit_json(copy / "records.json", change)
    reseal(copy)
    with pytest.raises(VerificationError, match=problem), open_package(copy):
        pass
