"""Multiple systems estimation: how many there were, from how the lists overlap.

    from amparo.patterns import estimate
    table = estimate.from_csv(path)          # or from_frame(a pandas or polars frame)
    answer = estimate.estimate(table)
    answer.estimate, answer.lower, answer.upper, answer.reasons

Every estimate stands on assumptions that ``words`` says in plain sentences. What cannot be
estimated is refused with the reason: see ``checks``. Each method has a file of its own in
``models``, over ``chains`` and ``kernels``; docs/estimate.md derives them.

A name of this package is loaded when it is first used: the compiler behind the methods takes half a
second, which no command should wait for that estimates nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from amparo.patterns.estimate.histories import Table, from_csv, from_frame, from_records, from_rows

if TYPE_CHECKING:
    from amparo.patterns.estimate.checks import Finding, check
    from amparo.patterns.estimate.figure import Captions
    from amparo.patterns.estimate.figure import figure as picture
    from amparo.patterns.estimate.methods import METHODS, Estimate, Settings, estimate
    from amparo.patterns.estimate.record import table_of
    from amparo.patterns.estimate.whole import Whole, answer_whole
    from amparo.patterns.estimate.words import Words, paragraph, rounded, words_for
else:
    _HOMES = {
        "Captions": ("figure", "Captions"),
        "Estimate": ("methods", "Estimate"),
        "Finding": ("checks", "Finding"),
        "METHODS": ("methods", "METHODS"),
        "Settings": ("methods", "Settings"),
        "Whole": ("whole", "Whole"),
        "Words": ("words", "Words"),
        "answer_whole": ("whole", "answer_whole"),
        "check": ("checks", "check"),
        "estimate": ("methods", "estimate"),
        "paragraph": ("words", "paragraph"),
        "picture": ("figure", "figure"),
        "rounded": ("words", "rounded"),
        "table_of": ("record", "table_of"),
        "words_for": ("words", "words_for"),
    }

    def __getattr__(name: str) -> object:
        """The name from the module that has it (PEP 562)."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, own = _HOMES[name]
        return getattr(import_module(f"{__name__}.{module}"), own)


__all__ = [
    "METHODS",
    "Captions",
    "Estimate",
    "Finding",
    "Settings",
    "Table",
    "Whole",
    "Words",
    "answer_whole",
    "check",
    "estimate",
    "from_csv",
    "from_frame",
    "from_records",
    "from_rows",
    "paragraph",
    "picture",
    "rounded",
    "table_of",
    "words_for",
]
