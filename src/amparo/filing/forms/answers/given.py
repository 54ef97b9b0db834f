"""Answers as people give them: a value for each question, with the pinpoint that it rests on.

An answers file is JSON. Questions may be written flat (``"applicant.name.family": "Rivera"``) or
nested; the members of a list count from 1 (``children[0].name.given`` is
``children.1.name.given``). A value is a text, a number, a truth, a list of choices, or an object
``{"value": …, "source": …}`` where ``source`` is kept beside the field. A key may also be a field's
own name. ``confirmed_by`` names the person who decided an answer that is never filled in by itself.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from amparo.base.errors import UsageError

__all__ = ["Answer", "Answers", "read_answers"]

_LONGEST = 200_000
_MOST = 50_000
_OWN_KEYS = frozenset({"value", "source", "confirmed_by"})
_SEEN_CONTROLS = "\n\t"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: ``values`` are its texts (several for several ticks), ``source`` its pinpoint.

    Truths are "yes" and "no".
    """

    question: str
    values: tuple[str, ...]
    source: Any = None
    confirmed_by: str = ""

    @property
    def text(self) -> str:
        """The answer in words."""
        return ", ".join(self.values)


Answers = Mapping[str, Answer]


def read_answers(data: bytes | str) -> dict[str, Answer]:
    """Read an answers file. Raises UsageError with the place of what cannot be understood."""
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"The answers are not JSON: {error}.", next_step="Write one object: question: answer."
        ) from error
    if not isinstance(given, dict):
        raise UsageError(
            "The answers are not one JSON object.", next_step='Write {"question": "answer", …}.'
        )
    found: dict[str, Answer] = {}
    for answer in _flat("", given):
        known = found.get(answer.question)
        if known is not None and known.values != answer.values:
            raise UsageError(
                f"{answer.question} is answered twice, differently:"
                f" {known.text!r} and {answer.text!r}.",
                next_step="Keep the one that is right.",
            )
        found[answer.question] = answer
        if len(found) > _MOST:
            raise UsageError(f"There are more than {_MOST:,} answers.")
    return found


def _flat(key: str, value: Any) -> Iterator[Answer]:
    if isinstance(value, dict):
        if "value" in value and set(value) <= _OWN_KEYS:
            yield from _answer(key, value["value"], value)
            return
        for name, inner in value.items():
            yield from _flat(f"{key}.{name}" if key else str(name), inner)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for number, inner in enumerate(value, 1):
            yield from _flat(f"{key}.{number}", inner)
    else:
        yield from _answer(key, value, {})


def _answer(key: str, value: Any, about: Mapping[str, Any]) -> Iterator[Answer]:
    given = value if isinstance(value, list) else [value]
    values = tuple(text for text in (_text(key, each) for each in given) if text)
    if values:
        yield Answer(key, values, about.get("source"), str(about.get("confirmed_by") or ""))


def _text(key: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict | list):
        raise UsageError(f"{key}: an answer is a text, a number, a truth or a list of choices.")
    text = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > _LONGEST:
        raise UsageError(f"{key}: the answer has {len(text):,} characters; {_LONGEST:,} are taken.")
    return "".join(each for each in text if _is_kept(each)).strip()


def _is_kept(letter: str) -> bool:
    """Control signs are not written; marks that guide direction and joining are."""
    return letter in _SEEN_CONTROLS or unicodedata.category(letter) not in ("Cc", "Cs", "Co")
