"""A trend as a finding: counts by period with intervals, the slope, the changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from amparo.base.errors import UsageError
from amparo.patterns import charts, trends
from amparo.patterns.charts import Picture
from amparo.patterns.findings import Cell, Finding, Grid
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.notebook import opening
from amparo.patterns.web.words import UNITS, group_words, label_words, per_cent

__all__ = ["trend"]

SHUFFLES = 999
MOST_BY_CHANCE = 0.05


def trend(sheet: Sheet, asked: Mapping[str, Any], *, chance: bool = True) -> Finding:
    """Count by period. UsageError where nothing can be dated; what needs more is refused in words.

    Without ``chance`` nothing is drawn at random: enough to open a number's rows.
    """
    found = trends.series(sheet.records, by=asked["by"], unit=asked["unit"])
    many = str(UNITS[asked["unit"]].many)
    slope, why_no_slope = _slope(found)
    changes, why_no_changes = _changes(found, SHUFFLES if chance else 0)
    title = _("%(units)s over time") % {"units": many}
    return Finding(
        title=title[:1].upper() + title[1:],
        counted=many,
        says=(*_slope_words(slope), *_change_words(found, changes)),
        warnings=tuple(_warnings(found, many, slope, changes, (why_no_slope, why_no_changes))),
        notes=(*found.table.notes, *_notes()),
        grids=tuple(_grids(found, many, changes)),
        pictures=(_picture(found, many, changes),),
        python="\n".join(
            [
                opening(sheet, "trends"),
                f"series = trends.series(records, by={asked['by']!r}, unit={asked['unit']!r})",
                "trends.slope(series.counts)",
                "trends.changes(series.counts)",
            ]
        ),
    )


def _slope(found: trends.Series) -> tuple[trends.Slope | None, UsageError | None]:
    try:
        return trends.slope(found.counts), None
    except UsageError as error:
        return None, error


def _changes(
    found: trends.Series, shuffles: int
) -> tuple[trends.Changes | None, UsageError | None]:
    try:
        return trends.changes(found.counts, shuffles=shuffles), None
    except UsageError as error:
        return None, error


def _slope_words(slope: trends.Slope | None) -> Iterator[str]:
    if slope is None:
        return
    told = {
        "percent": f"{slope.percent:+.1f}",
        "lower": f"{slope.lower:+.1f}",
        "upper": f"{slope.upper:+.1f}",
    }
    if slope.is_clear:
        yield (
            _(
                "On average the count changed by %(percent)s %% from one period to the next "
                "(95 %% interval: %(lower)s to %(upper)s)."
            )
            % told
        )
    else:
        yield (
            _(
                "No steady rise or fall can be told from chance: %(percent)s %% from one period to "
                "the next, and the 95 %% interval, %(lower)s to %(upper)s, holds none at all."
            )
            % told
        )


def _change_words(found: trends.Series, changes: trends.Changes | None) -> Iterator[str]:
    if changes is None:
        return
    if not changes.changes:
        yield _("No change from one level to another was found.")
    for each in changes.changes:
        told = {
            "period": found.periods[each.at],
            "first": found.periods[each.earliest],
            "last": found.periods[each.latest],
            "before": f"{each.before:.1f}",
            "after": f"{each.after:.1f}",
        }
        if each.earliest == each.latest:
            yield _("At %(period)s the level went from %(before)s a period to %(after)s.") % told
        else:
            yield (
                _(
                    "At %(period)s (between %(first)s and %(last)s) the level went from "
                    "%(before)s a period to %(after)s."
                )
                % told
            )


def _warnings(
    found: trends.Series,
    many: str,
    slope: trends.Slope | None,
    changes: trends.Changes | None,
    refused: tuple[UsageError | None, ...],
) -> Iterator[str]:
    for error in refused:
        if error is not None:
            yield f"{error.message} {error.next_step}"
    for label, count in found.left_out.items():
        yield _("%(count)s %(units)s are in no period: “%(label)s”.") % {
            "count": count,
            "units": many,
            "label": label_words(label),
        }
    if slope is not None and slope.dispersion > 2:
        yield _(
            "The counts vary %(times)s times as much as independent things would: they come in "
            "bursts, or reports do. The intervals of single periods are too narrow for that."
        ) % {"times": f"{slope.dispersion:.1f}"}
    if changes is not None and changes.changes and changes.p > MOST_BY_CHANCE:
        yield _(
            "Shuffled in time, these counts have a change as strong in %(share)s of %(shuffles)s "
            "tries: what looks like a change may be a single unusual period."
        ) % {"share": per_cent(changes.p), "shuffles": changes.shuffles}
    zeros = found.counts.count(0)
    if zeros:
        yield _(
            "%(count)s of %(all)s periods have no record. That may be quiet or silence; the table "
            "cannot tell which."
        ) % {"count": zeros, "all": len(found.counts)}


def _notes() -> tuple[str, ...]:
    return (
        _(
            "Intervals of single periods: Garwood 1936, exact for counts of independent things. "
            "Slope: Poisson regression with extra variation (McCullagh and Nelder 1989). Changes: "
            "the best parting into levels, priced by BIC (Jackson 2005, Yao 1988)."
        ),
        _(
            "The first and the last period may be incomplete, and recent ones are often still "
            "being documented."
        ),
    )


def _grids(found: trends.Series, many: str, changes: trends.Changes | None) -> Iterator[Grid]:
    heads = (group_words(found.by), many, _("lower limit"), _("upper limit"), _("level"))
    lines = []
    for i, (period, count) in enumerate(zip(found.periods, found.counts, strict=True)):
        low, high = trends.poisson_interval(count)
        behind = partial(found.rows, period) if count else None
        level = Cell(changes.levels[i], digits=1) if changes else Cell("")
        lines.append(
            (
                Cell(period),
                Cell(count, behind),
                Cell(low, digits=1),
                Cell(high, digits=1),
                level,
            )
        )
    yield Grid(_("By period"), heads, tuple(lines))
    if found.left_out:
        yield Grid(
            _("In no period"),
            (_("What the date says"), many),
            tuple(
                (Cell(label_words(label)), Cell(count, partial(found.rows, label)))
                for label, count in found.left_out.items()
            ),
        )


def _picture(found: trends.Series, many: str, changes: trends.Changes | None) -> Picture:
    rows: list[charts.Row] = []
    for i, (period, count) in enumerate(zip(found.periods, found.counts, strict=True)):
        low, high = trends.poisson_interval(count)
        level = changes.levels[i] if changes and changes.changes else None
        rows.append({"period": period, "count": count, "lower": low, "upper": high, "level": level})
    words = _(
        "%(units)s from %(first)s to %(last)s: the lowest count is %(least)s, the highest %(most)s "
        "(%(when)s). Points are counts, bars their intervals, the broken line the level."
    ) % {
        "units": many,
        "first": found.periods[0],
        "last": found.periods[-1],
        "least": min(found.counts),
        "most": max(found.counts),
        "when": found.periods[found.counts.index(max(found.counts))],
    }
    title = _("%(units)s over time") % {"units": many}
    title = title[:1].upper() + title[1:]
    return charts.picture(charts.lines(rows, counted=many), title=title, words=words)
