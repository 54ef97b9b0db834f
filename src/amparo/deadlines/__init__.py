"""Deadlines: dates computed from rules that are data, each with its source and how sure it is.

    from amparo.deadlines import compute, rulebook
    outcome = compute(rulebook()["us.asylum.one-year"], "2025-03-14")
    outcome.date, [step.words for step in outcome.steps]

Amparo gives no legal advice: an outcome states the rule, its source, the day it was checked, every
step of the count, and each other reading; what cannot be computed is refused with the reason.
"""

from amparo.deadlines.computing import compute
from amparo.deadlines.outcomes import Fixed, Outcome, Reading
from amparo.deadlines.rules import Rule
from amparo.deadlines.schema import rulebook

__all__ = ["Fixed", "Outcome", "Reading", "Rule", "compute", "rulebook"]
