"""The ledger: a chain of entries, signed and time-stamped, and how it is verified."""

from amparo.evidence.ledger.chain import (
    GENESIS,
    Entry,
    Fact,
    Head,
    Row,
    append,
    moment,
    parse,
    walk,
)

__all__ = ["GENESIS", "Entry", "Fact", "Head", "Row", "append", "moment", "parse", "walk"]
