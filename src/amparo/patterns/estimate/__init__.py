"""Multiple systems estimation: how many there were, from how the lists overlap.

    from amparo.patterns import estimate
    table = estimate.from_csv(path)          # or from_frame(a pandas or polars frame)
    answer = estimate.estimate(table)
    answer.estimate, answer.lower, answer.upper, answer.reasons

Every estimate stands on assumptions that ``words`` says in plain sentences. What cannot be
estimated is refused with the reason: see ``checks``. Each method has a file of its own;
docs/estimate.md derives them.
"""

from amparo.patterns.estimate.histories import Table, from_csv, from_frame, from_records, from_rows
from amparo.patterns.estimate.methods import METHODS, Estimate, Settings, estimate

__all__ = [
    "METHODS",
    "Estimate",
    "Settings",
    "Table",
    "estimate",
    "from_csv",
    "from_frame",
    "from_records",
    "from_rows",
]
