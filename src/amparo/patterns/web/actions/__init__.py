"""What is written about counts: that one left."""

from amparo.patterns.web.actions.taking import FORMS, take

__all__ = ["FORMS", "take"]
