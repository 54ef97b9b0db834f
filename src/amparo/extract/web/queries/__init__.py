"""Reads of what files say: pages with their marks, conversations, sheets, players, translations."""

from amparo.extract.web.queries.items import (
    Mark,
    Piece,
    Shown,
    can_be_set,
    derivatives_of,
    item_for,
    jobs_for,
    mark_of,
    marks_of,
    pinpoint_for,
    quote_of,
    shown,
    shown_as_set,
    troubled_items,
)

__all__ = [
    "Mark",
    "Piece",
    "Shown",
    "can_be_set",
    "derivatives_of",
    "item_for",
    "jobs_for",
    "mark_of",
    "marks_of",
    "pinpoint_for",
    "quote_of",
    "shown",
    "shown_as_set",
    "troubled_items",
]
