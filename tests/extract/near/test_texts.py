"""Marks of texts: retyped copies and forms filled in for others are near, other texts are not."""

from __future__ import annotations

import random

import pytest

from amparo.extract.near import texts
from amparo.extract.near.groups import gather

FORM = (
    "I, {name}, born on {born} in {place}, declare under penalty of perjury that the following is"
    " true. I lived in {place} until the soldiers came to our house at night. They asked for my"
    " brother by his name. They took him away in a white car without plates and we have not seen"
    " him since. We asked at the police station and nobody wrote anything down. I fear that the"
    " same will happen to me if I am sent back. I was told to sign a paper that I could not read."
)
AMAL = FORM.format(name="Amal Haddad", born="3 May 1990", place="Homs")
ROSA = FORM.format(name="Rosa Ortega", born="12 June 1984", place="Santa Rita")
OTHER = (
    "The committee met on Tuesday. It approved the budget for the coming year, with two votes"
    " against, and asked the secretary to publish the figures. The next meeting is in October,"
    " when the auditors will report. Members thanked the outgoing chair for her work and wished"
    " her well. The bakery across the square will provide bread as in former years, at cost."
)
ARABIC = (
    "أعلن أنا الموقّع أدناه أن ما يلي صحيح. عشت في حمص حتى جاء الجنود إلى بيتنا ليلًا وسألوا عن"
    " أخي باسمه ثم أخذوه في سيارة بيضاء بلا لوحات ولم نره منذ ذلك الحين. سألنا في مركز الشرطة ولم"
    " يكتب أحد شيئًا."
)


def retyped(text: str, seed: int = 1) -> str:
    """Typed again: other line ends and capitals, and a wrong letter in a hundred."""
    chance = random.Random(seed)
    letters = [chance.choice("etaoin") if chance.random() < 0.01 else each for each in text]
    return "".join(letters).upper().replace(". ", ".\n\n").replace(",", " ,")


@pytest.mark.parametrize("seed", range(8))
def test_a_retyped_copy_is_near(seed: int) -> None:
    assert 0 < texts.distance(AMAL, retyped(AMAL, seed)) < 0.3


def test_a_form_filled_in_for_another_is_nearer_than_another_text() -> None:
    assert texts.distance(AMAL, ROSA) < texts.MOST_APART < texts.distance(AMAL, OTHER)
    assert texts.distance(AMAL, AMAL) == 0.0


def test_points_accents_and_marks_of_reading_do_not_count() -> None:
    bare = ARABIC.replace("ّ", "").replace("ً", "").replace("أ", "ا").replace(".", "")
    assert texts.distance(ARABIC, bare) == 0.0


@pytest.mark.parametrize("other", [AMAL, ROSA, retyped(AMAL), OTHER])
def test_the_estimate_is_about_the_distance(other: str) -> None:
    estimated = texts.estimate(texts.mark(AMAL), texts.mark(other))
    assert abs(estimated - texts.distance(AMAL, other)) < 0.2


def test_near_texts_share_a_key_and_far_ones_none() -> None:
    own = set(texts.keys(texts.mark(AMAL)))
    assert len(own) == 21
    assert own & set(texts.keys(texts.mark(ROSA)))
    assert own & set(texts.keys(texts.mark(retyped(AMAL))))
    assert not own & set(texts.keys(texts.mark(OTHER)))


def test_short_texts_are_not_marked() -> None:
    assert texts.mark("Signed, Amal.") is None
    assert texts.distance("Signed, Amal.", "signed amal") == 0.0
    assert texts.distance("Signed, Amal.", "Signed, Rosa.") == 1.0


def test_marks_are_the_same_on_every_computer() -> None:
    assert texts.mark(AMAL)[:8].hex() == texts.mark(AMAL.lower())[:8].hex()
    assert len(texts.mark(AMAL)) == 252


def test_pairs_are_gathered_into_groups() -> None:
    assert gather([("a", "b"), ("c", "d"), ("b", "e"), ("e", "a")]) == [["a", "b", "e"], ["c", "d"]]
    assert gather([]) == []
