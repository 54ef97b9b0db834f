"""What comes together and what follows what, as findings."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from amparo.patterns import charts, cooccurrence
from amparo.patterns import flows as sequences
from amparo.patterns.charts import Picture
from amparo.patterns.findings import Cell, Finding, Grid
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.notebook import opening

__all__ = ["flows", "together"]

CLEAR = 0.05
MOST_NAMED = 5
MOST_PAIRS = 60


def together(sheet: Sheet, asked: Mapping[str, Any]) -> Finding:
    """Kinds that come together within one victim or event."""
    what, within = asked["what"], asked["within"]
    found = cooccurrence.together(sheet.records, what=what, within=within)
    says = [
        _("%(groups)s different “%(within)s” have at least one “%(what)s” stated.")
        % {"groups": found.groups, "within": within, "what": what}
    ]
    says += list(_clear_pairs(found))
    if found.ways:
        says.append(
            _("The combination that repeats most often: %(kinds)s (%(count)s times).")
            % {"kinds": ", ".join(found.ways[0].kinds), "count": len(found.ways[0].groups)}
        )
    warnings = []
    if found.left_out:
        warnings.append(
            _("%(count)s rows name no “%(what)s” or no “%(within)s” and are in no count.")
            % {"count": len(found.left_out), "what": what, "within": within}
        )
    return Finding(
        title=_("“%(what)s” together on the same “%(within)s”") % {"what": what, "within": within},
        counted=within,
        says=tuple(says),
        warnings=tuple(warnings),
        notes=(
            _(
                "Pairs: Fisher’s exact test, corrected for the number of pairs (Benjamini and "
                "Hochberg 1995). Combinations are closed: no kind can be added to them without "
                "losing a case."
            ),
            _(
                "What comes together in records may do so because the same person was asked about "
                "both. It is no proof of a plan."
            ),
        ),
        grids=(_pairs_grid(found), _ways_grid(found)),
        python=f"{opening(sheet, 'cooccurrence')}"
        f"cooccurrence.together(records, what={what!r}, within={within!r})",
    )


def _clear_pairs(found: cooccurrence.Together) -> Iterator[str]:
    clear = [pair for pair in found.pairs if pair.p < CLEAR]
    if not clear:
        yield _("No two kinds come together more or less often than chance would have it.")
    for pair in clear[:MOST_NAMED]:
        words = _(
            "“%(one)s” and “%(other)s” come together %(both)s times; chance would give "
            "%(expected)s."
        )
        yield words % {
            "one": pair.one,
            "other": pair.other,
            "both": pair.both,
            "expected": f"{pair.expected:.1f}",
        }


def _pairs_grid(found: cooccurrence.Together) -> Grid:
    lines = [
        (
            Cell(f"{pair.one} + {pair.other}"),
            _opening(pair.both, pair.rows),
            Cell(pair.expected, digits=1),
            Cell("∞" if math.isinf(pair.odds_ratio) else f"{pair.odds_ratio:.2f}"),
            Cell(_p(pair.p)),
        )
        for pair in found.pairs[:MOST_PAIRS]
    ]
    heads = (_("pair"), _("together"), _("by chance"), _("odds ratio"), _("p, corrected"))
    return Grid(_("Pairs"), heads, tuple(lines))


def _ways_grid(found: cooccurrence.Together) -> Grid:
    lines = [
        (Cell(", ".join(way.kinds)), _opening(len(way.groups), way.rows)) for way in found.ways
    ]
    return Grid(_("Combinations that repeat"), (_("combination"), _("times")), tuple(lines))


def flows(sheet: Sheet, asked: Mapping[str, Any]) -> Finding:
    """What followed what for the same person."""
    found = sequences.flows(
        sheet.records, **{name: asked[name] for name in ("who", "what", "when")}
    )
    return Finding(
        title=_("What followed what, for each “%(who)s”") % {"who": found.who},
        counted=found.who,
        says=tuple(_flow_words(found)),
        warnings=tuple(_flow_warnings(found)),
        notes=(
            _(
                "Only what certainly came earlier counts as earlier: “March 2021” and a day in "
                "March 2021 have no order."
            ),
            _("Which way round is asked by the sign test. What follows is not thereby caused."),
        ),
        grids=(_steps_grid(found), _paths_grid(found)),
        pictures=tuple(_steps_picture(found)),
        python=f"{opening(sheet, 'flows')}flows.flows(records, who={found.who!r}, "
        f"what={found.what!r}, when={found.when!r})",
    )


def _flow_words(found: sequences.Flows) -> Iterator[str]:
    yield _("%(people)s have a dated “%(what)s”; %(once)s of them only one.") % {
        "people": found.people,
        "what": found.what,
        "once": found.once,
    }
    for step in found.steps[:MOST_NAMED]:
        told = {"before": step.before, "after": step.after, "people": step.people}
        if step.days is None:
            yield _("After “%(before)s” came “%(after)s” for %(people)s.") % told
        else:
            yield _(
                "After “%(before)s” came “%(after)s” for %(people)s (median %(days)s days later, "
                "of the %(dated)s whose days are known)."
            ) % {**told, "days": f"{step.days:g}", "dated": step.dated}


def _flow_warnings(found: sequences.Flows) -> Iterator[str]:
    for count, words in (
        (len(found.unordered), _("%(count)s rows have no certain order to the one beside them.")),
        (len(found.undated), _("%(count)s rows have no date that can be read.")),
        (len(found.nobody), _("%(count)s rows name nobody or say no kind.")),
    ):
        if count:
            yield words % {"count": count}


def _steps_grid(found: sequences.Flows) -> Grid:
    lines = [
        (
            Cell(f"{step.before} → {step.after}"),
            _opening(step.people, step.rows),
            Cell("" if step.days is None else f"{step.days:g}"),
            Cell(step.dated),
            Cell(_p(step.p)),
        )
        for step in found.steps
    ]
    heads = (
        _("step"),
        found.who,
        _("days between, median"),
        _("with known days"),
        _("p of the order"),
    )
    return Grid(_("Steps"), heads, tuple(lines))


def _paths_grid(found: sequences.Flows) -> Grid:
    lines = [
        (Cell(" → ".join(path.kinds)), _opening(len(path.people), path.rows))
        for path in found.paths
    ]
    return Grid(_("Whole sequences"), (_("sequence"), found.who), tuple(lines))


def _steps_picture(found: sequences.Flows) -> Iterator[Picture]:
    cells: list[charts.Row] = [
        {"down": step.before, "across": step.after, "count": step.people} for step in found.steps
    ]
    if 0 < len(cells) <= 150:
        drawn = charts.heat(cells, across=_("came next"), down=_("came first"), counted=found.who)
        words = _("The darker, the more went from the kind at the side to the kind above.")
        yield charts.picture(drawn, title=_("Steps"), words=words)


def _opening(count: int, rows: Sequence[int]) -> Cell:
    return Cell(count, (lambda: rows) if rows else None)


def _p(value: float) -> str:
    return "< 0.001" if value < 0.001 else f"{value:.3f}"
