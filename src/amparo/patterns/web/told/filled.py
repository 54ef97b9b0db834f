"""Missing values filled in many times, as a finding: the counts, and whether one may trust them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.base.errors import UsageError
from amparo.patterns import charts, imputation
from amparo.patterns.charts import Picture
from amparo.patterns.estimate.pooling import few
from amparo.patterns.findings import Cell, Finding, Grid
from amparo.patterns.imputation.diagnostics import TOO_MUCH
from amparo.patterns.quality.missing import Uneven
from amparo.patterns.tables import rows_of
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.notebook import opening
from amparo.patterns.web.words import UNITS, group_words, label_words, per_cent

__all__ = ["filled"]

MOST_WORK = 12_000_000
MOST_DRAWN = 40
FAR = 0.1


def filled(sheet: Sheet, asked: Mapping[str, Any], *, chance: bool = True) -> Finding:
    """Counts by a column whose silent cells were filled in; without ``chance`` as few times as
    give the same grids. UsageError where that takes longer than a page may."""
    times = int(asked["times"]) if chance else 2
    _refuse_long(sheet, asked, times)
    made = imputation.impute(
        sheet.records,
        asked["fill"],
        using=asked["using"],
        times=times,
        also_unknown=asked["unknown"],
    )
    counted = imputation.counts(made, rows=asked["by"], unit=asked["unit"])
    seen = imputation.diagnose(made)
    many = str(UNITS[asked["unit"]].many)
    title = _("%(units)s by %(rows)s, with silent cells filled in") % {
        "units": many,
        "rows": asked["by"],
    }
    title = title[:1].upper() + title[1:]
    return Finding(
        title=title,
        counted=many,
        says=tuple(_said(made, counted, many)),
        warnings=tuple(_warnings(made, seen)),
        notes=tuple(_notes(seen)),
        grids=(_grid(made, counted, title, many), _columns(made, seen), *_beside(seen)),
        pictures=tuple(_pictures(counted, seen, title, many)),
        python=_python(sheet, asked),
    )


def _refuse_long(sheet: Sheet, asked: Mapping[str, Any], times: int) -> None:
    rounds = 10 if len(asked["fill"]) > 1 else 1
    if len(sheet.records) * len(asked["fill"]) * rounds * times > MOST_WORK:
        raise UsageError(
            "That is too much to fill in while a page waits.",
            next_step="Fill in fewer columns or fewer times, or do it in Python.",
        )


def _said(made: imputation.Imputed, counted: imputation.PooledCounts, many: str) -> Iterator[str]:
    for column in made.columns.values():
        rows = len(column.rows)
        yield ngettext(
            "“%(column)s” does not say in %(count)s row (%(share)s); it was filled in %(times)s "
            "times, each time from rows that are alike in: %(using)s.",
            "“%(column)s” does not say in %(count)s rows (%(share)s); they were filled in "
            "%(times)s times, each time from rows that are alike in: %(using)s.",
            rows,
        ) % {
            "column": column.name,
            "count": rows,
            "share": per_cent(column.share),
            "times": made.times,
            "using": _helpers(made, column.name),
        }
    told = [cell for cell in _stated(counted) if cell.value > cell.stated]
    for cell in sorted(told, key=lambda cell: -cell.value)[:3]:
        yield _(
            "“%(label)s”: %(stated)s %(units)s are stated; with the silent cells filled in about "
            "%(value)s (%(lower)s to %(upper)s)."
        ) % {
            "label": label_words(cell.row),
            "stated": cell.stated,
            "units": many,
            "value": f"{cell.value:.0f}",
            "lower": f"{cell.lower:.0f}",
            "upper": f"{cell.upper:.0f}",
        }


def _helpers(made: imputation.Imputed, name: str) -> str:
    others = [*made.using, *(other for other in made.columns if other != name)]
    return ", ".join(map(group_words, others)) or _("nothing")


def _stated(counted: imputation.PooledCounts) -> list[imputation.PooledCount]:
    """The groups that have a name, those that hold the most first."""
    held = [cell for cell in counted.cells if cell.row in counted.table.row_labels]
    return sorted(held, key=lambda cell: (-cell.value, cell.row))


def _warnings(made: imputation.Imputed, seen: imputation.Diagnosis) -> Iterator[str]:
    yield from few(made.times)
    for column in seen.columns:
        if column.share > TOO_MUCH:
            yield _(
                "More than half of “%(column)s” was filled in. What is counted then is mostly the "
                "assumption, not the record."
            ) % {"column": column.name}
        if not column.is_settled:
            yield _(
                "The rounds of “%(column)s” have not settled (R-hat %(r_hat)s): do not use the "
                "counts; fill in fewer columns together."
            ) % {"column": column.name, "r_hat": f"{column.r_hat:.2f}"}
    for each in seen.unused:
        yield _depends(each) + " " + _("That column did not help to fill it in: choose it too.")
    if seen.too_few and made.times >= 10:
        yield _(
            "So much is silent that it should be filled in %(count)s times or more for the limits "
            "to be steady."
        ) % {"count": seen.replicates_wanted}


def _depends(each: Uneven) -> str:
    stated = [(label, gone / size) for label, gone, size in each.shares if size]
    low, high = min(stated, key=lambda pair: pair[1]), max(stated, key=lambda pair: pair[1])
    return _(
        "Whether “%(column)s” is stated depends on “%(by)s”: it is silent in %(most)s of "
        "“%(high)s” and in %(least)s of “%(low)s”."
    ) % {
        "column": each.column,
        "by": group_words(each.by),
        "most": per_cent(high[1]),
        "high": label_words(high[0]),
        "least": per_cent(low[1]),
        "low": label_words(low[0]),
    }


def _notes(seen: imputation.Diagnosis) -> Iterator[str]:
    yield _(
        "This assumes that among rows alike in the columns that helped, those that are silent are "
        "like those that speak. If somebody is left out because of who it is, as with perpetrators "
        "whom nobody dares to name, no table shows that, and these counts are wrong."
    )
    yield _(
        "What was filled in is no evidence about anybody. It stands in no list of rows and changes "
        "no file; it serves these counts alone."
    )
    for each in seen.used:
        yield _depends(each) + " " + _("That column helped to fill it in, which allows for it.")
    for column in seen.columns:
        if column.distance > FAR:
            yield _(
                "What was filled in of “%(column)s” is spread differently from what is stated "
                "(%(share)s would have to change places). That follows from the columns that "
                "helped; be able to say why."
            ) % {"column": column.name, "share": per_cent(column.distance)}
    yield _(
        "The limits say what the filling leaves open and nothing else; missing information is that "
        "of a group’s share, as if the rows were a sample of their like."
    )
    yield _(
        "Chained equations with predictive mean matching (van Buuren 2018; Little 1988; Heitjan "
        "and Little 1991); combined by the rules of Rubin 1987."
    )


def _grid(
    made: imputation.Imputed, counted: imputation.PooledCounts, title: str, many: str
) -> Grid:
    def stated(cell: imputation.PooledCount) -> Cell:
        rows = rows_of(made.records, counted.table, cell.row) if cell.stated else []
        return Cell(cell.stated, (lambda: rows) if rows else None)

    lines = [
        (
            Cell(label_words(cell.row)),
            stated(cell),
            Cell(cell.value, digits=0),
            Cell(cell.lower, digits=0),
            Cell(cell.upper, digits=0),
            Cell(per_cent(cell.missing)),
        )
        for cell in _stated(counted)
    ]
    heads = (
        counted.rows,
        _("stated"),
        _("with silent cells filled in"),
        _("lower limit"),
        _("upper limit"),
        _("missing information"),
    )
    note = _("Of %(total)s %(units)s, %(count)s do not say.") % {
        "total": counted.total,
        "units": many,
        "count": counted.not_stated,
    }
    return Grid(title, heads, tuple(lines), note)


def _columns(made: imputation.Imputed, seen: imputation.Diagnosis) -> Grid:
    """Each column that was filled in: how much, from what, and whether the rounds settled."""

    def behind(name: str) -> Any:
        return lambda: made.rows(name)

    lines = [
        (
            Cell(column.name),
            Cell(column.filled, behind(column.name)),
            Cell(per_cent(column.share)),
            Cell(len(made.columns[column.name].stated)),
            Cell(_("one round") if column.r_hat is None else f"{column.r_hat:.2f}"),
            Cell("" if column.means is None else f"{column.means[0]:.1f}"),
            Cell("" if column.means is None else f"{column.means[1]:.1f}"),
        )
        for column in seen.columns
    ]
    heads = (
        _("column"),
        _("filled in"),
        _("share"),
        _("stated"),
        _("R-hat of the rounds"),
        _("mean stated"),
        _("mean filled in"),
    )
    return Grid(_("What was filled in"), heads, tuple(lines))


def _beside(seen: imputation.Diagnosis) -> Iterator[Grid]:
    """What is stated beside what was filled in, by column."""
    for column in seen.columns:
        lines = [
            (
                Cell(label_words(each.word)),
                Cell(per_cent(each.stated)),
                Cell(per_cent(each.filled)),
                Cell(per_cent(each.least)),
                Cell(per_cent(each.most)),
            )
            for each in column.beside
        ]
        heads = (
            column.name if column.means is None else _("from"),
            _("of what is stated"),
            _("of what was filled in"),
            _("least"),
            _("most"),
        )
        title = _("“%(column)s”: stated beside filled in") % {"column": column.name}
        yield Grid(title, heads, tuple(lines))


def _pictures(
    counted: imputation.PooledCounts, seen: imputation.Diagnosis, title: str, many: str
) -> Iterator[Picture]:
    drawn: list[charts.Row] = [
        {
            "label": label_words(cell.row),
            "value": cell.value,
            "lower": cell.lower,
            "upper": cell.upper,
            "beside": cell.stated,
        }
        for cell in _stated(counted)[:MOST_DRAWN]
    ]
    words = _(
        "A ring is what is stated, a dot the count with silent cells filled in, and the line how "
        "far that may be off by the filling."
    )
    yield charts.picture(charts.intervals(drawn, counted=many), title=title, words=words)
    for column in seen.columns:
        yield _shares(column)
        if column.r_hat is not None:
            yield _rounds(column)


def _shares(column: imputation.OfColumn) -> Picture:
    rows: list[charts.Row] = [
        {
            "label": label_words(each.word),
            "value": each.filled,
            "lower": each.least,
            "upper": each.most,
            "beside": each.stated,
        }
        for each in column.beside[:MOST_DRAWN]
    ]
    title = _("“%(column)s”: stated beside filled in") % {"column": column.name}
    words = _(
        "A ring is a value’s share of what is stated, a dot its share of what was filled in, and "
        "the line from the least to the most of any time."
    )
    drawn = charts.intervals(rows, counted=_("share"), per_cent=True)
    return charts.picture(drawn, title=title, words=words)


def _rounds(column: imputation.OfColumn) -> Picture:
    title = _("The rounds of “%(column)s”") % {"column": column.name}
    words = _(
        "Each thread is one time of filling in. They should run through one another without rising "
        "or falling together."
    )
    down = _("mean") if column.means is not None else _("share")
    drawn = charts.threads(column.trace, across=_("round"), down=down)
    return charts.picture(drawn, title=title, words=words)


def _python(sheet: Sheet, asked: Mapping[str, Any]) -> str:
    also = ", also_unknown=True" if asked["unknown"] else ""
    return (
        f"{opening(sheet, 'imputation')}"
        f"made = imputation.impute(records, {asked['fill']!r}, using={asked['using']!r}, "
        f"times={asked['times']}{also}, seed=1)\n"
        f"imputation.counts(made, rows={asked['by']!r}, unit={asked['unit']!r}).cells\n"
        "imputation.diagnose(made).columns\n"
        "made.replicate(1)  # filled in once, each filled cell marked"
    )
