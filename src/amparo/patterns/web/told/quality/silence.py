"""What each column says and does not say."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.extract.rows import letters
from amparo.patterns import quality as methods
from amparo.patterns.findings import Cell, Grid
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.quality.telling import Telling, opening_cell
from amparo.patterns.web.words import group_words, label_words, per_cent

__all__ = ["columns"]


def columns(told: Telling, sheet: Sheet, by: str) -> None:
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
                opening_cell(each.empty),
                Cell(per_cent(len(each.empty) / max(1, found.rows))),
                opening_cell(each.unknown),
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
        together = [
            (Cell(", ".join(each.columns)), opening_cell(each.rows)) for each in found.patterns
        ]
        told.grids.append(Grid(_("Empty together"), (_("columns"), _("rows")), tuple(together)))
    for uneven in found.uneven:
        _tell_uneven(told, uneven)


def _tell_uneven(told: Telling, uneven: Any) -> None:
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
