"""Charts: pictures of counts as SVG, drawn here and not in a browser, with their words beside."""

from amparo.patterns.charts.beside import intervals, threads
from amparo.patterns.charts.drawing import Picture, as_png, picture
from amparo.patterns.charts.kinds import Row, bars, heat, lines, places

__all__ = [
    "Picture",
    "Row",
    "as_png",
    "bars",
    "heat",
    "intervals",
    "lines",
    "picture",
    "places",
    "threads",
]
