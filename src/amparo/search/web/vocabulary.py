"""The forms that the index has met: learnt as passages are put in, asked as queries are widened.

Forms are kept for the whole workspace, so nothing of them is shown by itself: a person sees one
only as a marked word in a passage that they may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from amparo.base.transliteration import name_family, name_keys
from amparo.search.spellings import Form, choose, forms_in, is_ordinary, may_be_name, sought
from amparo.search.syntax import Words
from amparo.search.web import tables
from amparo.search.web.engine import engine

__all__ = ["learn", "spellings_of"]

_MOST_REMEMBERED = 300_000
_MOST_CANDIDATES = 200
_SOME = 5_000


@dataclass(slots=True)
class _Met:
    """How often this process has met a form, and whether it is written and keyed."""

    capitals: int = 0
    smalls: int = 0
    keyed: bool = False


_met: dict[str, dict[str, _Met]] = {}
"""By database: what was learnt of one says nothing of another."""


def learn(texts: Iterable[str]) -> None:
    """Remember the forms of these texts, and the sound of those that are written like names.

    Counts are written when they double, so that a common word costs next to nothing.
    """
    rows: list[tuple[str, str, int, int, bool]] = []
    unkeyed: list[Form] = []
    forms, known = list(forms_in(texts)), _met_here()
    for form in forms:
        met = known.get(form.text, _NEVER)
        capitals, smalls = met.capitals + form.capitals, met.smalls + form.smalls
        name = not met.keyed and may_be_name(form)
        before, after = met.capitals + met.smalls, capitals + smalls
        if met is _NEVER or before.bit_length() != after.bit_length() or name:
            rows.append((form.text, form.sound, min(capitals, 9_999), min(smalls, 9_999), name))
        if name:
            unkeyed.append(form)
    _write(rows, _without_keys(unkeyed))
    transaction.on_commit(lambda: _remember(known, forms, unkeyed))


_NEVER = _Met()


def _write(rows: list[tuple[str, str, int, int, bool]], unkeyed: Iterable[Form]) -> None:
    keys = [(key, form.text) for form in unkeyed for key in name_keys(form.sound)]
    if not rows:
        return
    greatest = engine().greatest
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_spelling (text, sound, capitals, smalls, keyed)"  # noqa: S608
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (text) DO UPDATE SET"
            f" capitals = {greatest}(search_spelling.capitals, excluded.capitals),"
            f" smalls = {greatest}(search_spelling.smalls, excluded.smalls),"
            " keyed = search_spelling.keyed OR excluded.keyed",
            sorted(rows),
        )
        cursor.executemany(
            "INSERT INTO search_spellingkey (key, text) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            sorted(keys),
        )


def _without_keys(forms: list[Form]) -> list[Form]:
    """Those whose keys are not there yet, as far as the rows before this batch say."""
    keyed: set[str] = set()
    for start in range(0, len(forms), _SOME):
        texts = [form.text for form in forms[start : start + _SOME]]
        keyed.update(text for text, *_ in tables.spellings(texts, keyed=True))
    return [form for form in forms if form.text not in keyed]


def _met_here() -> dict[str, _Met]:
    return _met.setdefault(str(connection.settings_dict["NAME"]), {})


def _remember(known: dict[str, _Met], forms: list[Form], keyed: list[Form]) -> None:
    if len(known) > _MOST_REMEMBERED:
        known.clear()
    for form in forms:
        met = known.setdefault(form.text, _Met())
        met.capitals += form.capitals
        met.smalls += form.smalls
    for form in keyed:
        known[form.text].keyed = True


def spellings_of(
    asked: Iterable[Words], in_sight: Callable[[str], bool]
) -> dict[str, tuple[str, ...]]:
    """For the written form of each word that may be a name: the other forms that are in sight."""
    words = {each: word for each in asked if (word := sought(each))}
    known = {form.text: form for form in _forms(list(words.values()))}
    found: dict[str, tuple[str, ...]] = {}
    for each, word in words.items():
        if is_ordinary(word, known.get(word)):
            continue
        forms = choose(word, _candidates(word), in_sight=in_sight)
        others = tuple(form for form in forms if form != " ".join(each.pieces))
        if others:
            found[each.written] = others
    return found


def _candidates(word: str) -> list[Form]:
    texts = tables.forms_with_keys(name_keys(word), _MOST_CANDIDATES)
    return _forms([*texts, *name_family(word)])


def _forms(texts: list[str]) -> list[Form]:
    return [Form(*row) for row in tables.spellings(texts)] if texts else []
