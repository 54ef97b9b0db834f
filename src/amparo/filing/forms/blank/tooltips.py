"""What a field's tooltip says, taken apart: the part, the item, the words before, and the prompt.

The agencies write tooltips for screen readers: the names of the sections, the number of the item,
and what to enter (``Part 2. Information About You. 7. B. Enter Apartment Number.``). Letters that
are to be spelled stand apart (``U S C I S``) and are put together here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Said", "brief", "plain", "take_apart"]

_SPELLED = (
    (re.compile(r"\bU\. ?S\. ?(?=C\b|[a-z]|[A-Z][a-z])"), "U.S. "),
    (re.compile(r"\bU\.? ?S\.? ?C\.? ?I\.? ?S\b\.?"), "USCIS"),
    (re.compile(r"\bS\.? S\.? N\b\.?"), "SSN"),
    (re.compile(r"\bI D\b"), "ID"),
    (re.compile(r"\bE O I R\b"), "EOIR"),
    (re.compile(r"\bC B P\b"), "CBP"),
    (re.compile(r"\b([A-Z]) ?- ?(\d) (\d\d)\b"), r"\1-\2\3"),
    (re.compile(r"\b([A-Z]) - (\d+)"), r"\1-\2"),
    (re.compile(r"\bA\. ?-? ?[Nn]umber"), "A-Number"),
)
_PART = re.compile(
    r"^(?:Part\s*\.?\s*([A-Z]?)\.?\s*([0-9]+|[IVX]+)|Part\s+([A-Z])\b|(Supplement\.? [A-Z]))\b\.?"
)
_ITEM = re.compile(
    r"(?:^|(?<=[.\s:;)?]))(\d{1,3})\.? ?(?:\(?([A-Za-z])[.)]|(?=\.))\.?"
    r"(?: ?\(?(\d{1,2})\.)?(?=\s|$)"
)
_TICK = re.compile(r"\b(?:Select|Check) (?:the )?[\"“']?(?:Yes|No)\b[\"”']?\.?")
_COUNTED = (
    "Number ",
    "Numbers ",
    "Child ",
    "Entry ",
    "Row ",
    "Parent ",
    "Sibling ",
    "Line ",
    "of ",
)
_COUNTED_TOO = ("Organization ", "Employer ", "Page ", "Part ", "Address ", "Trip ", "Son ")
_MEMBER = re.compile(
    r"\b(?:Spouse|Person|Relative|Child|(?:Physical )?Address|Employer|Sibling|Son|Trip) \d{1,2}\."
)
_PROMPT = re.compile(r"\b(Enter|Select|Check|Provide|List|Type|Print|Specify|Choose)\b")
_SENTENCE = re.compile(r"(?<=[.?:)])\s+")
_NUMBERING = re.compile(r"\(?(?:Part\W*)?(?:\d{1,3}|[A-Z]{1,2}|\d{1,3}\.? ?[A-Z])[.)]{0,2}")
_INSTRUCTION = re.compile(
    r".*\b(?:extra|additional) space\b.*|Additional Information\.|.*Part \d+\."
)
_BRIEF = 150
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}


@dataclass(frozen=True, slots=True)
class Said:
    """A tooltip taken apart; each part is "" when it is not there.

    ``item`` is such as ``5.b``; ``before`` are all words before the prompt, ``prompt`` the words
    from "Enter" or "Select" on.
    """

    part: str
    item: str
    before: str
    prompt: str

    @property
    def place(self) -> str:
        """``part:item``, as maps write it."""
        return f"{self.part}:{self.item}" if self.part or self.item else ""


def plain(tooltip: str) -> str:
    """The tooltip with what is spelled put together, on one line."""
    text = " ".join(tooltip.split())
    for pattern, instead in _SPELLED:
        text = pattern.sub(instead, text)
    return text


def brief(words: str) -> str:
    """The end of a long tooltip, in whole sentences and without numbering: what is asked."""
    aside = (_NUMBERING, _INSTRUCTION)
    sentences = [
        each for each in _SENTENCE.split(words) if not any(rule.fullmatch(each) for rule in aside)
    ]
    kept: list[str] = []
    for each in reversed(sentences):
        if kept and len(each) + sum(map(len, kept)) > _BRIEF:
            break
        kept.insert(0, each)
    return " ".join(kept) or words


def take_apart(tooltip: str) -> Said:
    """Take a tooltip apart."""
    text = plain(tooltip)
    part, rest = "", text
    if match := _PART.match(text):
        letter, number, alone, supplement = match.groups()
        part = (
            supplement or alone or (f"{letter}.{_ROMAN.get(number, number)}" if letter else number)
        )
        rest = text[match.end() :]
    if tick := _TICK.search(rest):
        rest = rest[: tick.end()]
    counted_out = _MEMBER.sub(lambda found: " " * len(found[0]), rest)
    prompts = list(_PROMPT.finditer(rest))
    counted = _COUNTED + _COUNTED_TOO
    items = [m for m in _ITEM.finditer(counted_out) if not rest[: m.start()].endswith(counted)]
    item, after = "", 0
    if items:
        number, letter, more = items[-1].groups()
        item = ".".join(x for x in (number, (letter or "").lower(), more or "") if x)
        after = items[-1].end()
    prompt_at = next((m.start() for m in reversed(prompts) if m.start() >= after), after)
    return Said(
        part.replace("Supplement. ", "Supplement "),
        item,
        rest[:prompt_at].strip(),
        rest[prompt_at:].strip(),
    )
