"""A text in the language of the page, sentence by sentence."""

from __future__ import annotations

import re
from functools import cache

from django.utils.translation import get_language, gettext

from amparo.site.said.conversations import CONVERSATION_SENTENCES
from amparo.site.said.custody import CUSTODY_SENTENCES
from amparo.site.said.estimates import ESTIMATE_SENTENCES
from amparo.site.said.files import FILE_SENTENCES
from amparo.site.said.forms import FORM_SENTENCES
from amparo.site.said.interviews import INTERVIEW_SENTENCES
from amparo.site.said.linkage import LINKAGE_SENTENCES
from amparo.site.said.names import NAME_SENTENCES
from amparo.site.said.patterns import PATTERN_SENTENCES
from amparo.site.said.proofs import PROOF_SENTENCES
from amparo.site.said.recordings import RECORDING_SENTENCES
from amparo.site.said.screening import SCREENING_SENTENCES
from amparo.site.said.translations import TRANSLATION_SENTENCES

__all__ = ["said"]

_ALL = (
    FILE_SENTENCES
    | CUSTODY_SENTENCES
    | CONVERSATION_SENTENCES
    | ESTIMATE_SENTENCES
    | INTERVIEW_SENTENCES
    | LINKAGE_SENTENCES
    | FORM_SENTENCES
    | NAME_SENTENCES
    | PATTERN_SENTENCES
    | PROOF_SENTENCES
    | RECORDING_SENTENCES
    | SCREENING_SENTENCES
    | TRANSLATION_SENTENCES
)


def said(text: str) -> str:
    """``text`` in the language of the page, sentence by sentence where it is known."""
    if not text or (get_language() or "en").startswith("en"):
        return text
    out, rest = [], text.strip()
    while rest:
        taken = _known(rest) or _unknown(rest)
        out.append(taken[0])
        rest = rest[taken[1] :].lstrip()
    return " ".join(out)


def _known(text: str) -> tuple[str, int] | None:
    """The translation of the longest listed sentence that ``text`` begins with, and its length."""
    for sentence, pattern in _patterns():
        match = pattern.match(text)
        if match:
            told = {name: said(value) for name, value in match.groupdict().items()}
            return gettext(sentence) % told, match.end()
    return None


def _unknown(text: str) -> tuple[str, int]:
    """The first sentence of ``text`` as it stands, and its length."""
    end = re.search(r"[.!?](?=\s|$)", text)
    length = end.end() if end else len(text)
    return text[:length], length


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Each sentence with what finds it: the longest first, those that begin with a name last."""
    ordered = sorted(_ALL, key=lambda each: (each.startswith("%"), -len(each)))
    return [(sentence, _pattern(sentence)) for sentence in ordered]


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"%\((\w+)\)s", sentence)
    found = "".join(
        f"(?P<{part}>.+?)" if index % 2 else re.escape(part) for index, part in enumerate(parts)
    )
    end = r"(?=\s|$)"
    if not parts[-1]:  # ends with what varies: that goes to the end of its own sentence
        found = f"{found[:-1]}(?:[.!?]{end}|$))"
    return re.compile(found + end, re.DOTALL)
