"""What official forms say is listed for translation, and found again in what they really say."""

from __future__ import annotations

import pytest

from amparo.filing.forms.verification.findings import CHECKS
from amparo.site.said.forms import FORM_SENTENCES
from amparo.site.said.saying import _patterns
from tests.filing.forms.builders import Asked, filled, form


def is_listed(text: str) -> bool:
    """Whether each sentence of a text is one of ours."""
    rest = text.strip()
    ours = [pattern for sentence, pattern in _patterns() if sentence in FORM_SENTENCES]
    while rest:
        match = next((found for each in ours if (found := each.match(rest))), None)
        if match is None:
            return False
        rest = rest[match.end() :].lstrip()
    return True


@pytest.mark.parametrize("says", CHECKS.values())
def test_every_check_is_listed(says: str) -> None:
    assert is_listed(says)


@pytest.mark.parametrize(
    "answers",
    [
        {"applicant.birth.date": "1988-02"},
        {"applicant.home.street": "Avenida de los Insurgentes Sur 1602, Crédito Constructor"},
        {"applicant.sex": "unknown"},
        {"applicant.home.state": "Bavaria"},
        {"story": "A long story that goes on. " * 60},
    ],
)
def test_what_fields_say_is_listed(answers: dict[str, str]) -> None:
    entries = filled(answers).plan.entries
    said = {entry.says for entry in entries if entry.says}
    assert said
    assert [each for each in said if not is_listed(each)] == []


def test_what_is_left_and_what_contradicts_is_listed() -> None:
    asked = {
        "1:Name[0]": Asked((), hand="signature"),
        "1:Short[0]": Asked(("spouse.name.family",)),
        "1:Sex[0]": Asked(("spouse.none",), tick="yes", label="Male"),
    }
    made = filled({"spouse.none": True, "spouse.name.family": "Haroun"}, fields=asked)
    says = {entry.says for entry in made.plan.entries if entry.says} | set(made.plan.refused)
    assert any("contradict" in each for each in says)
    assert [each for each in says if not is_listed(each)] == []


def test_what_is_wrong_with_a_copy_is_listed() -> None:
    from amparo.filing.forms.reading import read_form

    mixed = form(pages=2, codes=("X-100|01/20/25|1", "X-100|01/20/24|3"))
    problems = read_form(mixed).problems
    assert len(problems) >= 3
    assert [each for each in problems if not is_listed(each)] == []
