"""Cross-tables: how many acts, victims, events or deprivations, by what, and which rows they are.

    from amparo.patterns import tables
    records = tables.read(Path("acts.csv"))
    table = tables.cross(records, rows="year", columns="perpetrator", unit="victim")
    table.count("2021", "Interior Guard"), table.notes

What is counted is always named. A victim of three acts is one victim and three acts, so a table of
victims does not add up to its totals where somebody stands in several cells, and says so.
"""

from amparo.patterns.tables.crossing import CrossTable, cross, rows_of
from amparo.patterns.tables.meanings import meanings_of
from amparo.patterns.tables.records import Records, read
from amparo.patterns.tables.suppression import suppress

__all__ = ["CrossTable", "Records", "cross", "meanings_of", "read", "rows_of", "suppress"]
