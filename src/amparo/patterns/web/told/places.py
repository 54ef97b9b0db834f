"""Clusters in space and time as a finding."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from amparo.base.errors import UsageError
from amparo.patterns import charts
from amparo.patterns import clusters as scans
from amparo.patterns.findings import Cell, Finding, Grid
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.notebook import opening
from amparo.patterns.web.words import group_words

__all__ = ["CLEAR", "clusters", "picture_of"]

SHUFFLES = (999, 99)
CLEAR = 0.05


def clusters(sheet: Sheet, asked: Mapping[str, Any], *, chance: bool = True) -> Finding:
    """Where and when there was more than elsewhere; without ``chance`` no p is computed."""
    found = _scanned(sheet, asked, SHUFFLES if chance else (0,))
    title = _("Clusters by place and %(time)s") % {"time": group_words(asked["by"])}
    return Finding(
        title=title,
        counted=_("rows"),
        says=tuple(_said(found)),
        warnings=tuple(_warnings(found)),
        notes=(
            _(
                "Space-time permutation scan statistic (Kulldorff and others 2005): each circle of "
                "places over each stretch of time is compared with what it would hold if place and "
                "time had nothing to do with each other. It needs no population, and it sees no "
                "place that is high all the time."
            ),
            _(
                "A cluster of documents can be a cluster of documenting: ask who collected there, "
                "then."
            ),
        ),
        grids=(_grid(found),),
        pictures=(picture_of(found.clusters, found.at, title),),
        python=f"{opening(sheet, 'clusters')}clusters.clusters(records, x={asked['x']!r}, "
        f"y={asked['y']!r}, by={asked['by']!r}, shuffles={found.shuffles}, seed=1)",
    )


def _scanned(sheet: Sheet, asked: Mapping[str, Any], tried: Sequence[int]) -> scans.Clusters:
    """With as many shuffles as the table's size allows."""
    for shuffles in tried[:-1]:
        try:
            return scans.clusters(
                sheet.records, x=asked["x"], y=asked["y"], by=asked["by"], shuffles=shuffles
            )
        except UsageError as error:
            if "take too long" not in error.message:
                raise
    return scans.clusters(
        sheet.records, x=asked["x"], y=asked["y"], by=asked["by"], shuffles=tried[-1]
    )


def _said(found: scans.Clusters) -> Iterator[str]:
    clear = [each for each in found.clusters if each.p < CLEAR]
    if not clear:
        yield _("No place and time stands out beyond chance among %(cases)s rows.") % {
            "cases": found.cases
        }
    for each in clear:
        yield _(
            "From %(first)s to %(last)s there were %(count)s around %(place)s where %(expected)s "
            "were to be expected; shuffled, %(p)s of series have a cluster as strong."
        ) % {
            "first": each.first,
            "last": each.last,
            "count": each.count,
            "place": _place(each),
            "expected": f"{each.expected:.1f}",
            "p": f"{each.p:.3f}",
        }


def _warnings(found: scans.Clusters) -> Iterator[str]:
    if found.left_out:
        yield _(
            "%(count)s rows have no place or no date that says its period: they are in none."
        ) % {"count": len(found.left_out)}
    if found.shuffles < SHUFFLES[0]:
        yield _("Only %(count)s shuffles were made, since the table is large.") % {
            "count": found.shuffles
        }
    if not found.in_degrees:
        yield _("The columns are not named longitude and latitude, so distances are in their unit.")


def _grid(found: scans.Clusters) -> Grid:
    lines = [
        (
            Cell(f"{number}"),
            Cell(f"{each.first} – {each.last}"),
            Cell(_place(each)),
            Cell(f"{each.radius:.1f} km" if found.in_degrees else f"{each.radius:.3g}"),
            Cell(each.count, _rows(each)),
            Cell(each.expected, digits=1),
            Cell("" if math.isnan(each.p) else f"{each.p:.3f}"),
        )
        for number, each in enumerate(found.clusters, start=1)
    ]
    heads = (
        _("cluster"),
        _("time"),
        _("middle"),
        _("radius"),
        _("rows"),
        _("to be expected"),
        _("p"),
    )
    return Grid(_("The strongest, none over another"), heads, tuple(lines))


def _rows(cluster: scans.Cluster) -> Any:
    return lambda: cluster.rows


def _place(cluster: scans.Cluster) -> str:
    return f"{cluster.y:.3f}, {cluster.x:.3f}"


def picture_of(
    found: Iterable[scans.Cluster], at: Iterable[tuple[float, float, int]], title: str
) -> charts.Picture:
    """Each place with how many rows it has (``at``: x, y, count), and its clear cluster."""
    clear = [each for each in found if each.p < CLEAR]
    inside = {
        place: str(number)
        for number, each in reversed(list(enumerate(clear, start=1)))
        for place in each.places
    }
    rows: list[charts.Row] = [
        {"x": x, "y": y, "count": count, "cluster": inside.get(place, _("none"))}
        for place, (x, y, count) in enumerate(at)
    ]
    words = _(
        "Each sign is a place, larger with more rows; its form says in which clear cluster it lies."
    )
    return charts.picture(charts.places(rows, counted=_("rows")), title=title, words=words)
