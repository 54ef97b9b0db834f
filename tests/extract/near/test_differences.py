"""Where two texts differ."""

from amparo.extract.near.differences import LONGEST, compare


def test_words_of_one_and_of_the_other_stand_in_their_order() -> None:
    found = list(compare("I, Amal, was\ntold to leave.", "I, Rosa, was told to leave now."))
    assert [(each.one, each.other, each.is_same) for each in found] == [
        ("I,", "I,", True),
        ("Amal,", "Rosa,", False),
        ("was told to", "was told to", True),
        ("leave.", "leave now.", False),
    ]


def test_the_same_words_differ_nowhere_and_long_texts_are_cut() -> None:
    (same,) = compare("a b", "a  b\n")
    assert same.is_same
    (cut,) = compare("a " * (LONGEST + 5), "a " * LONGEST)
    assert cut.is_same
