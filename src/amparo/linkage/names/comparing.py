"""How well two names could be of one person or body, and what speaks for and against it.

What agrees is averaged by weight; each contradiction takes a share of the whole, whatever else
agrees; a part that one name does not have takes little. The shares were fitted on half of the
labelled cases of the benchmark (``benchmarks/bench_name_pairs.py``) and judged on the other half.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amparo.linkage.names.aligning import Alignment, align
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
AGAINST = {Kind.KUNYA: 0.6, Kind.GENERATION: 0.6, Kind.PARTICLE: 0.2, Kind.TITLE: 0.2}
COMMON = 0.7
SHORT = 0.8
CONTRADICTION = 0.42
MISSING = 0.06
MISSING_BESIDE_ONE = 0.2
TURNED = 0.98


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
    if [p.word for p in a.said] == [p.word for p in b.said]:
        return Comparison(1.0, ("Both are the same name.",))
    found = _in_parts(a, b)
    whole = written_together(a, b)
    if whole is not None and whole.score > found.score:
        return Comparison(whole.score, (whole.said,))
    return found


def _in_parts(a: Name, b: Name) -> Comparison:
    alignment = align(a, b)
    if not alignment.pairs:
        return Comparison(0.0, ("No part of one name is a part of the other.",))
    ones, others = a.said, b.said
    against, share = _contradictions(alignment, ones, others)
    missing, share_missing = _missing(alignment, ones, others)
    score = _agreement(alignment, ones) * share * share_missing
    reasons = [*against, *(pair.agreement.said for pair in alignment.pairs), *missing]
    if alignment.is_turned:
        score *= TURNED
        reasons.append("The parts stand in another order.")
    return Comparison(round(score, 3), tuple(reasons))


def _weight(part: Part) -> float:
    weight = WEIGHTS.get(part.kind, 0.2)
    if part.kind is Kind.NAME and part.latin in vocabulary().common:
        weight *= COMMON
    return weight * SHORT if len(part.latin) < 3 and not part.syllabic else weight


def _agreement(alignment: Alignment, ones: Sequence[Part]) -> float:
    weighed = [
        (sum(_weight(ones[place]) for place in pair.ones), pair.agreement.score)
        for pair in alignment.pairs
    ]
    return sum(weight * score for weight, score in weighed) / sum(weight for weight, _ in weighed)


def _contradictions(
    alignment: Alignment, ones: Sequence[Part], others: Sequence[Part]
) -> tuple[list[str], float]:
    """What stands against what, and the share of the score that is left."""
    said, share = [], 1.0
    for place, place2 in _against(alignment, ones, others):
        one, other = ones[place], others[place2]
        said.append(f"“{one.text}” stands against “{other.text}”.")
        share *= 1 - CONTRADICTION * max(AGAINST.get(part.kind, 1.0) for part in (one, other))
    return said, share


def _against(
    alignment: Alignment, ones: Sequence[Part], others: Sequence[Part]
) -> list[tuple[int, int]]:
    """Parts left over on both sides; a kunya stands only against a kunya."""
    pairs, left = [], list(alignment.others_alone)
    for place in alignment.alone:
        for place2 in left:
            kunyas = {ones[place].kind, others[place2].kind}
            if Kind.KUNYA not in kunyas or len(kunyas) == 1:
                pairs.append((place, place2))
                left.remove(place2)
                break
    return pairs


def _missing(
    alignment: Alignment, ones: Sequence[Part], others: Sequence[Part]
) -> tuple[list[str], float]:
    """What one name has and the other lacks, and the share of the score that is left."""
    against = _against(alignment, ones, others)
    parts = [ones[p] for p in alignment.alone if p not in {pair[0] for pair in against}]
    parts += [others[p] for p in alignment.others_alone if p not in {pair[1] for pair in against}]
    each = MISSING if len(alignment.pairs) > 1 else MISSING_BESIDE_ONE
    share = 1.0
    for part in parts:
        share *= 1 - each * _weight(part)
    return [f"Only one name has “{part.text}”." for part in parts], share
