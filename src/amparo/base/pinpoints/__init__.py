"""Pinpoints: the exact passage of a file that a statement rests on.

A pinpoint is the SHA-256 of the file's bytes and a selector inside it, written as in the W3C
Web Annotation Data Model. It is a value: it has a canonical id, words for people, a URL
fragment, and a way back to its place when the text was read anew.
"""

from amparo.base.pinpoints.anchoring import Anchor, find_quote, quote
from amparo.base.pinpoints.annotations import from_annotation, to_annotation
from amparo.base.pinpoints.fragments import from_fragment, to_fragment
from amparo.base.pinpoints.selectors import (
    PageSelector,
    Pinpoint,
    QuoteSelector,
    Rectangle,
    RowSelector,
    SecondsSelector,
    Selector,
    WarcSelector,
)
from amparo.base.pinpoints.wording import describe

__all__ = [
    "Anchor",
    "PageSelector",
    "Pinpoint",
    "QuoteSelector",
    "Rectangle",
    "RowSelector",
    "SecondsSelector",
    "Selector",
    "WarcSelector",
    "describe",
    "find_quote",
    "from_annotation",
    "from_fragment",
    "quote",
    "to_annotation",
    "to_fragment",
]
