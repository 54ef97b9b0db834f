"""Which part of one name stands for which of the other, in any order, split or written together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.comparisons import agree
from amparo.linkage.names.parsing import Kind, Name, Part

__all__ = ["Alignment", "Pair", "align"]

_MOST_JOINED = 3
_JOINED = 0.97
_SYLLABLE = 4
_JOINABLE = frozenset({Kind.NAME, Kind.FATHER, Kind.GENERIC, Kind.MOTHER, Kind.INITIAL})


@dataclass(frozen=True, slots=True)
class Pair:
    """Places of parts of either name that stand for each other, and how well."""

    ones: tuple[int, ...]
    others: tuple[int, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which places of two names agree, stand against each other, or are missing in one.

    ``pairs`` come in the order of the first name; a kunya stands only against a kunya.
    """

    pairs: tuple[Pair, ...]
    against: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    others_missing: tuple[int, ...]

    @property
    def is_turned(self) -> bool:
        """Whether the parts come in another order."""
        places = [pair.others[0] for pair in self.pairs]
        return places != sorted(places)


def align(one: Name, other: Name) -> Alignment:
    """The best pairs first, each part in one pair only."""
    ones, others = one.said, other.said
    found = sorted(_candidates(ones, others), key=lambda pair: _rank(pair, ones, others))
    taken: set[int] = set()
    taken_others: set[int] = set()
    pairs: list[Pair] = []
    for pair in found:
        if taken.isdisjoint(pair.ones) and taken_others.isdisjoint(pair.others):
            taken.update(pair.ones)
            taken_others.update(pair.others)
            pairs.append(pair)
    pairs = [_of_syllables(pair, ones, others, taken, taken_others) for pair in pairs]
    alone = [place for place in range(len(ones)) if place not in taken]
    others_alone = [place for place in range(len(others)) if place not in taken_others]
    against = tuple(_against(ones, others, alone, others_alone))
    return Alignment(
        tuple(sorted(pairs, key=lambda pair: pair.ones)),
        against,
        tuple(place for place in alone if place not in {pair[0] for pair in against}),
        tuple(place for place in others_alone if place not in {pair[1] for pair in against}),
    )


def _of_syllables(
    pair: Pair,
    ones: tuple[Part, ...],
    others: tuple[Part, ...],
    taken: set[int],
    taken_others: set[int],
) -> Pair:
    """The pair with the next part of both, where short parts are one name, as Jong-un, Jong Eun."""
    at, at2 = pair.ones[-1] + 1, pair.others[-1] + 1
    runs = ones[at - 1 : at + 1], others[at2 - 1 : at2 + 1]
    if at in taken or at2 in taken_others or not all(map(_is_of_syllables, runs)):
        return pair
    found = agree(_together(runs[0]), _together(runs[1]))
    if found is None:
        return pair
    taken.add(at)
    taken_others.add(at2)
    agreement = Agreement(found.score * _JOINED, found.said)
    return Pair((*pair.ones, at), (*pair.others, at2), agreement)


def _is_of_syllables(run: tuple[Part, ...]) -> bool:
    return len(run) == 2 and all(
        len(part.latin) <= _SYLLABLE and part.script == "LATIN" and part.kind is Kind.NAME
        for part in run
    )


def _against(
    ones: tuple[Part, ...], others: tuple[Part, ...], alone: list[int], others_alone: list[int]
) -> Iterator[tuple[int, int]]:
    """Parts left over on both sides, names before the rest."""
    left = list(others_alone)
    for place in alone:
        for place2 in left:
            kinds = {ones[place].kind, others[place2].kind}
            if len(kinds) == 1 or Kind.KUNYA not in kinds:
                yield place, place2
                left.remove(place2)
                break


def _rank(pair: Pair, ones: tuple[Part, ...], others: tuple[Part, ...]) -> tuple[float, ...]:
    """Low is good: a high score, then parts of one kind, then a like place."""
    kinds = ones[pair.ones[0]].kind is not others[pair.others[0]].kind
    fewer = -(len(pair.ones) + len(pair.others))
    return (-pair.agreement.score + 0.02 * kinds, fewer, abs(pair.ones[0] - pair.others[0]))


def _candidates(ones: tuple[Part, ...], others: tuple[Part, ...]) -> Iterator[Pair]:
    for at, part in enumerate(ones):
        for at2, part2 in enumerate(others):
            found = agree(part, part2)
            if found is not None:
                yield Pair((at,), (at2,), found)
    yield from _joined(ones, others, turned=False)
    yield from _joined(others, ones, turned=True)


def _joined(parted: tuple[Part, ...], whole: tuple[Part, ...], *, turned: bool) -> Iterator[Pair]:
    """Two or three parts of ``parted`` that are one of ``whole``."""
    for at, length in _runs(parted):
        run = parted[at : at + length]
        written = sum(len(part.latin) for part in run)
        for at2, part in enumerate(whole):
            if abs(len(part.latin) - written) > 2 or part.kind not in _JOINABLE:
                continue
            found = agree(_together(run), part)
            if found is None:
                continue
            said = f"“{' '.join(each.text for each in run)}” is “{part.text}” in one word."
            agreement = Agreement(found.score * _JOINED, said)
            places, place = tuple(range(at, at + length)), (at2,)
            yield Pair(place, places, agreement) if turned else Pair(places, place, agreement)


def _runs(parts: tuple[Part, ...]) -> Iterator[tuple[int, int]]:
    for length in range(2, _MOST_JOINED + 1):
        for at in range(len(parts) - length + 1):
            run = parts[at : at + length]
            if all(part.kind in _JOINABLE and part.latin for part in run):
                yield at, length


@lru_cache(maxsize=1 << 16)
def _together(run: tuple[Part, ...]) -> Part:
    text, word, latin = (
        "".join(getattr(part, which) for part in run) for which in ("text", "word", "latin")
    )
    return Part(text, word, Kind.NAME, latin, run[0].script)
