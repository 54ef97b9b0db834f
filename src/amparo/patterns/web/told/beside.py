"""What needs a second table: rates per people, exposure up a chain of command."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from amparo.base.errors import UsageError
from amparo.patterns import charts
from amparo.patterns import exposure as command
from amparo.patterns import rates as per_people
from amparo.patterns.findings import Cell, Finding, Grid
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.notebook import opening
from amparo.patterns.web.words import PEOPLE, UNITS, group_words, label_words

__all__ = ["exposure", "rates"]

PER = 100_000
MOST_DRAWN = 40


def rates(sheet: Sheet, asked: Mapping[str, Any]) -> Finding:
    """Counts per 100,000 people of each group."""
    other: Sheet = asked["other"]
    label, number = _people_columns(other)
    people = per_people.populations(other.records, label, number)
    found = per_people.rates(
        sheet.records, rows=asked["rows"], population=people, unit=asked["unit"], per=PER
    )
    many = str(UNITS[asked["unit"]].many)
    title = _("%(units)s per 100,000 people, by %(rows)s") % {
        "units": many,
        "rows": group_words(asked["rows"]),
    }
    return Finding(
        title=title[:1].upper() + title[1:],
        counted=many,
        says=tuple(_rate_words(found, many)),
        warnings=tuple(_rate_warnings(found, many)),
        notes=(
            _("People from “%(name)s”, column “%(column)s”, SHA-256 %(digest)s.")
            % {"name": other.item.name, "column": number, "digest": other.item.object_id},
            _(
                "Intervals: Garwood 1936, of the count alone. These are rates of what was "
                "documented: where fewer were reached, fewer were counted."
            ),
        ),
        grids=(_rate_grid(found, many, asked["rows"]),),
        pictures=(_rate_picture(found, title[:1].upper() + title[1:]),),
        python=f"{opening(sheet, 'rates')}"
        f"census = tables.read(Path({other.item.name!r}))\n"
        f"people = rates.populations(census, {label!r}, {number!r})\n"
        f"rates.rates(records, rows={asked['rows']!r}, population=people, unit={asked['unit']!r})",
    )


def _people_columns(other: Sheet) -> tuple[str, str]:
    names = list(other.records.columns)
    number = next((name for name in names if name.casefold() in PEOPLE), "")
    if not number or names[0] == number:
        raise UsageError(
            f"“{other.item.name}” has no column of people.",
            next_step="Its first column names the groups; the column population counts people.",
        )
    return names[0], number


def _rate_words(found: per_people.Rates, many: str) -> Iterator[str]:
    stable = [rate for rate in found.rates if not rate.is_unstable]
    if stable:
        highest = stable[0]
        yield _(
            "The highest rate that can be compared is that of “%(label)s”: %(rate)s %(units)s per "
            "100,000 (95 %% interval %(lower)s to %(upper)s)."
        ) % {
            "label": highest.label,
            "rate": f"{highest.rate:.1f}",
            "units": many,
            "lower": f"{highest.lower:.1f}",
            "upper": f"{highest.upper:.1f}",
        }
    else:
        yield _("No group has enough %(units)s for its rate to be compared.") % {"units": many}


def _rate_warnings(found: per_people.Rates, many: str) -> Iterator[str]:
    few = [rate.label for rate in found.rates if rate.is_unstable]
    if few:
        yield _("Fewer than 20 were counted in these groups, so their rates jump: %(groups)s.") % {
            "groups": ", ".join(few)
        }
    if found.without:
        yield _("No people are given for these groups, so they have no rate: %(groups)s.") % {
            "groups": ", ".join(f"{label_words(name)} ({count})" for name, count in found.without)
        }
    if found.unit.name not in ("victim", "perpetrator"):
        yield _("%(units)s are not people: one person may stand for several.") % {
            "units": many[:1].upper() + many[1:]
        }


def _rate_grid(found: per_people.Rates, many: str, rows: str) -> Grid:
    lines = [
        (
            Cell(rate.label),
            Cell(rate.count, partial(found.rows, rate.label) if rate.count else None),
            Cell(rate.population),
            Cell(rate.rate, digits=1),
            Cell(rate.lower, digits=1),
            Cell(rate.upper, digits=1),
        )
        for rate in found.rates
    ]
    heads = (
        group_words(rows),
        many,
        _("people"),
        _("per 100,000"),
        _("lower limit"),
        _("upper limit"),
    )
    return Grid(_("Rates"), heads, tuple(lines))


def _rate_picture(found: per_people.Rates, title: str) -> charts.Picture:
    rows: list[charts.Row] = [
        {"label": each.label, "value": each.rate, "lower": each.lower, "upper": each.upper}
        for each in found.rates[:MOST_DRAWN]
    ]
    drawn = charts.intervals(rows, counted=_("per 100,000"))
    return charts.picture(drawn, title=title, words=_("The same numbers stand in the table below."))


def exposure(sheet: Sheet, asked: Mapping[str, Any]) -> Finding:
    """Acts by unit and up the chain of command as it was then."""
    other: Sheet = asked["other"]
    chain = command.chain(other.records)
    found = command.exposed(
        sheet.records, chain, unit=asked["unit"], when=asked["when"], counted=asked["counted"]
    )
    many = str(UNITS[asked["counted"]].many)
    title = _("%(units)s by unit and chain of command") % {"units": many}
    return Finding(
        title=title[:1].upper() + title[1:],
        counted=many,
        says=tuple(_exposure_words(found, many)),
        warnings=tuple(_exposure_warnings(found)),
        notes=(
            _("The chain of command from “%(name)s”, SHA-256 %(digest)s.")
            % {"name": other.item.name, "digest": other.item.object_id},
            _(
                "That a unit stood above another says who was placed to command. It does not say "
                "who commanded, knew, or failed to act."
            ),
        ),
        grids=(_exposure_grid(found),),
        python=f"{opening(sheet, 'exposure')}"
        f"chain = exposure.chain(tables.read(Path({other.item.name!r})))\n"
        f"exposure.exposed(records, chain, unit={asked['unit']!r}, when={asked['when']!r}, "
        f"counted={asked['counted']!r})",
    )


def _exposure_words(found: command.Exposed, many: str) -> Iterator[str]:
    for line in found.lines[:3]:
        own, under, perhaps = line.counts
        yield _(
            "“%(unit)s”: %(own)s %(units)s name it, %(under)s name units that stood under it then, "
            "%(perhaps)s units that perhaps did."
        ) % {"unit": line.unit, "own": own, "under": under, "perhaps": perhaps, "units": many}


def _exposure_warnings(found: command.Exposed) -> Iterator[str]:
    if found.unknown:
        yield _("The chain of command does not know these units: %(units)s.") % {
            "units": ", ".join(name for name, _rows in found.unknown)
        }
    if found.nobody:
        yield _("%(count)s rows name no unit.") % {"count": len(found.nobody)}
    if found.undated:
        yield _("%(count)s rows have no date: where the chain changed they count as “perhaps”.") % {
            "count": len(found.undated)
        }


def _exposure_grid(found: command.Exposed) -> Grid:
    lines = [
        (
            Cell(line.unit),
            _opening(line.counts[0], line.own),
            _opening(line.counts[1], line.under),
            _opening(line.counts[2], line.perhaps),
        )
        for line in found.lines
    ]
    heads = (_("unit"), _("its own"), _("of units under it"), _("of units perhaps under it"))
    return Grid(_("By unit"), heads, tuple(lines))


def _opening(count: int, rows: Sequence[int]) -> Cell:
    behind: Callable[[], Sequence[int]] | None = (lambda: rows) if rows else None
    return Cell(count, behind)
