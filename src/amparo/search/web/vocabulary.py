"""The forms that the index has met: learnt as passages are put in, asked as queries are widened.

Forms are kept for the whole workspace, so nothing of them is shown by itself: a person sees one
only as a marked word in a passage that they may see.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F

from amparo.base.transliteration import name_family, name_keys
from amparo.search.spellings import Form, choose, forms_in, sought
from amparo.search.syntax import Words
from amparo.search.web.models import Spelling, SpellingKey

__all__ = ["learn", "spellings_of"]

_ENOUGH = 20
_MOST_REMEMBERED = 300_000
_MOST_CANDIDATES = 400
_seen: dict[str, int] = {}


def learn(texts: Iterable[str]) -> None:
    """Remember the forms of these texts, with their sound.

    A form that this process has met in twenty batches is settled and not written again.
    """
    forms = [form for form in forms_in(texts) if _seen.get(form.text, 0) < _ENOUGH]
    fresh = _fresh(forms)
    rows = [(form.text, form.sound, form.capitals, form.smalls) for form in forms]
    keys = [(key, form.text) for form in fresh for key in name_keys(form.sound)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO search_spelling (text, sound, capitals, smalls) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (text) DO UPDATE SET capitals = search_spelling.capitals"
            " + excluded.capitals, smalls = search_spelling.smalls + excluded.smalls",
            rows,
        )
        cursor.executemany(
            "INSERT INTO search_spellingkey (key, text) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            keys,
        )
    transaction.on_commit(lambda: _remember(forms))


def _fresh(forms: list[Form]) -> list[Form]:
    unknown = [form.text for form in forms if form.text not in _seen]
    known: set[str] = set()
    for start in range(0, len(unknown), 5_000):
        some = Spelling.objects.filter(text__in=unknown[start : start + 5_000])
        known.update(some.values_list("text", flat=True))
    return [form for form in forms if form.text not in _seen and form.text not in known]


def _remember(forms: list[Form]) -> None:
    if len(_seen) > _MOST_REMEMBERED:
        _seen.clear()
    for form in forms:
        _seen[form.text] = _seen.get(form.text, 0) + 1


def spellings_of(asked: Iterable[Words]) -> dict[str, tuple[str, ...]]:
    """For the written form of each word that may be a name: the other forms that the index has."""
    found: dict[str, tuple[str, ...]] = {}
    for words in asked:
        word = sought(words)
        if word is None:
            continue
        forms = choose(word, _form(word), _candidates(word))
        others = tuple(form for form in forms if form != " ".join(words.pieces))
        if others:
            found[words.written] = others
    return found


def _form(word: str) -> Form | None:
    row = Spelling.objects.filter(text=word).first()
    return _as_form(row) if row else None


def _candidates(word: str) -> list[Form]:
    texts = SpellingKey.objects.filter(key__in=name_keys(word)).values("text")
    alike = Spelling.objects.filter(text__in=texts).order_by(-F("capitals") - F("smalls"))
    rows = list(alike[:_MOST_CANDIDATES])
    rows += Spelling.objects.filter(text__in=name_family(word))
    return list({row.text: _as_form(row) for row in rows}.values())


def _as_form(row: Spelling) -> Form:
    return Form(row.text, row.sound, row.capitals, row.smalls)
