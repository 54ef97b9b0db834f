"""What languages are called."""

from __future__ import annotations

import pytest

from amparo.base.languages import (
    INTERFACE_LANGUAGES,
    content_languages,
    find_language,
    is_right_to_left,
    language,
)


@pytest.mark.parametrize(
    ("written", "code"),
    [("uk", "uk"), ("ukr", "uk"), ("Ukrainian", "uk"), ("українська", "uk"), ("FA", "fa")],
)
def test_a_language_is_found_by_code_or_name(written: str, code: str) -> None:
    found = find_language(written)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("written", ["", " ", "Klingon", "x"])
def test_what_is_no_language_is_none(written: str) -> None:
    assert find_language(written) is None


def test_a_code_says_more_than_nothing() -> None:
    assert language("ar-SY").direction == "rtl"
    assert language("prs").english == "Persian"
    assert language("qqq").own == "qqq"


def test_the_interface_languages_are_among_them() -> None:
    assert set(INTERFACE_LANGUAGES) <= set(content_languages())


@pytest.mark.parametrize(
    ("text", "expected"), [("محمد 12", True), ("12 שלום", True), ("a محمد", False), ("12", False)]
)
def test_direction_is_that_of_the_first_letter(text: str, expected: bool) -> None:
    assert is_right_to_left(text) is expected
