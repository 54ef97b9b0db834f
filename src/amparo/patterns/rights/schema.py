"""What the files of the vocabulary must hold; ValueError names the entry and what is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from amparo.base.folding import fold_words

__all__ = ["check_acts", "check_indicators", "check_rights"]

_SURE = {"text", "secondary"}
_BASIS = {"cases", "survey", "day"}


def check_rights(told: Mapping[str, Any], languages: Collection[str]) -> None:
    """Every right has a name in each language, and articles of instruments that are named."""
    _has(told, "rights.toml", "version", "checked", "by", "instruments", "rights")
    for key, right in told["rights"].items():
        _only(right, key, "names", "articles")
        _whole(right["names"], key, languages)
        _ask(bool(right["articles"]), key, "no article")
        for article in right["articles"]:
            _only(article, key, "at", "sure", "whom")
            _ask(article["sure"] in _SURE, key, f"sure is {article['sure']!r}")
            known = article["at"].split()[0] in told["instruments"]
            _ask(known, key, f"{article['at']} is of no instrument that is named")


def check_acts(
    told: Mapping[str, Any], languages: Collection[str], rights: Collection[str]
) -> None:
    """Every type has words in each language and touches known rights; no word means two types."""
    _has(told, "acts.toml", "version")
    means: dict[str, str] = {}
    for key, act in told.items():
        if key == "version":
            continue
        _only(act, key, "words", "touches")
        _whole(act["words"], key, languages)
        _ask(bool(act["touches"]), key, "touches no right")
        for touch in act["touches"]:
            _only(touch, key, "right", "sure", "source")
            _ask(touch["right"] in rights, key, f"no right {touch['right']!r}")
            _ask(touch["sure"] in _SURE, key, f"sure is {touch['sure']!r}")
            _ask((touch["sure"] == "secondary") == ("source" in touch), key, "a source is missing")
        for word in (word for words in act["words"].values() for word in words):
            other = means.setdefault(fold_words(word), key)
            _ask(other == key, key, f"{word!r} means {other} too")


def check_indicators(
    told: Mapping[str, Any], languages: Collection[str], acts: Collection[str]
) -> None:
    """Every indicator has its names, a basis, known types of act and known needs."""
    _has(told, "indicators.toml", "version", "checked", "needs", "said", "indicators")
    for key, need in told["needs"].items():
        _only(need, key, "says", "headings")
    yes, no = (set(map(fold_words, told["said"][each]["words"])) for each in ("yes", "no"))
    _ask(not yes & no, "said", f"both yes and no: {sorted(yes & no)}")
    fields = ("names", "counts", "basis", "unit", "acts", "needs", "rate", "metadata", "sure")
    for code, made in told["indicators"].items():
        _only(made, code, *fields)
        _whole(made["names"], code, languages)
        _ask(made["basis"] in _BASIS, code, f"basis is {made['basis']!r}")
        _ask(made["sure"] in _SURE, code, f"sure is {made['sure']!r}")
        _ask(set(made["acts"]) <= set(acts), code, "an unknown type of act")
        needs = made.get("needs", {})
        _ask(set(needs) <= set(told["needs"]), code, "an unknown need")
        _ask(set(needs.values()) <= {"yes", "no"}, code, "a need that is neither yes nor no")
        _ask((made["basis"] == "cases") == bool(needs), code, "needs and basis disagree")


def _has(told: Mapping[str, Any], where: str, *keys: str) -> None:
    missing = [key for key in keys if key not in told]
    _ask(not missing, where, f"without {', '.join(missing)}")


def _only(made: Mapping[str, Any], key: str, *fields: str) -> None:
    unknown = sorted(set(made) - set(fields))
    _ask(not unknown, key, f"unknown fields {unknown}")


def _whole(names: Mapping[str, Any], key: str, languages: Collection[str]) -> None:
    _ask(set(names) == set(languages) and all(names.values()), key, "a language is missing")


def _ask(holds: bool, key: str, wrong: str) -> None:
    if not holds:
        raise ValueError(f"{key}: {wrong}")
