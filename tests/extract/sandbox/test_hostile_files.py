"""Bombs, loops, truncations, foreign entities and slips: each is read or explained, no more."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from amparo.evidence.intake.detect import media_type
from amparo.extract.reading import Limits, Reading
from amparo.extract.sandbox import Sandbox

pytestmark = pytest.mark.shared_data

LIMITS = replace(Limits(), seconds=60, memory=1200 * 2**20)
EXPECTED = {
    "bomb_2GB.zip": ("failed", "unfolds"),
    "bomb_60k.png": ("failed", "pixels"),
    "bomb_docx_1GB.docx": ("failed", "unfolds"),
    "empty.pdf": ("failed", "empty"),
    "enc_owneronly.pdf": ("read", ""),
    "enc_pw.docx": ("failed", "password"),
    "enc_user_aes256.pdf": ("failed", "password"),
    "flatebomb_1GB.pdf": ("failed", "memory"),
    "html_named.pdf": ("read", ""),
    "latin1_nocharset.eml": ("read", ""),
    "pagetree_loop.pdf": ("failed", "could be read"),
    "random.pdf": ("failed", "no kind that is known"),
    "rtf_bomb.rtf": (None, ""),
    "slip.zip": ("partial", "outside"),
    "sparse_dims.xlsx": ("read", ""),
    "trunc.msg": ("partial", "cut"),
    "trunc_half.docx": (None, "damaged"),
    "trunc_half.pdf": ("partial", "damaged"),
    "trunc_tail.pdf": ("partial", "cut off"),
    "xxe_file.docx": (None, ""),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(1) as made:
        yield made


@pytest.fixture(scope="module")
def hostile(shared_data: Path) -> Path:
    folder = shared_data / "hostile"
    if not folder.is_dir():
        pytest.skip(f"there is no {folder}")
    return folder


def read(sandbox: Sandbox, path: Path) -> Reading:
    with path.open("rb") as file:
        kind = media_type(file, path.name)
        return sandbox.read(file, name=path.name, media_type=kind, limits=LIMITS)


@pytest.mark.parametrize("name", EXPECTED)
def test_it_is_read_or_explained(sandbox: Sandbox, hostile: Path, name: str) -> None:
    reading = read(sandbox, hostile / name)
    status, words = EXPECTED[name]
    assert status in (None, reading.status)
    assert words in reading.reason
    assert bool(reading.reason) is (reading.status != "read")
    texts = " ".join(page.text for page in reading.pages)
    assert "root:" not in texts  # /etc/passwd, through an XML entity
    for child in reading.children:
        assert not child.path.startswith("/")
        assert ".." not in Path(child.path).parts
    assert sandbox.read(b"still here", name="a.txt", media_type="text/plain").status == "read"


def test_no_hostile_file_is_forgotten(hostile: Path) -> None:
    assert sorted(EXPECTED) == sorted(path.name for path in hostile.iterdir())


def test_nothing_is_written_outside(sandbox: Sandbox, hostile: Path, tmp_path: Path) -> None:
    before = {place: set(os.listdir(place)) for place in ("/tmp", str(Path.home()))}  # noqa: PTH208
    read(sandbox, hostile / "slip.zip")
    for place, names in before.items():
        new = set(os.listdir(place)) - names  # noqa: PTH208
        assert not {name for name in new if "PWNED" in name or "research" in name}
