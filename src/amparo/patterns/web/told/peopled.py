"""Clusters among people as a finding: where there was more than people account for."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from amparo.base.errors import UsageError
from amparo.patterns import charts
from amparo.patterns import clusters as scans
from amparo.patterns.clusters.found import Cluster
from amparo.patterns.findings import Cell, Finding, Grid
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.notebook import opening
from amparo.patterns.web.told.places import CLEAR, picture_of
from amparo.patterns.web.words import EAST, NORTH, PEOPLE

__all__ = ["peopled"]

SHUFFLES = 999


def peopled(sheet: Sheet, asked: Mapping[str, Any], *, chance: bool = True) -> Finding:
    """Where and when there was more than people account for; without ``chance`` no p."""
    other: Sheet = asked["other"]
    named = _columns(other)
    places = scans.places_of(other.records, *named)
    found = scans.clusters_per_people(
        sheet.records,
        places,
        place=asked["place"],
        by=asked["by"],
        shuffles=SHUFFLES if chance else 0,
    )
    title = _("Clusters per people, by %(place)s") % {"place": asked["place"]}
    return Finding(
        title=title,
        counted=_("rows"),
        says=tuple(_said(found)),
        warnings=tuple(_warnings(found)),
        notes=tuple(_notes(other)),
        grids=(_clusters(found), _places(found, asked["place"])),
        pictures=(_picture(found, title),),
        python=_python(sheet, other, asked, named),
    )


def _columns(other: Sheet) -> tuple[str, str, str, str]:
    """The columns of the table of people: name, longitude, latitude, people."""
    names = list(other.records.columns)
    told = [
        next((n for n in names if n.casefold() in words), "") for words in (EAST, NORTH, PEOPLE)
    ]
    if not all(told) or names[0] in told:
        raise UsageError(
            f"“{other.item.name}” does not say where people live.",
            next_step="Its first column names places; add longitude, latitude and population.",
        )
    return names[0], told[0], told[1], told[2]


def _said(found: scans.PeopledClusters) -> Iterator[str]:
    clear = [each for each in found.clusters if each.p < CLEAR]
    if not clear:
        yield _("No place stands out beyond chance among %(cases)s rows and the people there.") % {
            "cases": found.cases
        }
    for each in clear:
        told = {
            "first": each.first,
            "last": each.last,
            "count": each.count,
            "places": _named(found, each),
            "expected": f"{each.expected:.1f}",
            "times": _times(found.times(each)),
            "p": f"{each.p:.3f}",
        }
        dated = _(
            "From %(first)s to %(last)s there were %(count)s in %(places)s, where %(expected)s "
            "were to be expected of so many people: %(times)s times the risk elsewhere (p %(p)s)."
        )
        undated = _(
            "There were %(count)s in %(places)s, where %(expected)s were to be expected of so many "
            "people: %(times)s times the risk elsewhere (p %(p)s)."
        )
        yield (dated if each.first else undated) % told


def _warnings(found: scans.PeopledClusters) -> Iterator[str]:
    if found.left_out:
        yield _(
            "%(count)s rows have no place or no date that says its period: they are in none."
        ) % {"count": len(found.left_out)}
    if found.without:
        yield _("The table of people does not know these places: %(places)s.") % {
            "places": ", ".join(f"{name} ({count})" for name, count in found.without)
        }
    if not found.places.in_degrees:
        yield _("The columns are not named longitude and latitude, so distances are in their unit.")


def _notes(other: Sheet) -> Iterator[str]:
    yield _("People from “%(name)s”, SHA-256 %(digest)s.") % {
        "name": other.item.name,
        "digest": other.item.object_id,
    }
    yield _(
        "Poisson scan statistic (Kulldorff 1997): each circle of places is compared with what its "
        "people would have if all had the same risk, and the strongest with those of tables in "
        "which as many cases fell where people are. People count as the same throughout."
    )
    yield _(
        "It sees a place that is high all the time. It does not see why: more may have been "
        "documented there, people may have fled or come since the census."
    )


def _clusters(found: scans.PeopledClusters) -> Grid:
    lines = [
        (
            Cell(f"{number}: {_named(found, each)}"),
            Cell(f"{each.first} – {each.last}" if each.first else _("all time")),
            Cell(each.count, _rows(each)),
            Cell(each.expected, digits=1),
            Cell(_times(found.times(each))),
            Cell("" if math.isnan(each.p) else f"{each.p:.3f}"),
        )
        for number, each in enumerate(found.clusters, start=1)
    ]
    heads = (
        _("cluster"),
        _("time"),
        _("rows"),
        _("to be expected"),
        _("times the risk elsewhere"),
        _("p"),
    )
    return Grid(_("The strongest, none over another"), heads, tuple(lines))


def _places(found: scans.PeopledClusters, place: str) -> Grid:
    """Every place with its people, its cases and what was to be expected."""
    order = sorted(range(len(found.counts)), key=lambda at: -found.counts[at] / found.expected[at])
    lines = [
        (
            Cell(found.places.names[at]),
            Cell(int(found.places.people[at])),
            Cell(found.counts[at], partial(found.rows, at) if found.counts[at] else None),
            Cell(found.expected[at], digits=1),
            Cell(found.counts[at] / found.expected[at], digits=1),
        )
        for at in order
    ]
    heads = (place, _("people"), _("rows"), _("to be expected"), _("times what was expected"))
    return Grid(_("Each place"), heads, tuple(lines))


def _rows(cluster: Cluster) -> Any:
    return lambda: cluster.rows


def _times(value: float) -> str:
    return f"{value:.1f}" if math.isfinite(value) else "∞"


def _named(found: scans.PeopledClusters, cluster: Cluster) -> str:
    return ", ".join(found.places.names[place] for place in cluster.places)


def _picture(found: scans.PeopledClusters, title: str) -> charts.Picture:
    at = zip(found.places.at, found.counts, strict=True)
    return picture_of(found.clusters, ((float(x), float(y), count) for (x, y), count in at), title)


def _python(
    sheet: Sheet, other: Sheet, asked: Mapping[str, Any], named: tuple[str, str, str, str]
) -> str:
    by = f", by={asked['by']!r}" if asked["by"] else ""
    return (
        f"{opening(sheet, 'clusters')}"
        f"census = tables.read(Path({other.item.name!r}))\n"
        f"places = clusters.places_of(census, {', '.join(map(repr, named))})\n"
        f"clusters.clusters_per_people(records, places, place={asked['place']!r}{by}, "
        f"shuffles={SHUFFLES}, seed=1)"
    )
