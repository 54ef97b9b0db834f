from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.evidence.packages.layout import LONGEST_NAME, LONGEST_PATH, lay_out
from amparo.evidence.verifier import verify

awkward = st.sampled_from(
    ["", ".", "..", "a", "A", "á", "a\u0301", "nul", "COM1.txt", "x.", "x ", "a.pdf", "A.PDF"]
    + ["a (2).pdf", "mail.eml", "..\\x", "C:", "\u202efdp", "سند.pdf", "Thumbs.db", "._x", "\x00"]
    + ["n" * 300 + ".jpeg", "ع" * 200]
)
names = awkward | st.text(max_size=6)
paths = st.lists(st.lists(names, min_size=1, max_size=4).map("/".join), max_size=12)


@given(paths)
def test_every_file_gets_a_place_of_its_own_inside(received: list[str]) -> None:
    placed = lay_out(received)
    assert len(placed) == len(received)
    keys = [unicodedata.normalize("NFC", path).casefold() for path in placed]
    assert len(set(keys)) == len(keys)
    for path, key in zip(placed, keys, strict=True):
        assert all(len(name.encode()) <= LONGEST_NAME for name in path.split("/"))
        assert verify._is_safe(f"data/{path}")
        assert len(path) <= LONGEST_PATH
        assert not any(other.startswith(f"{key}/") for other in keys), "a file is a folder too"
        assert not PurePosixPath(path).is_absolute()
        assert not PureWindowsPath(path).is_absolute()
        assert not re.search(r'[\x00-\x1f<>:"|?*\\]', path)


@given(paths)
def test_the_same_paths_are_laid_out_the_same(received: list[str]) -> None:
    assert lay_out(received) == lay_out(list(received))


@given(st.lists(st.from_regex(r"[a-z]{1,8}(/[a-z]{1,8}){0,2}\.pdf", fullmatch=True), unique=True))
def test_ordinary_paths_stay_as_they_were(received: list[str]) -> None:
    assert lay_out(received) == received


@pytest.mark.parametrize(
    ("received", "placed"),
    [
        (["../../etc/passwd"], ["_/_/etc/passwd"]),
        (["/etc/passwd"], ["_/etc/passwd"]),
        (["C:\\Users\\x.pdf"], ["C__Users_x.pdf"]),
        (["con.txt", "aux"], ["_con.txt", "_aux"]),
        (["x.", "y "], ["x_", "y_"]),
        (["a.pdf", "A.pdf", "a.PDF"], ["a.pdf", "A (2).pdf", "a (3).PDF"]),
        (["e\u0301.txt", "\u00e9.txt"], ["\u00e9.txt", "\u00e9 (2).txt"]),
        (["z.zip/in.txt", "z.zip"], ["z.zip (contents)/in.txt", "z.zip"]),
        (["Z.ZIP/in.txt", "z.zip"], ["Z.ZIP (contents)/in.txt", "z.zip"]),
        (
            ["m.eml", "m.eml/z.zip", "m.eml/z.zip/in.txt"],
            ["m.eml", "m.eml (contents)/z.zip", "m.eml (contents)/z.zip (contents)/in.txt"],
        ),
        (["a/.DS_Store"], ["a/_.DS_Store"]),
        (["\u202egpj.exe"], ["_gpj.exe"]),
    ],
)
def test_dangerous_and_clashing_names(received: list[str], placed: list[str]) -> None:
    assert lay_out(received) == placed


def test_a_very_long_path_keeps_its_name() -> None:
    (placed,) = lay_out(["/".join(["folder" * 5] * 20) + "/photo.jpeg"])
    assert placed.startswith("long paths/")
    assert placed.endswith("/photo.jpeg")
