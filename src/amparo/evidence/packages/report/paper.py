"""The custody report set as a PDF/A."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import resources
from typing import Any

from amparo.base.typeset import typeset
from amparo.evidence.ledger import Head
from amparo.evidence.packages.records import Contents
from amparo.evidence.packages.report.items import Told
from amparo.evidence.packages.report.labels import LABELS
from amparo.evidence.packages.report.statements import Statements

__all__ = ["custody_report"]

MOST_TAGGED = 500
"""Above so many files the structure for screen readers would be four fifths of the PDF."""


def custody_report(
    contents: Contents,
    *,
    fingerprint: str,
    head: Head,
    labels: Mapping[str, str] = LABELS,
    language: str = "en",
    paper: str = "a4",
    over: Callable[[str], str] = str,
) -> bytes:
    """Return the PDF. ``head`` is the ledger as it stood; ``fingerprint`` is its key's, in hex.

    ``over`` rewrites each text, for a reader from whom names are sealed.
    """
    folder = resources.files("amparo.evidence.packages.report")
    source = folder.joinpath("custody-report.typ").read_text("utf-8")
    told = Told(contents, labels, language)
    inputs: dict[str, Any] = {
        "matter": {"number": contents.matter.number, "title": contents.matter.title},
        "export": {
            "by": contents.export.by,
            "at": told.day(contents.export.at),
            "purpose": contents.export.purpose or labels["not_stated"],
        },
        "holds": told.holds(),
        "ledger": {"text": labels["ledger_text"].format(seq=head.seq), "head": head.entry_hash},
        "fingerprint": fingerprint,
        "items": told.items(),
        **Statements(contents, told, labels).told(),
    }
    inputs = {name: _rewritten(value, over) for name, value in inputs.items()}
    inputs |= {"language": language, "paper": paper, "labels": dict(labels)}
    made_at = datetime.fromisoformat(contents.export.at).replace(microsecond=0)
    tagged = len(contents.items) <= MOST_TAGGED
    return typeset(source, inputs=inputs, made_at=made_at, standard="a-2u", tagged=tagged)


def _rewritten(value: Any, over: Callable[[str], str]) -> Any:
    """A value of the report with ``over`` laid on every text in it."""
    if isinstance(value, str):
        return over(value)
    if isinstance(value, Mapping):
        return {name: _rewritten(each, over) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rewritten(each, over) for each in value]
    return value
