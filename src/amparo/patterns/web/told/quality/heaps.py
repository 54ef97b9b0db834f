"""Ages and days that were rounded or guessed."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amparo.patterns import charts
from amparo.patterns import quality as methods
from amparo.patterns.findings import Cell, Grid
from amparo.patterns.quality.days import Days
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.quality.telling import Telling, opening_cell
from amparo.patterns.web.words import per_cent

__all__ = ["ages", "days"]


def ages(told: Telling, sheet: Sheet, column: str) -> None:
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
        (Cell(str(digit)), opening_cell(rows), Cell(per_cent(len(rows) / found.stated)))
        for digit, rows in enumerate(found.rows)
    ]
    if found.unread:
        lines.append((Cell(_("no age")), opening_cell(found.unread_rows), Cell("")))
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


def days(told: Telling, sheet: Sheet, column: str) -> None:
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
            opening_cell(found.rows[name]),
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


def _heaps(told: Telling, found: Days, column: str) -> None:
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
        (Cell(str(heap.day)), opening_cell(heap.rows), Cell(heap.expected, digits=1))
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
