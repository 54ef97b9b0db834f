"""Data quality: what stands in the way of counting, said before anything is counted.

    from amparo.patterns import quality, tables
    records = tables.read(Path("victims.csv"))
    quality.ages(records, "age"), quality.days(records, "date"), quality.missing(records)

Heaping shows where numbers were rounded or guessed; missingness where a table is silent; agreement
how far two people read the same papers in the same way; coverage what the sources do not reach.
"""

from amparo.patterns.quality.ages import Ages, ages, myers, whipple
from amparo.patterns.quality.agreement import Agreement, agreement, alpha, cohen, fleiss
from amparo.patterns.quality.days import Days, days
from amparo.patterns.quality.missing import Missing, Uneven, depends, missing
from amparo.patterns.quality.sources import Coverage, coverage

__all__ = [
    "Ages",
    "Agreement",
    "Coverage",
    "Days",
    "Missing",
    "Uneven",
    "ages",
    "agreement",
    "alpha",
    "cohen",
    "coverage",
    "days",
    "depends",
    "fleiss",
    "missing",
    "myers",
    "whipple",
]
