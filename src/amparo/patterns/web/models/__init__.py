"""Rows of counts: the estimates that were asked for, and what came of each."""

from amparo.patterns.web.models.estimates import Estimation, EstimationResult

__all__ = ["Estimation", "EstimationResult"]
