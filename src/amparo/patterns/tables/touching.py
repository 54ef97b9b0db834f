"""Rights and SDG indicators as columns, made of a column of types of act by the vocabulary.

``right`` is made of the column of acts that the table has, ``violation:right`` of the column
``violation``; ``sdg`` and ``violation:sdg`` likewise. What the vocabulary does not know has a line
of its own and is asked about; what an indicator needs and the table does not say is named, and then
nothing is counted under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from amparo.base.errors import UsageError
from amparo.base.folding import fold_words
from amparo.patterns.rights import Act, Indicator, Own, vocabulary
from amparo.patterns.tables.records import Column, Records
from amparo.patterns.tables.several import Several, together

__all__ = [
    "ACT_COLUMNS",
    "NOT_ENOUGH",
    "NOT_KNOWN",
    "NOT_STATED",
    "NO_INDICATOR",
    "NO_RIGHT",
    "TOUCHING",
    "column_of_acts",
    "column_of_need",
    "side_of",
    "unknown_words",
]

NOT_STATED = "(not stated)"
"""The label of what the records do not say; "unknown" is what some of them do say."""
NOT_KNOWN = "(not in the vocabulary)"
"""Of a word that the vocabulary does not have and nobody said what it means."""
NO_RIGHT = "(no right of the vocabulary)"
"""Of a word of which somebody said that it is none of the vocabulary's types."""
NO_INDICATOR = "(no indicator)"
"""Of acts that no indicator counts."""
NOT_ENOUGH = "(not enough is said)"
"""Of acts that an indicator might count, if the table said what it needs."""

TOUCHING = ("right", "sdg")
"""Columns that are made of a column of types of act where the table has none of that name."""
ACT_COLUMNS = (
    "violation", "violation_type", "type_of_violation", "type_of_act", "act_type", "act", "acts",
    "violación", "tipo_de_violación", "acto", "type_de_violation", "acte", "انتهاك", "نوع_الانتهاك",
    "нарушение", "порушення",
)  # fmt: skip
"""How a column of types of act may be called."""
_SHOWN = 6


def side_of(records: Records, name: str) -> Column | Several:
    """The column that a side of a table is counted by. UsageError when there is none."""
    own = {each.casefold() for each in records.columns}
    source, _, wanted = name.rpartition(":")
    if name.casefold() in own or wanted not in TOUCHING:
        return records.column(name)
    acts = records.column(source) if source else records.column(column_of_acts(records))
    meant = records.own or Own()
    return _rights(acts, meant) if wanted == "right" else _indicators(records, acts, meant)


def column_of_acts(records: Records) -> str:
    """The column that says of which type each act is. UsageError where none is called so."""
    by_name = {_plain(name): name for name in records.columns}
    found = next((by_name[name] for name in ACT_COLUMNS if name in by_name), "")
    if not found:
        raise UsageError(
            "No column is known to say of which type each act is.",
            next_step=f"Name it, as in “{next(iter(records.columns))}:right”.",
        )
    return found


def unknown_words(acts: Column, own: Own | None = None) -> list[tuple[str, int]]:
    """The words of a column that nobody knows, with how many rows have each, the most first."""
    meant = own or Own()
    rows = np.bincount(acts.codes + 1, minlength=len(acts.words) + 1)[1:]
    found = [
        (word, int(count))
        for word, count in zip(acts.words, rows, strict=True)
        if count and meant.acts_of(word) is None
    ]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def _rights(acts: Column, own: Own) -> Several:
    """The rights that each row's act touches, in the order of the vocabulary."""
    sets = [_rights_of(own.acts_of(word)) for word in acts.words]
    order = [right.label for right in vocabulary().rights.values()]
    return _several(acts, sets, order, own)


def _rights_of(found: Sequence[Act] | None) -> frozenset[str]:
    if found is None:
        return frozenset({NOT_KNOWN})
    rights = vocabulary().rights
    labels = {rights[touch.right].label for act in found for touch in act.touches}
    return frozenset(labels or {NO_RIGHT})


def _indicators(records: Records, acts: Column, own: Own) -> Several:
    """The indicators that count each row's act, as far as the table says what they need."""
    told = vocabulary().indicators.values()
    cases = [each for each in told if each.basis == "cases"]
    needs = list(dict.fromkeys(need for each in cases for need in each.needs))
    where = {need: column_of_need(records, need) for need in needs}
    columns = [(need, at) for need, at in where.items() if isinstance(at, str)]
    known = {need: at for need, at in where.items() if isinstance(at, bool)}
    rows, codes = together([acts, *(records.column(at) for _, at in columns)])
    sets, silent = [], dict.fromkeys((each.code for each in cases), 0)
    sizes = np.bincount(codes, minlength=len(rows))
    for (word, *cells), size in zip(rows, sizes.tolist(), strict=True):
        said: dict[str, bool | None] = dict(known)
        for (need, _), cell in zip(columns, cells, strict=True):
            said[need] = vocabulary().said(cell)
        labels, unsaid = _counted(word, said, cases, own)
        for code in unsaid:
            silent[code] += size
        sets.append(labels)
    present = {act.key for word in acts.words for act in own.acts_of(word) or ()}
    notes = (*_missing(present, where), *_unsaid(cases, present, where, silent))
    whole = Column(tuple(map(str, range(len(rows)))), codes)
    made = _several(whole, sets, [each.code for each in told], own, acts)
    return Several(made.words, made.groups, made.codes, (*made.notes, *notes), made.read_as)


def column_of_need(records: Records, need: str) -> str | bool | None:
    """The column that says what an indicator needs; True or False of every row; None where it is
    not said at all."""
    own = (records.own or Own()).facts.get(need)
    if own is not None:
        return own
    by_name = {_plain(name): name for name in records.columns}
    headings = map(_plain, vocabulary().needs[need].headings)
    return next((by_name[name] for name in headings if name in by_name), None)


def _counted(
    word: str | None, said: Mapping[str, bool | None], cases: Sequence[Indicator], own: Own
) -> tuple[frozenset[str], list[str]]:
    """The labels under which a row stands, and the indicators for which it does not say enough."""
    if word is None:
        return frozenset({NOT_STATED}), []
    found = own.acts_of(word)
    if found is None:
        return frozenset({NOT_KNOWN}), []
    labels, unsaid = set(), []
    for each in cases:
        if not any(act.key in each.acts for act in found):
            continue
        held = [
            None if (it := said.get(need)) is None else it == wanted
            for need, wanted in each.needs.items()
        ]
        if all(held):
            labels.add(each.code)
        elif False not in held:
            unsaid.append(each.code)
    return frozenset(labels or {NOT_ENOUGH if unsaid else NO_INDICATOR}), unsaid


def _missing(present: set[str], where: Mapping[str, str | bool | None]) -> Iterator[str]:
    """Of the indicators that these acts would come under, why the table cannot count them."""
    told = [each for each in vocabulary().indicators.values() if present & each.acts]
    for each in told:
        for need in each.needs:
            if where[need] is None:
                lacking = vocabulary().needs[need].says
                yield f"{each.code} is not counted: no column says {lacking}."
    asked = ", ".join(each.code for each in told if each.basis == "survey")
    if asked:
        yield f"Not counted, because no list of acts gives a share of people asked: {asked}."
    held = ", ".join(each.code for each in told if each.basis == "day")
    if held:
        yield f"Not counted, because no list of acts gives a share of those held on a day: {held}."


def _unsaid(
    cases: Sequence[Indicator],
    present: set[str],
    where: Mapping[str, str | bool | None],
    silent: Mapping[str, int],
) -> Iterator[str]:
    """Of each indicator that is counted, what it counts and how many rows do not say enough."""
    rates = False
    for each in cases:
        if not present & each.acts or None in [where[need] for need in each.needs]:
            continue
        rates = rates or each.rate
        yield f"{each.code} counts {each.counts}."
        if unsaid := silent[each.code]:
            yield f"Rows that do not say what {each.code} needs, and are not in it: {unsaid}."
    if rates:
        yield "A rate takes the people who live there; this table has those who were documented."


def _several(
    column: Column,
    sets: Sequence[frozenset[str]],
    order: Sequence[str],
    own: Own,
    acts: Column | None = None,
) -> Several:
    """A column of sets of labels; those of ``order`` come first, what is not known last."""
    rows = [*sets, frozenset({NOT_STATED})]
    codes = np.where(column.codes < 0, len(sets), column.codes)
    used = {label for code in np.unique(codes).tolist() for label in rows[code]}
    ends = (NO_INDICATOR, NO_RIGHT, NOT_ENOUGH, NOT_KNOWN, NOT_STATED)
    words = tuple(label for label in (*order, *ends) if label in used)
    place = {label: number for number, label in enumerate(words)}
    groups = tuple(tuple(sorted(place[x] for x in row if x in place)) for row in rows)
    named = acts or column
    return Several(words, groups, codes, tuple(_unknown(named, own)), tuple(_read_as(named, own)))


def _unknown(acts: Column, own: Own) -> Iterator[str]:
    unknown = unknown_words(acts, own)
    if unknown:
        words = ", ".join(f"“{word}”" for word, _ in unknown[:_SHOWN])
        more = " …" if len(unknown) > _SHOWN else ""
        rows = sum(count for _, count in unknown)
        yield f"Rows with words that are not in the vocabulary: {rows} ({words}{more})."


def _read_as(acts: Column, own: Own) -> Iterator[str]:
    yield f"The words were read with Amparo’s vocabulary of {vocabulary().version}."
    said = sum(fold_words(word) in own.words for word in acts.words)
    if said:
        yield f"Words that were read as {own.by or 'the maker of the table'} said: {said}."


def _plain(name: str) -> str:
    return "_".join(name.casefold().replace("-", "_").split())
