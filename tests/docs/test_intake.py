"""The page on intake lists every questionnaire, kind and criterion, each with its source."""

from __future__ import annotations

import pytest

from amparo.interviews.asking import every_question
from amparo.interviews.kinds import KINDS
from amparo.interviews.loading import data_file, load_all
from amparo.interviews.schema import Questionnaire
from amparo.interviews.screening import NAMES, load_screen
from amparo.interviews.wording import wording
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "intake.md").read_text("utf-8")


@pytest.mark.parametrize("made", load_all(), ids=lambda made: made.id)
def test_every_questionnaire_is_listed(made: Questionnaire) -> None:
    count = len(list(every_question(made)))
    assert f"| `{made.id}` |" in PAGE
    assert f"| {len(made.sections)} | {count} | {made.checked} |" in PAGE


def test_every_kind_is_told() -> None:
    assert all(f"`{kind}`" in PAGE for kind in KINDS)


@pytest.mark.parametrize("name", NAMES)
def test_every_criterion_is_listed_with_its_source(name: str) -> None:
    words = wording("en").criteria
    for each in load_screen(name).criteria:
        said = words[f"{name}.{each.id}"]
        assert f"| `{name}` | {said} | {each.source} | {each.confidence} |" in PAGE


@pytest.mark.parametrize("language", ["es", "fr", "ar", "uk", "ru"])
def test_words_that_nobody_reviewed_say_so(language: str) -> None:
    assert "not yet reviewed" in data_file("texts", f"{language}.yaml")["reviewed"]
