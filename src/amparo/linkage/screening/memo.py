"""The memo of a screening: which lists, what was asked, every hit with its reasons and ruling.

A PDF (PDF/A-2u). It says of nobody that they are who is on a list: where a person ruled so, it
says who did, when and why. What was not screened is said as plainly as what was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib import resources

from amparo.base.typeset import typeset

__all__ = ["Memo", "MemoHit", "MemoList", "MemoName", "MemoOwned", "set_memo"]


@dataclass(frozen=True, slots=True)
class MemoList:
    """A list as it was used; ``failed`` says why it was not, "" when it was."""

    title: str
    name: str
    dated: str
    sha256: str
    entries: int
    remarks: Sequence[str]
    failed: str


@dataclass(frozen=True, slots=True)
class MemoHit:
    """An entry that may be who was asked; ``ruling`` is a sentence with who and when, or ""."""

    name: str
    spelling: str
    title: str
    number: str
    programmes: str
    score: str
    reasons: Sequence[str]
    agrees: Sequence[str]
    disagrees: Sequence[str]
    unknown: Sequence[str]
    owned: Sequence[str]
    ruling: str
    why: str


@dataclass(frozen=True, slots=True)
class MemoName:
    """Who was asked, and their hits. ``known``: what was known of them, in words."""

    name: str
    spellings: Sequence[str]
    known: str
    hits: Sequence[MemoHit]
    cut: bool


@dataclass(frozen=True, slots=True)
class MemoOwned:
    """What the 50 percent rule comes to for a body."""

    name: str
    verdict: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Memo:
    """What the memo says. ``unscreened``: parties that were not asked, or not as written now."""

    matter_number: str
    matter_title: str
    by: str
    made: str
    set_on: str
    least: str
    lists: Sequence[MemoList]
    names: Sequence[MemoName]
    owned: Sequence[MemoOwned]
    unscreened: Sequence[str]


def set_memo(memo: Memo, *, made_at: datetime, paper: str = "a4") -> bytes:
    """The PDF of ``memo``, in English."""
    source = resources.files("amparo.linkage.screening").joinpath("memo.typ").read_text("utf-8")
    inputs = {"memo": asdict(memo), "paper": paper}
    return typeset(source, inputs=inputs, made_at=made_at.replace(microsecond=0), standard="a-2u")
