"""Reads of evidence: the list and its filters, custody, exhibits, holds, what the ledger states."""

from amparo.evidence.web.queries.filtering import Choices, Filter, choices, items_of
from amparo.evidence.web.queries.items import (
    NEWEST,
    ORDERS,
    Page,
    every_item,
    intakes_of,
    page_of,
)

__all__ = [
    "NEWEST",
    "ORDERS",
    "Choices",
    "Filter",
    "Page",
    "choices",
    "every_item",
    "intakes_of",
    "items_of",
    "page_of",
]
