"""Who made the table: what its sources reach, how far its coders agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.patterns import quality as methods
from amparo.patterns.findings import Cell, Grid
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.quality.telling import Telling, opening_cell
from amparo.patterns.web.words import group_words, label_words, per_cent

__all__ = ["agreement", "sources"]

MOST_SILENT = 30


def sources(told: Telling, sheet: Sheet, source: str, by: str) -> None:
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


def agreement(told: Telling, sheet: Sheet, coders: Sequence[str]) -> None:
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
            (Cell(one), Cell(other), opening_cell(rows)) for one, other, _count, rows in found.pairs
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


def _lazy(look: Callable[..., list[int]], sheet: Sheet, label: str) -> Callable[[], list[int]]:
    return lambda: look(sheet.records, label)
