"""Names across scripts: which share a key, how alike they are."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.folding import fold_words
from amparo.base.transliteration import (
    name_family,
    name_keys,
    name_likeness,
    readings,
    script_of,
)

ALIKE = [
    ("Mohammad", "Muhammad", "Mohamed", "محمد", "Мохаммад", "Мухаммед"),
    ("Hussein", "Husain", "حسين", "Хусейн"),
    ("Omar", "عمر", "Омар"),
    ("Khaled", "Khalid", "خالد", "Халед"),
    ("Qaddafi", "Gaddafi", "قذافي", "Каддафи"),
    ("Zelensky", "Zelenskyy", "Зеленський", "Зеленский"),
    ("Kateryna", "Катерина"),
    ("Roosevelt", "روزفلت", "Рузвельт"),
    ("Yasser", "ياسر", "Ясир"),
    ("Shirin", "شيرين", "Ширин"),
    ("Parviz", "پرویز", "Парвиз"),
]


@pytest.mark.parametrize("names", ALIKE, ids=lambda names: str(names[0]))
def test_spellings_of_one_name_share_a_key(names: tuple[str, ...]) -> None:
    for one, other in combinations(names, 2):
        assert name_keys(one) & name_keys(other), (one, other)
        assert name_likeness(one, other) >= 0.77, (one, other)


@pytest.mark.parametrize(
    ("near", "name", "far"),
    [
        ("محمد", "Mohammad", "محمود"),
        ("حسن", "Hassan", "حسين"),
        ("حكيم", "Hakim", "حكم"),
        ("عمر", "Omar", "امير"),
        ("Олена", "Olena", "Алина"),
        ("Ahmad", "Ahmed", "Hamid"),
    ],
)
def test_the_right_one_is_nearer(near: str, name: str, far: str) -> None:
    assert name_likeness(name, near) > name_likeness(name, far)


def test_endings_and_prefixes_of_a_sentence_are_seen_through() -> None:
    assert readings("мухаммаду") == ("мухаммаду", "мухаммад")
    assert readings("ومحمد") == ("ومحمد", "محمد")
    assert readings("али") == ("али",)
    assert name_likeness("Mohammad", "Мухаммадом") > 0.85


def test_history_joins_what_sound_does_not() -> None:
    assert "магомед" in name_family("Mehmet")
    assert name_family("Xylophone") == {"xylophone"}


def test_a_word_in_another_script_has_no_key() -> None:
    assert name_keys("山田") == frozenset()
    assert script_of("123") is None
    assert "MHMT" in name_keys("Mohammad")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_words_have_a_likeness(one: str, other: str) -> None:
    assert 0 <= name_likeness(one, other) <= 1
    assert name_likeness(one, other) == pytest.approx(name_likeness(other, one))
    assert name_likeness(one, one) == 1
    assert len(name_keys(one)) <= 16 * 2 * max(1, len(one))


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("file", "least"), [("xlit_wd_arabic_16", 0.92), ("xlit_wd_russian_16", 0.88)]
)
def test_real_pairs_share_a_key(shared_data: Path, file: str, least: float) -> None:
    shared = total = 0
    for line in (shared_data / "names" / file).read_text("utf-8").splitlines():
        latin, other, sources = line.split("\t")
        other = "".join(other.split())
        words = [fold_words(word).split() for word in (latin, other)]
        if int(sources) < 3 or len(latin) < 3 or [len(each) for each in words] != [1, 1]:
            continue
        total += 1
        shared += bool(name_keys(latin) & name_keys(other))
    assert shared / total >= least
