"""How well two names could be of one person or body, and what speaks for and against it.

What agrees is averaged by weight; each contradiction takes a share of the whole, whatever else
agrees; a part that one name does not have takes little. The shares were fitted on half of the
labelled cases of the benchmark (``benchmarks/bench_name_pairs.py``) and judged on the other half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amparo.linkage.names.aligning import Alignment, align
from amparo.linkage.names.comparisons import disagreement
from amparo.linkage.names.comparisons.sounds import nearness
from amparo.linkage.names.comparisons.wholes import written_together
from amparo.linkage.names.parsing import Kind, Name, Part, parse
from amparo.linkage.names.vocabulary import vocabulary

__all__ = ["ALIKE", "Comparison", "compare"]

ALIKE = 0.7
"""From this score on two names are worth a person's look."""

WEIGHTS = {
    Kind.NAME: 1.0,
    Kind.FATHER: 0.7,
    Kind.MOTHER: 0.5,
    Kind.KUNYA: 0.6,
    Kind.INITIAL: 0.4,
    Kind.NUMBER: 0.9,
    Kind.GENERATION: 0.4,
    Kind.GENERIC: 0.5,
}
"""What a part counts by its kind; what is not listed counts little."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What is taken from the score, as shares of it; fitted, see above."""

    contradiction: float = 0.42
    weak_contradiction: float = 0.2
    other_form: float = 0.33
    other_father: float = 0.35
    missing: float = 0.06
    missing_beside_one: float = 0.2
    missing_of_body: float = 0.32
    missing_number: float = 0.35
    generic_only: float = 0.4
    turned: float = 0.02
    strangers: float = 0.65
    common: float = 0.3
    short: float = 0.2


SHARES = Shares()


@dataclass(frozen=True, slots=True)
class Comparison:
    """``score`` from 0 to 1, and sentences: what contradicts, what agrees, what is missing."""

    score: float
    reasons: tuple[str, ...]

    def __bool__(self) -> bool:
        return self.score >= ALIKE


def compare(one: str | Name, other: str | Name) -> Comparison:
    """Compare two names in any script; 0 for a name without a letter."""
    a, b = (name if isinstance(name, Name) else parse(name) for name in (one, other))
    if not a.parts or not b.parts:
        return Comparison(0.0, ("There is no name to compare.",))
    if [p.word for p in a.said] == [p.word for p in b.said] and not _other_form(a, b)[0]:
        return Comparison(1.0, ("Both are the same name.",))
    found = _in_parts(a, b)
    whole = written_together(a, b)
    if whole is not None and whole.score > found.score:
        return Comparison(whole.score, (whole.said,))
    return found


def _in_parts(a: Name, b: Name) -> Comparison:
    alignment = align(a, b)
    if not alignment.pairs:
        return _of_strangers(a, b)
    score, agreeing = _agreement(alignment, a.said), [p.agreement.said for p in alignment.pairs]
    against, contradicting = _contradictions(a, b, alignment)
    missing, lacking = _missing(a, b, alignment)
    score *= contradicting * lacking
    reasons = [*against, *agreeing, *missing]
    if alignment.is_turned:
        score *= 1 - SHARES.turned
        reasons.append("The parts stand in another order.")
    return Comparison(round(score, 3), tuple(reasons))


def _of_strangers(a: Name, b: Name) -> Comparison:
    """Single names that differ score by how near they sound, so that they can be ranked."""
    reason = "No part of one name is a part of the other."
    if len(a.said) == len(b.said) == 1:
        return Comparison(round(SHARES.strangers * nearness(a.said[0], b.said[0]), 3), (reason,))
    return Comparison(0.0, (reason,))


def _weight(part: Part) -> float:
    weight = WEIGHTS.get(part.kind, 0.2)
    if part.kind is Kind.NAME and part.latin in vocabulary().common:
        weight *= 1 - SHARES.common
    is_short = part.kind is Kind.NAME and len(part.latin) < 3 and not part.syllabic
    return weight * (1 - SHARES.short) if is_short else weight


def _agreement(alignment: Alignment, ones: Sequence[Part]) -> float:
    weighed = [
        (sum(_weight(ones[place]) for place in pair.ones), pair.agreement.score)
        for pair in alignment.pairs
    ]
    return sum(weight * score for weight, score in weighed) / sum(weight for weight, _ in weighed)


def _contradictions(a: Name, b: Name, alignment: Alignment) -> tuple[list[str], float]:
    """What stands against what, and the share of the score that is left."""
    said, left = [], 1.0
    for place, place2 in alignment.against:
        one, other = a.said[place], b.said[place2]
        said.append(disagreement(one, other))
        weak = {one.kind, other.kind} & _WEAK
        left *= 1 - (SHARES.weak_contradiction if weak else SHARES.contradiction)
    for sentence, share in (_other_form(a, b), _other_father(a, b, alignment)):
        if sentence:
            said.append(sentence)
            left *= 1 - share
    return said, left


_WEAK = frozenset({Kind.KUNYA, Kind.GENERATION, Kind.PARTICLE, Kind.TITLE})


def _other_form(a: Name, b: Name) -> tuple[str, float]:
    """Two bodies of different legal forms are two bodies, more often than not."""
    forms = [part for name in (a, b) for part in name.parts if part.kind is Kind.FORM]
    if len(forms) < 2 or len({vocabulary().forms[part.word] for part in forms}) == 1:
        return "", 0.0
    said = f"The legal forms differ: “{forms[0].text}” and “{forms[-1].text}”."
    return said, SHARES.other_form


def _other_father(a: Name, b: Name, alignment: Alignment) -> tuple[str, float]:
    """Salman bin Muhammad is the son of Muhammad, Muhammad bin Salman his father."""
    crossed = [
        (one, a.said[pair.ones[0]].kind, b.said[pair.others[0]].kind)
        for pair in alignment.pairs
        for one in [a.said[pair.ones[0]]]
    ]
    father = [one for one, kind, kind2 in crossed if (kind, kind2) == (Kind.FATHER, Kind.NAME)]
    child = [one for one, kind, kind2 in crossed if (kind, kind2) == (Kind.NAME, Kind.FATHER)]
    if not father or not child:
        return "", 0.0
    said = f"“{father[0].text}” is the father in one name and the child in the other."
    return said, SHARES.other_father


def _missing(a: Name, b: Name, alignment: Alignment) -> tuple[list[str], float]:
    """What one name has and the other lacks, and the share of the score that is left."""
    parts = [a.said[place] for place in alignment.missing]
    parts += [b.said[place] for place in alignment.others_missing]
    left, is_body = 1.0, a.is_body or b.is_body
    each = SHARES.missing if len(alignment.pairs) > 1 else SHARES.missing_beside_one
    for part in parts:
        of_body = SHARES.missing_number if part.kind is Kind.NUMBER else SHARES.missing_of_body
        left *= 1 - (of_body if is_body else each) * _weight(part)
    matched = {a.said[place].kind for pair in alignment.pairs for place in pair.ones}
    if is_body and matched <= {Kind.GENERIC, Kind.NUMBER} and parts:
        left *= 1 - SHARES.generic_only
    return [f"Only one name has “{part.text}”." for part in parts], left
