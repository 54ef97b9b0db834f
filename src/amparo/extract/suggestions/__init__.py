"""Names, dates, places and numbers in a text, suggested for a person to accept or reject.

Nothing here is asserted. Each suggestion names the tool that made it, the passage that it stands
in, how sure it is, and why. ``looking`` runs all of them in a worker of the reading room.
"""

from amparo.extract.suggestions.values import Certainty, Kind, Suggestion

__all__ = ["Certainty", "Kind", "Suggestion"]
