"""Which words of a query are names, and which forms of the index they may also mean."""

from __future__ import annotations

from collections import Counter

import pytest

from amparo.search.query import parse
from amparo.search.spellings import (
    MOST_FORMS,
    Form,
    choose,
    forms_in,
    is_ordinary,
    join_names,
    may_be_name,
    sought,
)
from amparo.search.syntax import Or, Words

TEXTS = [
    "Mohammad was tortured. Torture is a crime; Mohammad said so.",
    "محمد قال إن المحكمة رفضت",
    "Мохаммаду отказали, а Хасан ждал суда",
    "Abd al-Rahman and عبد الرحمن met Abdulrahman",
]


def forms(*texts: str) -> dict[str, Form]:
    """What an index that has met these texts one by one knows."""
    met: dict[str, Form] = {}
    for text in texts:
        for form in forms_in([text]):
            before = met.get(form.text, Form(form.text, form.sound))
            capitals, smalls = before.capitals + form.capitals, before.smalls + form.smalls
            met[form.text] = Form(form.text, form.sound, capitals, smalls)
    return met


def test_forms_are_met_with_how_they_are_written() -> None:
    met = forms(*TEXTS)
    assert (met["mohammad"].capitals, met["mohammad"].smalls) == (1, 0)
    assert (met["torture"].capitals, met["torture"].smalls) == (1, 0)
    assert (met["محكمه"].capitals, met["محكمه"].smalls) == (0, 1)
    assert met["abd al rahman"].sound == "abdalrahman"
    assert met["عبد رحمن"].sound == "عبدالرحمن"
    assert "is" not in met


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (Form("mohammad", "mohammad", 9, 0), True),
        (Form("torture", "torture", 3, 9), False),
        (Form("hope", "hope", 9, 5), False),
        (Form("محمد", "محمد", 40, 1), True),
        (Form("اسد", "اسد", 0, 12), True),
        (Form("محكمه", "محكمه", 9, 20), False),
        (Form("كان", "كان", 50, 0), False),
    ],
)
def test_may_be_name(form: Form, expected: bool) -> None:
    assert may_be_name(form) is expected


def test_ordinary_words_are_left_alone() -> None:
    assert is_ordinary("torture", Form("torture", "torture", 1, 9))
    assert not is_ordinary("torture", None)
    assert not is_ordinary("mohammad", Form("mohammad", "mohammad", 0, 9))
    assert is_ordinary("كان", None)


def test_a_name_is_found_in_every_script_and_no_other() -> None:
    met = forms(*TEXTS)
    assert set(choose("muhammad", met.values())) == {"mohammad", "محمد", "мохаммаду"}
    assert set(choose("abdulrahman", met.values())) == {"abd al rahman", "عبد رحمن"}
    assert choose("xylophone", met.values()) == ()


def test_there_are_never_too_many() -> None:
    many = [Form(f"m{'o' * n}hammad", f"m{'o' * n}hammad", 1) for n in range(1, 40)]
    assert len(choose("mohammad", many)) == MOST_FORMS


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Mohammad", "mohammad"),
        ('"Mohammad"', None),
        ("Moham*", None),
        ("al-Assad", "assad"),
        ("Abd-al-Rahman", "abdalrahman"),
        ("jean-pierre", None),
        ("A123", None),
        ("x", None),
        ("中国", None),
    ],
)
def test_sought(written: str, expected: str | None) -> None:
    root = parse(written).root
    assert isinstance(root, Words)
    assert sought(root) == expected


def test_two_words_may_be_one_name() -> None:
    root = join_names(parse("Abdul Rahman").root)
    assert isinstance(root, Or)
    assert root.nodes[1] == Words(("abdul", "rahman"), "Abdul Rahman")
    assert join_names(parse("abdul OR rahman").root) == parse("abdul OR rahman").root


def test_each_form_is_yielded_once() -> None:
    counted = Counter(form.text for form in forms_in(TEXTS + TEXTS))
    assert set(counted.values()) == {1}
