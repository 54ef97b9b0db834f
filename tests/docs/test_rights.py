"""The page about rights says what the vocabulary says, line by line, and its code runs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amparo.patterns.rights import own_from, vocabulary
from tests.docs.pages import ROOT, section

PAGE = (ROOT / "docs" / "rights.md").read_text("utf-8")


def lines(heading: str) -> dict[str, str]:
    """The table under a heading, by its first cell."""
    rows = re.findall(r"^\| (.+?) \| (.+) \|$", section(PAGE, heading), re.MULTILINE)
    return dict(rows[1:])


def test_every_right_stands_with_its_articles() -> None:
    told = {
        right.label: ", ".join(a.at + (f" ({a.whom})" if a.whom else "") for a in right.articles)
        for right in vocabulary().rights.values()
    }
    assert lines("The rights") == told


def test_every_type_of_act_stands_with_the_rights_that_it_touches() -> None:
    rights = vocabulary().rights
    told = {
        act.names["en"]: "; ".join(
            rights[touch.right].label + (f" ({touch.source})" if touch.source else "")
            for touch in act.touches
        )
        for act in vocabulary().acts.values()
    }
    assert lines("The types of act") == told


def test_every_indicator_stands_with_what_it_counts_and_needs() -> None:
    found = lines("Indicators count people, by rules of their own")
    told = vocabulary()
    assert list(found) == [f"{each.code} {each.names['en']}" for each in told.indicators.values()]
    for each in told.indicators.values():
        counts, needs, metadata = found[f"{each.code} {each.names['en']}"].split(" | ")
        assert (counts, metadata) == (each.counts, each.metadata)
        assert needs.startswith("never") == (each.basis != "cases")
        assert all(told.needs[need].says in needs for need in each.needs)


def test_the_file_of_words_is_read_as_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = re.findall(r"(?:^    .*\n|^\n)+", PAGE, re.MULTILINE)
    words = next(block for block in blocks if "[words]" in block)
    (tmp_path / "words.toml").write_text(re.sub("(?m)^    ", "", words), "utf-8")
    own = own_from(tmp_path / "words.toml")
    assert [act.key for act in own.acts_of("Arrest and beating") or ()] == ["arrest", "assault"]
    assert own.facts == {"conflict": False, "verified": "status_checked"}
    (tmp_path / "acts.csv").write_text("year,violation\n2021,chupadero\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    made: dict[str, object] = {}
    code = next(block for block in blocks if "meanings_of" in block)
    exec(re.sub("(?m)^    ", "", code), made)
    assert made["table"].total == 1  # type: ignore[attr-defined]
