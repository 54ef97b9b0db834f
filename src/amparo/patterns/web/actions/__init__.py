"""What is written about counts: that one left, that an estimate was asked for and made, what
words of a table mean."""

from amparo.patterns.web.actions.estimates import (
    ESTIMATE,
    ESTIMATED,
    Asked,
    ask_for_estimate,
    keep_estimate,
    take_estimate,
)
from amparo.patterns.web.actions.taking import FORMS, take
from amparo.patterns.web.actions.words import say_what_words_mean

__all__ = [
    "ESTIMATE",
    "ESTIMATED",
    "FORMS",
    "Asked",
    "ask_for_estimate",
    "keep_estimate",
    "say_what_words_mean",
    "take",
    "take_estimate",
]
