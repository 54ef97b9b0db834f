"""What is written about counts: that one left, that an estimate was asked for and made."""

from amparo.patterns.web.actions.estimates import (
    ESTIMATE,
    ESTIMATED,
    Asked,
    ask_for_estimate,
    keep_estimate,
    take_estimate,
)
from amparo.patterns.web.actions.taking import FORMS, take

__all__ = [
    "ESTIMATE",
    "ESTIMATED",
    "FORMS",
    "Asked",
    "ask_for_estimate",
    "keep_estimate",
    "take",
    "take_estimate",
]
