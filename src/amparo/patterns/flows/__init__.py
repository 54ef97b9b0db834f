"""Flows: what followed what for the same person: arrest, transfer, disappearance.

from amparo.patterns import flows, tables
flows.flows(tables.read(Path("acts.csv")), who="person_id", what="violation", when="date")
"""

from amparo.patterns.flows.sequences import Flows, Path, Step, flows

__all__ = ["Flows", "Path", "Step", "flows"]
