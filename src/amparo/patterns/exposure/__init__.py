"""Exposure by unit and chain of command: whose units were named, and who stood above them then.

    from amparo.patterns import exposure, tables
    chain = exposure.chain(tables.read(Path("units.csv")))
    exposure.exposed(tables.read(Path("acts.csv")), chain, unit="unit", when="date")

That a unit stood above another says who was placed to command. It does not say who commanded,
knew or failed to act: that needs evidence of its own.
"""

from amparo.patterns.exposure.chain import Chain, Post, chain
from amparo.patterns.exposure.exposed import Exposed, Line, exposed

__all__ = ["Chain", "Exposed", "Line", "Post", "chain", "exposed"]
