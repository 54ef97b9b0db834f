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
_JOINABLE = frozenset({Kind.NAME, Kind.FATHER, Kind.GENERIC, Kind.MOTHER, Kind.INITIAL})


@dataclass(frozen=True, slots=True)
class Pair:
    """Places of parts of either name that stand for each other, and how well."""

    ones: tuple[int, ...]
    others: tuple[int, ...]
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Alignment:
    """The pairs in the order of the first name, and the places that stand for nothing."""

    pairs: tuple[Pair, ...]
    alone: tuple[int, ...]
    others_alone: tuple[int, ...]

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
    return Alignment(
        tuple(sorted(pairs, key=lambda pair: pair.ones)),
        tuple(place for place in range(len(ones)) if place not in taken),
        tuple(place for place in range(len(others)) if place not in taken_others),
    )


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
    word, latin = ("".join(getattr(part, which) for part in run) for which in ("word", "latin"))
    syllabic = all(part.syllabic for part in run)
    return Part("".join(part.text for part in run), word, latin, Kind.NAME, syllabic)
