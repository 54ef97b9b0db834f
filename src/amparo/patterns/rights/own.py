"""What whoever made a table says its words mean: it stands before the vocabulary."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amparo.base.errors import UsageError
from amparo.base.folding import fold_words
from amparo.patterns.rights.vocabulary import Act, vocabulary

__all__ = ["Own", "own_from"]


@dataclass(frozen=True)
class Own:
    """Words of one table and what they mean, said by ``by``.

    ``words``: by word, the keys of types of act; none means that it is no type of ours. ``facts``:
    by what indicators need (``conflict``, ``verified`` …), the name of the column that says it, or
    True or False of every row. UsageError for a type or a need that the vocabulary does not have.
    """

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facts: Mapping[str, str | bool] = field(default_factory=dict)
    by: str = ""

    def __post_init__(self) -> None:
        known = vocabulary()
        _refuse({key for keys in self.words.values() for key in keys} - set(known.acts), known.acts)
        _refuse(set(self.facts) - set(known.needs), known.needs)
        folded = {fold_words(word): tuple(keys) for word, keys in self.words.items()}
        object.__setattr__(self, "words", folded)

    def acts_of(self, word: str) -> tuple[Act, ...] | None:
        """The types of act that a word means; none of ours is (), None is not known."""
        known = vocabulary()
        keys = self.words.get(fold_words(word))
        if keys is not None:
            return tuple(known.acts[key] for key in keys)
        act = known.act_of(word)
        return (act,) if act else None


def own_from(path: Path) -> Own:
    """The words of a TOML file: ``by``, ``[words]`` with types by word, ``[facts]``.

    UsageError says what is wrong with it.
    """
    try:
        told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path} cannot be read as words: {error}.") from error
    words = {
        word: (keys,) if isinstance(keys, str) else tuple(keys)
        for word, keys in told.get("words", {}).items()
    }
    return Own(words, told.get("facts", {}), str(told.get("by", "")))


def _refuse(unknown: set[str], known: Mapping[str, object]) -> None:
    if unknown:
        raise UsageError(
            f"The vocabulary has no {', '.join(sorted(unknown))}.",
            next_step=f"It has: {', '.join(known)}.",
        )
