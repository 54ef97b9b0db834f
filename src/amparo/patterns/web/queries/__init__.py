"""What is read for the pages of counts: the tables among a matter's files, and their estimates."""

from amparo.patterns.web.queries.estimates import (
    EstimationLine,
    estimation_for,
    estimations_in,
    estimations_of,
    filled_strata_of,
    line_of,
    lists_of,
    strata_of,
)
from amparo.patterns.web.queries.tables import Sheet, sheet_of
from amparo.patterns.web.queries.words import own_of, words_said

__all__ = [
    "EstimationLine",
    "Sheet",
    "estimation_for",
    "estimations_in",
    "estimations_of",
    "filled_strata_of",
    "line_of",
    "lists_of",
    "own_of",
    "sheet_of",
    "strata_of",
    "words_said",
]
