"""The vocabulary as frozen values, read from its three files and checked as it is read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from amparo.base.folding import fold_words
from amparo.patterns.rights.schema import check_acts, check_indicators, check_rights

__all__ = [
    "LANGUAGES",
    "Act",
    "Article",
    "Indicator",
    "Need",
    "Right",
    "Touch",
    "Vocabulary",
    "vocabulary",
]

LANGUAGES = ("en", "es", "fr", "ar", "ru", "uk")
Sure = Literal["text", "secondary"]
"""How sure a link is: the article was read and says it, or the source named is held to."""
Names = Mapping[str, str]
"""A name by language."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article of an instrument, as one cites it: ``ICCPR 9(1)``; ``whom`` it is limited to."""

    at: str
    instrument: str
    sure: Sure
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Right:
    """A right with the articles that state it."""

    key: str
    names: Names
    articles: tuple[Article, ...]

    @property
    def label(self) -> str:
        """Its name in English, as tables call it."""
        return self.names["en"]


@dataclass(frozen=True, slots=True)
class Touch:
    """That a type of act touches a right; ``source`` is named where it is secondary."""

    right: str
    sure: Sure
    source: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """A type of act: its name by language, the words that mean it, the rights it touches."""

    key: str
    names: Names
    words: tuple[str, ...]
    touches: tuple[Touch, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """What must be said of an act besides its type, and how a column that says it may be called."""

    key: str
    says: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """An SDG indicator. ``counts`` in our words; only one of the ``basis`` "cases" can be counted
    from acts, of the types ``acts``, where each of ``needs`` is said as it asks (True is yes)."""

    code: str
    names: Names
    counts: str
    basis: Literal["cases", "survey", "day"]
    unit: str
    acts: frozenset[str]
    needs: Mapping[str, bool]
    rate: bool
    metadata: str
    sure: Sure


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All of it, of one ``version``. ``by_word`` leads from a folded word to its type of act."""

    version: str
    rights: Mapping[str, Right]
    acts: Mapping[str, Act]
    needs: Mapping[str, Need]
    indicators: Mapping[str, Indicator]
    by_word: Mapping[str, str]
    yes: frozenset[str]
    no: frozenset[str]

    def act_of(self, word: str) -> Act | None:
        """The type of act that a word of a table means; None where the vocabulary does not say."""
        key = self.by_word.get(fold_words(word))
        return self.acts[key] if key else None

    def said(self, word: str | None) -> bool | None:
        """Whether a cell says yes or no; None where it says neither."""
        folded = fold_words(word or "")
        return True if folded in self.yes else False if folded in self.no else None


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this version of the program. ValueError names what a file has wrong."""
    rights, acts, told = (_file(name) for name in ("rights", "acts", "indicators"))
    check_rights(rights, LANGUAGES)
    check_acts(acts, LANGUAGES, rights["rights"])
    check_indicators(told, LANGUAGES, acts)
    types = {key: _act(key, made) for key, made in acts.items() if key != "version"}
    return Vocabulary(
        version=max(rights["version"], acts["version"], told["version"]),
        rights={key: _right(key, made, rights) for key, made in rights["rights"].items()},
        acts=types,
        needs={
            key: Need(key, made["says"], tuple(made["headings"]))
            for key, made in told["needs"].items()
        },
        indicators={code: _indicator(code, made) for code, made in told["indicators"].items()},
        by_word={fold_words(word): act.key for act in types.values() for word in act.words},
        yes=_folded(told["said"]["yes"]["words"]),
        no=_folded(told["said"]["no"]["words"]),
    )


def _file(name: str) -> dict[str, Any]:
    path = resources.files("amparo.patterns.rights").joinpath(f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(fold_words, words))


def _right(key: str, made: Mapping[str, Any], whole: Mapping[str, Any]) -> Right:
    articles = tuple(
        Article(
            each["at"],
            whole["instruments"][each["at"].split()[0]],
            each["sure"],
            each.get("whom", ""),
        )
        for each in made["articles"]
    )
    return Right(key, made["names"], articles)


def _act(key: str, made: Mapping[str, Any]) -> Act:
    names = {language: words[0] for language, words in made["words"].items()}
    words = tuple(word for several in made["words"].values() for word in several)
    touches = tuple(Touch(t["right"], t["sure"], t.get("source", "")) for t in made["touches"])
    return Act(key, names, words, touches)


def _indicator(code: str, made: Mapping[str, Any]) -> Indicator:
    return Indicator(
        code=code,
        names=made["names"],
        counts=made["counts"],
        basis=made["basis"],
        unit=made["unit"],
        acts=frozenset(made["acts"]),
        needs={need: wanted == "yes" for need, wanted in made.get("needs", {}).items()},
        rate=made.get("rate", False),
        metadata=made["metadata"],
        sure=made["sure"],
    )
