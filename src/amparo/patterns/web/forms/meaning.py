"""The form in which people say what the words of a column mean, and which columns say what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from django import forms
from django.utils.translation import gettext

from amparo.base.folding import fold_words
from amparo.patterns.rights import Own, vocabulary
from amparo.patterns.tables import Records
from amparo.patterns.tables.touching import column_of_need
from amparo.patterns.web.models import TableWord
from amparo.patterns.web.words import NEEDS, language_here

__all__ = ["MOST_SHOWN", "MeaningForm", "WordLine"]

MOST_SHOWN = 200
AS_KNOWN, NONE_OF_THESE = "", "none"
Said = Mapping[tuple[str, str], TableWord]


@dataclass(frozen=True, slots=True)
class WordLine:
    """A word of the column: in how many rows, its fields, what is said of it and by whom, and the
    names of what it is taken for, none where nobody knows."""

    word: str
    rows: int
    means: forms.BoundField
    also: forms.BoundField
    said: TableWord | None
    taken_for: tuple[str, ...] | None


class MeaningForm(forms.Form):
    """Two types of act for each word of ``column``, and a column for each thing that indicators
    need; ``said`` is what stands now."""

    def __init__(
        self, data: Any = None, *, records: Records, column: str, said: Said | None = None
    ) -> None:
        super().__init__(data)
        self.records, self.said = records, said or {}
        whole = records.column(column)
        rows = np.bincount(whole.codes + 1, minlength=len(whole.words) + 1)[1:].tolist()
        meant = records.own or Own()
        order = sorted(
            zip(whole.words, rows, strict=True),
            key=lambda pair: (meant.acts_of(pair[0]) is not None, -pair[1], pair[0]),
        )
        self.words = dict(order[:MOST_SHOWN])
        self.more = len(order) - len(self.words)
        for word in self.words:
            self._add_word(word)
        for need in vocabulary().needs:
            self._add_need(need)

    def _add_word(self, word: str) -> None:
        name, row = _field(word), self.said.get((TableWord.Kind.WORD, fold_words(word)))
        chosen: list[str] = ((row.means or []) or [NONE_OF_THESE]) if row else []
        known = vocabulary().act_of(word)
        said = known.names[language_here()] if known else gettext("not known")
        first = (AS_KNOWN, gettext("as the vocabulary has it: %(name)s") % {"name": said})
        none = (NONE_OF_THESE, gettext("none of these"))
        label = gettext("What “%(word)s” means") % {"word": word}
        self.fields[name] = forms.ChoiceField(
            label=label,
            required=False,
            choices=[first, none, *_types()],
            initial="".join(chosen[:1]),
        )
        self.fields[f"{name}-also"] = forms.ChoiceField(
            label=gettext("“%(word)s”, and also") % {"word": word},
            required=False,
            choices=[("", "—"), *_types()],
            initial="".join(chosen[1:2]),
        )

    def _add_need(self, need: str) -> None:
        row = self.said.get((TableWord.Kind.FACT, need))
        found = column_of_need(Records(self.records.columns), need)
        by_heading = (
            gettext("by its heading: %(column)s") % {"column": found}
            if found
            else gettext("no column says it")
        )
        choices = [
            ("", by_heading),
            ("yes", gettext("yes, in every row")),
            ("no", gettext("no, in no row")),
            *((f"column:{name}", name) for name in self.records.columns),
        ]
        means: list[str] = (row.means or []) if row else []
        initial = f"column:{means[1]}" if means[:1] == ["column"] else "".join(means)
        self.fields[f"need-{need}"] = forms.ChoiceField(
            label=str(NEEDS[need]), required=False, choices=choices, initial=initial
        )

    def lines(self) -> Iterator[WordLine]:
        """Each word with its fields, those that nobody knows first."""
        meant, language = self.records.own or Own(), language_here()
        for word, rows in self.words.items():
            name, acts = _field(word), meant.acts_of(word)
            yield WordLine(
                word,
                rows,
                self[name],
                self[f"{name}-also"],
                self.said.get((TableWord.Kind.WORD, fold_words(word))),
                None if acts is None else tuple(act.names[language] for act in acts),
            )

    def needs(self) -> list[forms.BoundField]:
        """The fields of what indicators need."""
        return [self[f"need-{need}"] for need in vocabulary().needs]

    def changed_words(self) -> dict[str, Sequence[str] | None]:
        """What is said anew of words: keys of types, none of ours, or None for the vocabulary's."""
        said: dict[str, Sequence[str] | None] = {}
        for word in self.words:
            name = _field(word)
            first, also = (self.cleaned_data[name], self.cleaned_data[f"{name}-also"])
            if {name, f"{name}-also"} & set(self.changed_data):
                keys = [key for key in dict.fromkeys((first, also)) if key]
                none = first == NONE_OF_THESE
                said[word] = [] if none else (keys or None)
        return said

    def changed_needs(self) -> dict[str, Sequence[str] | None]:
        """What is said anew of columns: one of them, yes, no, or None for what the heading says."""
        said: dict[str, Sequence[str] | None] = {}
        for need in vocabulary().needs:
            if f"need-{need}" in self.changed_data:
                chosen = self.cleaned_data[f"need-{need}"]
                kind, _colon, name = chosen.partition(":")
                said[need] = [kind, name] if name else [kind] if kind else None
        return said


def _field(word: str) -> str:
    """The field of a word: the same whoever says something else in between."""
    return f"word-{sha256(word.encode()).hexdigest()[:16]}"


def _types() -> list[tuple[str, str]]:
    """Every type of act by its name in the language of the page, in its alphabet."""
    language = language_here()
    named = [(key, act.names[language]) for key, act in vocabulary().acts.items()]
    return sorted(named, key=lambda pair: pair[1].casefold())
