"""Data quality as a finding: what stands in the way of counting this table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.base.errors import UsageError
from amparo.extract.rows import letters
from amparo.patterns import charts
from amparo.patterns import quality as methods
from amparo.patterns.charts import Picture
from amparo.patterns.findings import Cell, Finding, Grid
from amparo.patterns.quality.days import Days
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.notebook import opening
from amparo.patterns.web.words import group_words, label_words, per_cent

__all__ = ["quality"]

MOST_SILENT = 30


@dataclass
class _Telling:
    """What has been told so far."""

    says: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    python: list[str] = field(default_factory=list)


def quality(sheet: Sheet, asked: Mapping[str, Any]) -> Finding:
    """Look at a table as it is asked for; what cannot be looked at is refused in words."""
    told = _Telling()
    _columns(told, sheet, asked["by"])
    for name, look in (("age", _ages), ("day", _days)):
        if asked[name]:
            _try(told, look, sheet, asked[name])
    if asked["source"] and asked["by"] and asked["source"] != asked["by"]:
        _sources(told, sheet, asked["source"], asked["by"])
    if asked["coders"]:
        _try(told, _agreement, sheet, asked["coders"])
    return Finding(
        title=_("What this table can bear"),
        counted=_("rows"),
        says=tuple(told.says),
        warnings=tuple(told.warnings),
        notes=tuple(told.notes),
        grids=tuple(told.grids),
        pictures=tuple(told.pictures),
        python="\n".join([opening(sheet, "quality"), *told.python]),
    )


def _try(
    told: _Telling, look: Callable[[_Telling, Sheet, Any], None], sheet: Sheet, asked: Any
) -> None:
    try:
        look(told, sheet, asked)
    except UsageError as error:
        told.warnings.append(f"{error.message} {error.next_step}")


def _columns(told: _Telling, sheet: Sheet, by: str) -> None:
    """Each column with where it stands in the file, and what it does not say."""
    found = methods.missing(sheet.records, by=by)
    told.python.append(f"quality.missing(records{f', by={by!r}' if by else ''})")
    told.says.append(
        ngettext("The table has %(count)s row.", "The table has %(count)s rows.", found.rows)
        % {"count": found.rows}
        + " "
        + _("In %(whole)s of them (%(share)s) no column is empty.")
        % {"whole": len(found.whole), "share": per_cent(len(found.whole) / max(1, found.rows))}
    )
    lines = []
    for number, each in enumerate(found.columns):
        stated = found.rows - len(each.empty)
        lines.append(
            (
                Cell(each.name),
                Cell(letters(number)),
                Cell(stated),
                _opening(each.empty),
                Cell(per_cent(len(each.empty) / max(1, found.rows))),
                _opening(each.unknown),
                Cell(each.words),
            )
        )
    told.grids.append(
        Grid(
            _("Columns"),
            (
                _("column"),
                _("in the file"),
                _("stated"),
                _("empty"),
                _("share empty"),
                _("said to be unknown"),
                _("different values"),
            ),
            tuple(lines),
            _("From “%(name)s”, SHA-256 %(digest)s, row %(head)s names the columns.")
            % {"name": sheet.item.name, "digest": sheet.item.object_id, "head": sheet.head},
        )
    )
    if found.patterns:
        together = [(Cell(", ".join(each.columns)), _opening(each.rows)) for each in found.patterns]
        told.grids.append(Grid(_("Empty together"), (_("columns"), _("rows")), tuple(together)))
    for uneven in found.uneven:
        _tell_uneven(told, uneven)


def _tell_uneven(told: _Telling, uneven: Any) -> None:
    stated = [(label, gone / size) for label, gone, size in uneven.shares if size]
    low, high = min(stated, key=lambda pair: pair[1]), max(stated, key=lambda pair: pair[1])
    told.warnings.append(
        _(
            "Whether “%(column)s” is stated depends on “%(by)s”: it is empty in %(most)s of "
            "“%(high)s” and in %(least)s of “%(low)s”. To leave such rows out would bend every "
            "comparison."
        )
        % {
            "column": uneven.column,
            "by": group_words(uneven.by),
            "most": per_cent(high[1]),
            "high": label_words(high[0]),
            "least": per_cent(low[1]),
            "low": label_words(low[0]),
        }
    )


def _ages(told: _Telling, sheet: Sheet, column: str) -> None:
    found = methods.ages(sheet.records, column)
    told.python.append(f"quality.ages(records, {column!r})")
    if found.whipple is None:
        told.says.append(
            _("%(count)s ages are too few between 23 and 62 to say whether they were rounded.")
            % {"count": found.stated}
        )
    else:
        told.says.append(
            _("Whipple’s index of “%(column)s” is %(index)s (100: no heap on 0 and 5; 500: all).")
            % {"column": column, "index": f"{found.whipple:.0f}"}
        )
    if found.myers is not None:
        told.says.append(
            _("Myers’ blended index is %(index)s (0: no digit preferred; 90: one digit only).")
            % {"index": f"{found.myers:.1f}"}
        )
    if found.is_heaped:
        told.warnings.append(
            _(
                "Ages of “%(column)s” are heaped: many were rounded or guessed. Count by groups of "
                "five or ten years that have the preferred digit in their middle, not by year."
            )
            % {"column": column}
        )
    if found.unread:
        told.warnings.append(
            _("%(count)s cells of “%(column)s” are no age in years.")
            % {"count": found.unread, "column": column}
        )
    lines = [
        (Cell(str(digit)), _opening(rows), Cell(per_cent(len(rows) / found.stated)))
        for digit, rows in enumerate(found.rows)
    ]
    if found.unread:
        lines.append((Cell(_("no age")), _opening(found.unread_rows), Cell("")))
    title = _("Last digits of “%(column)s”") % {"column": column}
    told.grids.append(Grid(title, (_("last digit"), _("rows"), _("share")), tuple(lines)))
    drawn = charts.bars(
        [(str(digit), count) for digit, count in enumerate(found.last_digits)], counted=_("rows")
    )
    words = _("How many ages end in each digit; without rounding all would be about as long.")
    told.pictures.append(charts.picture(drawn, title=title, words=words))
    told.notes.append(
        _(
            "Whipple and Myers: Shryock and Siegel 1973, ch. 8. They were made for whole "
            "populations; victims are not one, so a heap can also lie in who was attacked."
        )
    )


def _days(told: _Telling, sheet: Sheet, column: str) -> None:
    found = methods.days(sheet.records, column)
    told.python.append(f"quality.days(records, {column!r})")
    exact = found.exactness
    dated = sum(count for name, count in exact.items() if name != "not stated")
    told.says.append(
        _("Of %(count)s dates in “%(column)s”, %(day)s name a day (%(share)s).")
        % {
            "count": dated,
            "column": column,
            "day": exact["day"],
            "share": per_cent(exact["day"] / dated),
        }
    )
    lines = [
        (
            Cell(_exactness(name)),
            _opening(found.rows[name]),
            Cell(per_cent(count / len(sheet.records))),
        )
        for name, count in exact.items()
    ]
    title = _("How exact “%(column)s” is") % {"column": column}
    told.grids.append(Grid(title, (_("exact to"), _("rows"), _("share")), tuple(lines)))
    if found.p_days is None:
        told.says.append(_("That is too few to say whether some days stand for “about then”."))
    else:
        _heaps(told, found, column)


def _heaps(told: _Telling, found: Days, column: str) -> None:
    if not found.heaps:
        told.says.append(
            _("No day of the month has twice as many records as the calendar gives it.")
        )
        return
    names = ", ".join(str(heap.day) for heap in found.heaps)
    told.warnings.append(
        _(
            "Dates are heaped on these days of the month: %(days)s. They may stand for “about "
            "then”: do not count such dates by day or week."
        )
        % {"days": names}
    )
    lines = [
        (Cell(str(heap.day)), _opening(heap.rows), Cell(heap.expected, digits=1))
        for heap in found.heaps
    ]
    title = _("Heaped days of “%(column)s”") % {"column": column}
    heads = (_("day of the month"), _("rows"), _("to be expected"))
    told.grids.append(Grid(title, heads, tuple(lines)))


def _exactness(name: str) -> str:
    return {
        "day": _("a day"),
        "month": _("a month"),
        "year": _("a year"),
        "less exact": _("less than a year"),
        "not readable": _("not readable as a date"),
        "not stated": _("not stated"),
    }[name]


def _sources(told: _Telling, sheet: Sheet, source: str, by: str) -> None:
    found = methods.coverage(sheet.records, source=source, by=by)
    told.python.append(f"quality.coverage(records, source={source!r}, by={by!r})")
    told.says.append(
        _("%(share)s of the rows rest on “%(source)s”, the largest source.")
        % {"share": per_cent(found.lean), "source": label_words(found.leans_on)}
    )
    if found.alone:
        told.warnings.append(
            ngettext(
                "One source alone tells of %(names)s.",
                "For each of these one source alone tells: %(names)s.",
                len(found.alone),
            )
            % {"names": ", ".join(map(label_words, found.alone[:MOST_SILENT]))}
        )
    lines = []
    for group in found.groups:
        rows = _lazy(found.rows, sheet, group.label)
        lines.append(
            (
                Cell(label_words(group.label)),
                Cell(group.rows, rows),
                Cell(group.sources),
                Cell(label_words(group.largest)),
                Cell(per_cent(group.share)),
            )
        )
    title = _("What the sources reach, by “%(by)s”") % {"by": group_words(by)}
    heads = (group_words(by), _("rows"), _("sources"), _("largest source"), _("its share"))
    told.grids.append(Grid(title, heads, tuple(lines)))
    if found.silent:
        told.notes.append(
            _(
                "%(count)s pairs of source and group have no record. Where a source is silent it "
                "may have found nothing or not have looked: the table cannot tell which."
            )
            % {"count": len(found.silent)}
        )


def _agreement(told: _Telling, sheet: Sheet, coders: Sequence[str]) -> None:
    found = methods.agreement(sheet.records, coders)
    told.python.append(f"quality.agreement(records, {list(coders)!r})")
    told.says.append(
        _(
            "%(coders)s coded %(units)s rows: Krippendorff’s alpha is %(alpha)s (95 %% interval "
            "%(lower)s to %(upper)s); they said the same in %(percent)s of pairs."
        )
        % {
            "coders": ", ".join(coders),
            "units": found.units,
            "alpha": f"{found.alpha:.3f}",
            "lower": f"{found.lower:.3f}",
            "upper": f"{found.upper:.3f}",
            "percent": per_cent(found.percent / 100),
        }
    )
    for name, value in (("Cohen", found.cohen), ("Fleiss", found.fleiss)):
        if value is not None:
            told.says.append(
                _("%(name)s’s kappa is %(value)s.") % {"name": name, "value": f"{value:.3f}"}
            )
    if found.verdict != "reliable":
        told.warnings.append(_verdict(found.verdict))
    if found.pairs:
        lines = [
            (Cell(one), Cell(other), _opening(rows)) for one, other, _count, rows in found.pairs
        ]
        heads = (_("one said"), _("another said"), _("rows"))
        told.grids.append(Grid(_("Where coders differ"), heads, tuple(lines)))
    told.notes.append(
        _("Agreement: Cohen 1960, Fleiss 1971, Krippendorff 2018; interval from 1,000 drawings.")
    )


def _verdict(verdict: str) -> str:
    if verdict == "tentative":
        return _(
            "Agreement allows tentative words only (alpha from .667, and below .800 within its "
            "interval): settle the rules of coding and code again before publishing."
        )
    return _(
        "Coders do not agree enough for these codes to be counted: talk over where they differ, "
        "write the rule down, and code again."
    )


def _opening(rows: Sequence[int]) -> Cell:
    """A count that opens these rows."""
    return Cell(len(rows), (lambda: rows) if rows else None)


def _lazy(look: Callable[..., list[int]], sheet: Sheet, label: str) -> Callable[[], list[int]]:
    return lambda: look(sheet.records, label)
