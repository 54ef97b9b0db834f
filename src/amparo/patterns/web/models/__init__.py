"""Rows of counts: the estimates that were asked for, what came of each, what words mean."""

from amparo.patterns.web.models.estimates import Estimation, EstimationResult
from amparo.patterns.web.models.words import TableWord

__all__ = ["Estimation", "EstimationResult", "TableWord"]
