"""The four kinds of chart that counts need: bars, a line with its interval, a heat map, a map.

Each takes plain rows and gives an Altair chart without colours of its own that would mean
something: what a colour says stands in words or numbers beside it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from amparo.patterns.charts.drawing import INK, MARK, ON_CELLS, PALE, WIDTH

if TYPE_CHECKING:
    import altair

__all__ = ["Row", "bars", "heat", "lines", "places"]

_BAR = 22
_HEIGHT = 260
_MOST_LABELS = 24

Row = Mapping[str, str | int | float | bool | None]


def bars(counts: Sequence[tuple[str, int | float]], *, counted: str) -> altair.Chart:
    """A bar for each label in the order given, its number at its end."""
    import altair as alt

    data = alt.InlineData(values=[{"label": label, "count": count} for label, count in counts])
    order = [label for label, _ in counts]
    base = alt.Chart(data, width=WIDTH - 200, height=_BAR * max(1, len(order))).encode(
        y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=220, ticks=False)),
        x=alt.X("count:Q", title=counted, axis=alt.Axis(tickMinStep=1)),
    )
    numbers = base.mark_text(align="left", dx=4, color=INK).encode(text="count:Q")
    both: altair.Chart = base.mark_bar(color=MARK) + numbers
    return both


def lines(rows: Sequence[Row], *, counted: str) -> altair.Chart:
    """Counts by period with intervals: rows of ``period``, ``count``, ``lower``, ``upper``,
    ``level`` (the mean of the stretch between changes, or None)."""
    import altair as alt

    order = [str(row["period"]) for row in rows]
    every = max(1, -(-len(order) // _MOST_LABELS))
    ticks = order[::every]
    data = alt.InlineData(values=[dict(row) for row in rows])
    x = alt.X("period:N", sort=order, title=None, axis=alt.Axis(values=ticks, labelAngle=-45))
    base = alt.Chart(data, width=WIDTH, height=_HEIGHT).encode(x=x)
    band = base.mark_rule(color=PALE, strokeWidth=3).encode(
        y=alt.Y("lower:Q", title=counted), y2="upper:Q"
    )
    points = base.mark_point(color=MARK, filled=True, size=36, opacity=1).encode(y="count:Q")
    level = base.mark_line(color=INK, interpolate="step", strokeDash=[5, 3]).encode(y="level:Q")
    return alt.layer(band, level, points)  # type: ignore[return-value]


def heat(rows: Sequence[Row], *, across: str, down: str, counted: str) -> altair.Chart:
    """Numbers by two labels, darker for more, each number written: rows of ``across``, ``down``,
    ``count``; None is withheld."""
    import altair as alt

    most = max((float(row["count"] or 0) for row in rows), default=0)
    data = alt.InlineData(
        values=[{**row, "dark": float(row["count"] or 0) > most / 2} for row in rows]
    )
    columns = list(dict.fromkeys(str(row["across"]) for row in rows))
    labels = list(dict.fromkeys(str(row["down"]) for row in rows))
    base = alt.Chart(data, width=min(WIDTH, 70 * len(columns)), height=26 * len(labels)).encode(
        x=alt.X(
            "across:N", sort=columns, title=across, axis=alt.Axis(orient="top", labelAngle=-40)
        ),
        y=alt.Y("down:N", sort=labels, title=down or None, axis=alt.Axis(labelLimit=300)),
    )
    colour = alt.Color(
        "count:Q",
        title=counted,
        scale=alt.Scale(domain=[0, most or 1], range=["#eef4f3", MARK]),
        legend=None,
    )
    words = base.mark_text().encode(
        text="count:Q", color=alt.condition("datum.dark", alt.value("#fffffe"), alt.value(ON_CELLS))
    )
    return alt.layer(base.mark_rect().encode(color=colour), words)  # type: ignore[return-value]


def places(rows: Sequence[Row], *, counted: str) -> altair.Chart:
    """Points by ``x`` and ``y`` in the units of the table, those ``inside`` a cluster filled."""
    import altair as alt

    data = alt.InlineData(values=[dict(row) for row in rows])
    points = alt.Chart(data, width=WIDTH - 160, height=_HEIGHT + 120).mark_point(opacity=1)
    drawn: altair.Chart = points.encode(
        x=alt.X("x:Q", title=None, scale=alt.Scale(zero=False, padding=20)),
        y=alt.Y("y:Q", title=None, scale=alt.Scale(zero=False, padding=20)),
        size=alt.Size("count:Q", title=counted),
        shape=alt.Shape("cluster:N", title=None),
        color=alt.Color("cluster:N", title=None, scale=alt.Scale(scheme="dark2")),
    )
    return drawn
