"""The words of questionnaires and screens in six languages: of a question, a choice, a criterion.

A question's words stand under its id without numbers, or under the end of it, whichever is longest:
``children.#.birth.date`` is found as ``birth.date``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from amparo.base.errors import UsageError
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.interviews.loading import data_file

__all__ = ["Wording", "wording"]

_PARTS = (
    "questionnaires",
    "sections",
    "groups",
    "questions",
    "hints",
    "choices",
    "words",
    "screens",
    "criteria",
    "contradictions",
)
_LANGUAGES = frozenset(each.code for each in INTERFACE_LANGUAGES)


@dataclass(frozen=True, slots=True)
class Wording:
    """The words in one ``language``; ``reviewed`` says who looked at them."""

    language: str
    reviewed: str
    questionnaires: Mapping[str, Mapping[str, str]]
    sections: Mapping[str, Mapping[str, str]]
    groups: Mapping[str, str]
    questions: Mapping[str, str]
    hints: Mapping[str, str]
    choices: Mapping[str, str]
    words: Mapping[str, str]
    screens: Mapping[str, Mapping[str, str]]
    criteria: Mapping[str, str]
    contradictions: Mapping[str, str]

    def question(self, key: str) -> str:
        """What is asked; the key itself when there are no words for it."""
        return _longest(key, self.questions) or key

    def hint(self, key: str) -> str:
        """What helps to answer, "" when nothing is said."""
        return _longest(key, self.hints)

    def group(self, key: str, number: int = 0) -> str:
        """The heading of questions that belong together; of a list's member with its number."""
        words = self.groups.get(key, "")
        return f"{words} {number}" if words and number else words

    def choice(self, name: str) -> str:
        """A choice in words."""
        return self.choices.get(name, name)

    def section(self, questionnaire: str, section: str) -> Mapping[str, str]:
        """Title and, perhaps, what to know before one answers."""
        return self.sections[f"{questionnaire}.{section}"]


@cache
def wording(language: str) -> Wording:
    """The words in an interface language. UsageError for any other."""
    if language not in _LANGUAGES:
        raise UsageError(f"Questionnaires have no words in {language!r}.")
    data = data_file("texts", f"{language}.yaml")
    return Wording(language, str(data["reviewed"]), *(data[part] for part in _PARTS))


def _longest(key: str, known: Mapping[str, str]) -> str:
    return next((known[each] for each in _ends(key) if each in known), "")


def _ends(key: str) -> Iterator[str]:
    parts = key.split(".")
    for start in range(len(parts)):
        yield ".".join(parts[start:])
