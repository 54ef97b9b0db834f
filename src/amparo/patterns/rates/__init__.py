"""Rates: counts per people, with exact intervals, and made comparable across ages.

    from amparo.patterns import rates, tables
    records = tables.read(Path("victims.csv"))
    people = rates.populations(tables.read(Path("census.csv")), "province", "population")
    rates.rates(records, rows="province", population=people, unit="victim")

A rate of what was documented: where documentation reaches less, the rate is lower for that alone.
"""

from amparo.patterns.rates.crude import Rate, Rates, populations, rates
from amparo.patterns.rates.standard import Standardised, standardised

__all__ = ["Rate", "Rates", "Standardised", "populations", "rates", "standardised"]
