"""Pairs that are alike, gathered into groups: whoever is like a member belongs to the group."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

__all__ = ["gather"]

Thing = TypeVar("Thing", bound=Hashable)


def gather(pairs: Iterable[tuple[Thing, Thing]]) -> list[list[Thing]]:
    """The groups, the largest first; members in the order in which they were named."""
    above: dict[Thing, Thing] = {}

    def top(thing: Thing) -> Thing:
        above.setdefault(thing, thing)
        while above[thing] != thing:
            above[thing] = above[above[thing]]
            thing = above[thing]
        return thing

    for one, other in pairs:
        first, second = top(one), top(other)
        if first != second:
            above[second] = first
    groups: dict[Thing, list[Thing]] = {}
    for thing in above:
        groups.setdefault(top(thing), []).append(thing)
    return sorted(groups.values(), key=len, reverse=True)
