"""Co-occurrence: which acts come together on the same victim or event, and which ways repeat.

from amparo.patterns import cooccurrence, tables
records = tables.read(Path("acts.csv"))
cooccurrence.together(records, what="violation", within="person_id")
"""

from amparo.patterns.cooccurrence.together import Pair, Together, Way, together

__all__ = ["Pair", "Together", "Way", "together"]
