"""Other spellings of names: which words of the index a word of a query may also mean.

The index keeps every form of a word that it has met, how often with a capital, and the keys of
its sound. A query's word that may be a name is widened to the forms that sound like it, in any
script; ordinary words are left alone, because they are mostly written small. What was typed is
ranked above what only sounds like it, and quotation marks switch all this off.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from amparo.base.folding import cased_words, fold_words
from amparo.base.transliteration import Script, name_family, name_likeness, readings, script_of
from amparo.search.syntax import And, Node, Not, Or, Words
from amparo.search.words import index_words

__all__ = [
    "Form",
    "choose",
    "forms_in",
    "is_ordinary",
    "join_names",
    "may_be_name",
    "sought",
]

MOST_FORMS = 12
_LENGTHS = range(3, 25)
_SAME_SCRIPT, _ARABIC, _OTHER_SCRIPT = 0.94, 0.80, 0.86
_MARGIN = 0.05
_SURE, _DOMINANT = 2, 4
_MOST_LOOKED_AT = 40

_SERVANT = "(?:abd|abdu|abdul|abdel|abdal|abdoul|abdool|abdur|abdus|абд|абду|абдул|абдель|عبد)"
_LATIN_ARTICLE = "(?:al|el|ul|ar|as|ad|an|at|az|ash|аль|эль|ель|ар|ас|ад|ан|ат|аз|аш)"
_ARTICLE_PIECE = re.compile(_LATIN_ARTICLE)
_SERVANT_PIECE = re.compile(_SERVANT)
_MAY_HAVE_COMPOUND = re.compile("abd|عبد|абд", re.IGNORECASE)
_COMPOUND = re.compile(rf"(?<!\S){_SERVANT} +(?:{_LATIN_ARTICLE} +)?([^\W\d_]{{3,}})(?!\S)")


@dataclass(frozen=True, slots=True)
class Form:
    """A form that the index has met: a word, or two or three that are one name.

    ``text`` is in the index's words, ``sound`` is the folded form as one word. ``capitals`` and
    ``smalls`` count the batches in which it was written with a capital or small letter first; in
    Arabic script, which has none, without the article and with it.
    """

    text: str
    sound: str
    capitals: int = 0
    smalls: int = 0


def may_be_name(form: Form) -> bool:
    """Whether a form is written like a name.

    That is mostly with a capital; in Arabic script nearly always without the article, as محمد, or
    nearly always with it, as الأسد: ordinary nouns come in both ways.
    """
    if form.text.isascii() or script_of(form.text) != "arabic":
        return form.capitals >= 2 * form.smalls
    if form.text in _never_names():
        return False
    fewer, more = sorted((form.capitals, form.smalls))
    return fewer < _SURE or fewer * _DOMINANT < more


@cache
def _never_names() -> frozenset[str]:
    data = tomllib.loads(Path(__file__).with_name("ordinary.toml").read_text(encoding="utf-8"))
    return frozenset(index_words(data["arabic"]).split())


def forms_in(texts: Iterable[str]) -> Iterator[Form]:
    """Yield each form of these texts once; its counts are 0 or 1."""
    cased: set[str] = set()
    compounds: set[str] = set()
    for text in texts:
        cased.update(cased_words(text))
        if _MAY_HAVE_COMPOUND.search(text):
            compounds.update(match[0] for match in _COMPOUND.finditer(fold_words(text)))
    counts: dict[str, tuple[int, int]] = {}
    for word in cased:
        form = _cased_form(word)
        if form:
            text, capital, small = form
            before = counts.get(text, (0, 0))
            counts[text] = (before[0] | capital, before[1] | small)
    yield from (Form(text, text, *both) for text, both in counts.items())
    for compound in compounds:
        yield Form(index_words(compound), "".join(compound.split()), capitals=1)


@lru_cache(maxsize=1 << 18)
def _cased_form(word: str) -> tuple[str, int, int] | None:
    """The form of a word as it is written, and 1 for whichever way of writing it counts for.

    A word all in capitals says nothing about how it is usually written.
    """
    if len(word) not in _LENGTHS or not word.isalpha() or script_of(word) is None:
        return None
    folded = index_words(word)
    if len(folded) not in _LENGTHS:
        return None
    if word[0].isupper():
        return folded, int(word[1:].islower()), 0
    if script_of(word) == "arabic":
        bare = len(folded) == len(word)
        return folded, int(bare), int(not bare)
    return folded, 0, 1


def sought(words: Words) -> str | None:
    """Return the one word whose sound these stand for, or None when they are not one name.

    ``al-Assad`` is sought as assad, ``Abd al-Rahman`` as abdalrahman.
    """
    if words.quoted or words.prefix:
        return None
    first, *rest = words.pieces
    if rest and _SERVANT_PIECE.fullmatch(first):
        joiner = "ال" if script_of(first) == "arabic" else ""  # word_pieces took the article off
        joined = first + joiner + "".join(rest)
    elif len(rest) == 1 and _ARTICLE_PIECE.fullmatch(first):
        joined = rest[0]
    elif not rest:
        joined = first
    else:
        return None
    return joined if _cased_form(joined) else None


def join_names(node: Node | None) -> Node | None:
    """Let ``Abdul Rahman`` also be the one word Abdulrahman, in a query's tree."""
    match node:
        case And(nodes):
            joined = tuple(_join_pairs([join_names(each) or each for each in nodes]))
            return And(joined) if len(joined) > 1 else joined[0]
        case Or(nodes):
            return Or(tuple(join_names(each) or each for each in nodes))
        case Not(inner):
            return Not(join_names(inner) or inner)
        case _:
            return node


def _join_pairs(nodes: list[Node]) -> Iterator[Node]:
    place = 0
    while place < len(nodes):
        pair = nodes[place : place + 2]
        joined = _joined(pair[0], pair[1]) if len(pair) == 2 else None
        yield joined or pair[0]
        place += 2 if joined else 1


def _joined(one: Node, other: Node) -> Node | None:
    if not (isinstance(one, Words) and isinstance(other, Words)):
        return None
    single = len(one.pieces) == 1 and _SERVANT_PIECE.fullmatch(one.pieces[0])
    if not single or one.quoted or one.prefix or other.quoted or other.prefix:
        return None
    written = f"{one.written} {other.written}"
    return Or((And((one, other)), Words(one.pieces + other.pieces, written)))


def _threshold(one: str, other: str) -> float:
    scripts = {script_of(one), script_of(other)}
    if len(scripts) == 1:
        return _SAME_SCRIPT
    return _ARABIC if "arabic" in scripts else _OTHER_SCRIPT


def is_ordinary(word: str, known: Form | None) -> bool:
    """Whether a query's word is no name: ``known``, its form in the index, is mostly written small.

    A word of a family of names is never ordinary, nor is one that the index has not met.
    """
    return len(name_family(word)) == 1 and not may_be_name(known or Form(word, word))


def _anywhere(_text: str) -> bool:
    return True


def choose(
    word: str, candidates: Iterable[Form], *, in_sight: Callable[[str], bool] = _anywhere
) -> tuple[str, ...]:
    """Return the forms that a query's word may also mean, the likeliest first.

    ``candidates`` share a key of its sound or its family. ``in_sight`` says whether the person
    may see a passage with a form: one that they may not see must not even push another out.
    """
    best: dict[Script | None, float] = {}
    chosen: list[str] = []
    for score, likeness, text in _scored(word, candidates)[:_MOST_LOOKED_AT]:
        script = script_of(text)
        near = score >= best.get(script, 0.0) - _MARGIN
        if near and len(chosen) < MOST_FORMS and in_sight(text):
            best[script] = max(best.get(script, 0.0), likeness)
            chosen.append(text)
    return tuple(chosen)


def _scored(word: str, candidates: Iterable[Form]) -> list[tuple[float, float, str]]:
    """Score, likeness and text of every form that is likely enough, the best first.

    The score is the likeness, and 1 for a form of the same family of names.
    """
    family = name_family(word)
    scored: list[tuple[float, float, str]] = []
    for form in candidates:
        in_family = not family.isdisjoint(readings(form.sound))
        if form.text == word or not (in_family or may_be_name(form)):
            continue
        likeness = name_likeness(word, form.sound)
        if in_family or likeness >= _threshold(word, form.sound):
            scored.append((1.0 if in_family else likeness, likeness, form.text))
    return sorted(scored, key=lambda each: (-each[0], each[2]))
