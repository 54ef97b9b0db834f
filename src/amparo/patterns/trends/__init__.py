"""Trends: a unit counted by period, with intervals, a slope, and the points where it changed.

from amparo.patterns import tables, trends
records = tables.read(Path("acts.csv"))
series = trends.series(records, by="year", unit="act")
trends.slope(series.counts), trends.changes(series.counts)
"""

from amparo.patterns.trends.changes import Changes, changes
from amparo.patterns.trends.intervals import poisson_interval
from amparo.patterns.trends.series import Series, series
from amparo.patterns.trends.slope import Slope, slope

__all__ = ["Changes", "Series", "Slope", "changes", "poisson_interval", "series", "slope"]
