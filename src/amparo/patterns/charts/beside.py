"""Two more kinds: a value with its interval and another beside it, and threads over rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from amparo.patterns.charts.drawing import INK, MARK, PALE, WIDTH
from amparo.patterns.charts.kinds import Row

if TYPE_CHECKING:
    import altair

__all__ = ["intervals", "threads"]

_ROW, _HEIGHT = 26, 160


def intervals(rows: Sequence[Row], *, counted: str, per_cent: bool = False) -> altair.Chart:
    """A line for each row of ``label``, ``value``, ``lower``, ``upper``, in their order: its
    interval, a dot for its value, and a ring at ``beside`` where they have one."""
    import altair as alt

    order = list(dict.fromkeys(str(row["label"]) for row in rows))
    data = alt.InlineData(values=[dict(row) for row in rows])
    base = alt.Chart(data, width=WIDTH - 200, height=_ROW * max(1, len(order))).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, ticks=False))
    )
    form = {"format": ".0%"} if per_cent else {"tickMinStep": 1}
    span = base.mark_rule(color=PALE, strokeWidth=5).encode(
        x=alt.X("lower:Q", title=counted, axis=alt.Axis(**form)), x2="upper:Q"
    )
    ring = base.mark_point(color=INK, filled=False, size=80, strokeWidth=1.5, opacity=1)
    dot = base.mark_point(color=MARK, filled=True, size=60, opacity=1).encode(x="value:Q")
    rings = [ring.encode(x="beside:Q")] if any("beside" in row for row in rows) else []
    drawn: altair.Chart = alt.layer(span, *rings, dot)  # type: ignore[assignment]
    return drawn


def threads(lines: Sequence[Sequence[float]], *, across: str, down: str) -> altair.Chart:
    """One thin line for each of ``lines``, over rounds counted from 1."""
    import altair as alt

    rows = [
        {"round": at, "value": value, "line": number}
        for number, line in enumerate(lines)
        for at, value in enumerate(line, start=1)
    ]
    chart = alt.Chart(alt.InlineData(values=rows), width=WIDTH - 60, height=_HEIGHT)
    drawn: altair.Chart = chart.mark_line(color=MARK, strokeWidth=1, opacity=0.6).encode(
        x=alt.X("round:Q", title=across, axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("value:Q", title=down, scale=alt.Scale(zero=False)),
        detail="line:N",
    )
    return drawn
