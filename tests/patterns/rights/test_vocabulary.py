"""The vocabulary: whole in six languages, sourced, and refused where it is not."""

from __future__ import annotations

import copy
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from amparo.base.errors import UsageError
from amparo.patterns.rights import LANGUAGES, Own, own_from, vocabulary
from amparo.patterns.rights.schema import check_acts, check_indicators, check_rights


def told(name: str) -> dict[str, Any]:
    path = resources.files("amparo.patterns.rights").joinpath(f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def test_every_right_is_touched_by_some_act_and_every_link_has_its_source() -> None:
    known = vocabulary()
    touched = {touch.right for act in known.acts.values() for touch in act.touches}
    assert set(known.rights) - touched == {"women"}  # who it was, and no type of act, decides
    for act in known.acts.values():
        for touch in act.touches:
            assert bool(touch.source) == (touch.sure == "secondary"), act.key


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Torture", "torture"),
        ("التعذيب", "torture"),
        ("desaparición forzada", "enforced_disappearance"),
        ("DESAPARICION FORZADA", "enforced_disappearance"),
        ("произвольное задержание", "arbitrary_detention"),
        ("свавільне затримання", "arbitrary_detention"),
        ("exécution extrajudiciaire", "extrajudicial_execution"),
        ("disappearance", None),  # does not say that it was enforced
        ("torture and rape", None),
        ("", None),
    ],
)
def test_a_word_is_known_or_it_is_not(word: str, key: str | None) -> None:
    act = vocabulary().act_of(word)
    assert (act.key if act else None) == key


def test_what_indicators_count_is_what_their_metadata_says() -> None:
    known = vocabulary().indicators
    counted = {code for code, each in known.items() if each.basis == "cases"}
    assert counted == {"16.1.1", "16.1.2", "16.2.2", "16.10.1"}
    assert known["16.1.2"].needs == {"conflict": True, "verified": True}
    assert known["16.1.1"].needs == {"conflict": False}
    assert "arrest" not in known["16.10.1"].acts  # only what is called arbitrary
    assert {each.unit for each in known.values()} == {"victim"}


def test_cells_say_yes_no_or_nothing() -> None:
    said = vocabulary().said
    cells = ("Yes", "sí", "нет", "غير موثق", "alleged", None)
    assert [said(cell) for cell in cells] == [True, True, False, False, None, None]


def spoiled(name: str, *keys: str, value: Any) -> dict[str, Any]:
    """The file with one value changed."""
    made = copy.deepcopy(told(name))
    at: Any = made
    for key in keys[:-1]:
        at = at[int(key)] if isinstance(at, list) else at[key]
    at[keys[-1]] = value
    return made


def test_a_right_needs_articles_of_an_instrument_that_is_named() -> None:
    for keys, value in (
        (("rights", "life", "articles"), []),
        (("rights", "life", "articles", "0", "at"), "XYZ 1"),
        (("rights", "life", "articles", "0", "sure"), "likely"),
        (("rights", "life", "names"), {"en": "Life"}),
    ):
        with pytest.raises(ValueError, match="life"):
            check_rights(spoiled("rights", *keys, value=value), LANGUAGES)


def test_an_act_needs_rights_sources_and_words_of_its_own() -> None:
    rights = told("rights")["rights"]
    for keys, value in (
        (("torture", "touches"), []),
        (("torture", "touches", "0", "right"), "happiness"),
        (("torture", "touches", "0", "sure"), "secondary"),
        (("torture", "words", "en"), ["rape"]),
    ):
        with pytest.raises(ValueError, match="torture|rape"):
            check_acts(spoiled("acts", *keys, value=value), LANGUAGES, rights)


def test_an_indicator_needs_a_basis_and_known_acts() -> None:
    for field, value in (("basis", "feeling"), ("acts", ["gossip"]), ("needs", {"luck": "yes"})):
        made = spoiled("indicators", "indicators", "16.1.1", field, value=value)
        with pytest.raises(ValueError, match="16.1.1"):
            check_indicators(made, LANGUAGES, told("acts"))


def test_own_words_stand_before_ours_and_carry_who_said_so(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text(
        'by = "Ana"\n[words]\nChupadero = "secret_detention"\ntorture = []\n'
        "[facts]\nconflict = false\n",
        "utf-8",
    )
    own = own_from(file)
    assert (own.by, own.facts) == ("Ana", {"conflict": False})
    assert [act.key for act in own.acts_of("chupadero") or ()] == ["secret_detention"]
    assert own.acts_of("Torture") == ()
    assert own.acts_of("disappearance") is None


def test_own_words_of_a_type_that_is_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="The vocabulary has no gossip"):
        Own({"x": ("gossip",)})
    with pytest.raises(UsageError, match="The vocabulary has no weather"):
        Own(facts={"weather": True})
    with pytest.raises(UsageError, match="cannot be read as words"):
        own_from(tmp_path / "none.toml")
