"""The page about names: its code runs, its comparisons are those of the program."""

from __future__ import annotations

import re

from amparo.linkage.names.comparing import ALIKE, SHARES
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "names.md").read_text("utf-8")
FOLDER = ROOT / "src" / "amparo" / "linkage" / "names" / "comparisons"


def test_the_code_runs_and_gives_what_it_says() -> None:
    code = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)[0]
    given: dict[str, object] = {}
    exec(code, given)
    assert given["found"]
    assert given["normal"]("Dr. Müller, Jörg") == "muller jorg"  # type: ignore[operator]


def test_every_comparison_has_its_line() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == files


def test_the_shares_are_those_of_the_program() -> None:
    told = " ".join(PAGE.split())
    for share, words in [
        (SHARES.contradiction, "stands against another takes {} %"),
        (SHARES.missing, "takes {} % for a person"),
        (SHARES.missing_beside_one, "{} % when a single part agrees"),
        (SHARES.missing_of_body, "{} % for a body"),
        (SHARES.other_father, "the child in the other takes {} %"),
        (SHARES.other_form, "legal form {} %"),
    ]:
        assert words.format(round(share * 100)) in told
    assert f"ALIKE is {ALIKE}" in PAGE
