"""The custody report: what was received from whom, when and how, and what was done with it.

A PDF for a court's registry, set from the same records that a package carries. Everything that
people or evidence wrote is shown as text, in its own script and direction.
"""

from amparo.evidence.packages.report.labels import LABELS
from amparo.evidence.packages.report.paper import custody_report

__all__ = ["LABELS", "custody_report"]
