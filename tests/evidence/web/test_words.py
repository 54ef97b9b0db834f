from __future__ import annotations

from amparo.evidence.custody import vocabulary
from amparo.evidence.web import words
from amparo.evidence.web.actions.verification import PARTS


def test_every_term_of_the_vocabulary_can_be_translated() -> None:
    terms = {term for kind in vocabulary().values() for term in (kind.label, kind.sentence)}
    assert terms == set(words.TERMS)


def test_every_part_of_a_verification_has_its_words() -> None:
    assert tuple(words.PARTS) == PARTS
