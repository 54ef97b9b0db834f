"""The hierarchical log-linear models of ``k`` lists, and what to call them.

A model is a set of interactions closed downward: with an interaction come all within it. Every
model has the lists' own effects; none has the interaction of all lists at once, which no data on
documented people can tell (Fienberg 1972). Four lists have 113 such models, five have 6,893.

An interaction is a number whose bits are its lists; a model is named by its maximal interactions in
the notation of Rcapture: ``[123,14,34]``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

__all__ = ["Model", "all_models", "closure", "independence", "name_of"]

Model = frozenset[int]


def independence(lists: int) -> Model:
    """Each list on its own."""
    return frozenset(1 << i for i in range(lists))


def closure(generators: Iterable[int], lists: int) -> Model:
    """The smallest hierarchical model that holds these interactions."""
    found = set(independence(lists))
    for generator in generators:
        subset = generator
        while subset:
            found.add(subset)
            subset = (subset - 1) & generator
    return frozenset(found)


@cache
def all_models(lists: int) -> tuple[Model, ...]:
    """Every hierarchical model of 2 to 5 lists, the simpler first."""
    if not 2 <= lists <= 5:
        raise ValueError(f"all models are enumerated for 2 to 5 lists, not {lists}")
    full = (1 << lists) - 1
    interactions = sorted(
        (s for s in range(1, full) if s.bit_count() >= 2), key=lambda s: (s.bit_count(), s)
    )
    found: set[Model] = set()
    stack = [(independence(lists), 0)]
    while stack:
        model, start = stack.pop()
        found.add(model)
        stack += [
            (model | {interaction}, start + ahead + 1)
            for ahead, interaction in enumerate(interactions[start:])
            if _fits(interaction, model)
        ]
    return tuple(sorted(found, key=lambda model: (len(model), sorted(model))))


def name_of(model: Model) -> str:
    """``[123,14,34]``: the maximal interactions, the longer first."""
    maximal = [s for s in model if not any(s != t and s & t == s for t in model)]
    ordered = sorted(maximal, key=lambda s: (-s.bit_count(), _digits(s)))
    return f"[{','.join(_digits(s) for s in ordered)}]"


def _digits(interaction: int) -> str:
    return "".join(str(i + 1) for i in range(interaction.bit_length()) if interaction >> i & 1)


def _fits(interaction: int, model: Model) -> bool:
    """Whether everything one step within ``interaction`` is in the model already."""
    bits = (1 << i for i in range(interaction.bit_length()) if interaction >> i & 1)
    return all(interaction ^ bit in model for bit in bits)
