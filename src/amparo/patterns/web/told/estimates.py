"""An estimate told on its page: the checks, the idea with the table's own numbers, the answer.

Values in, values out; the templates only set them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.patterns import estimate
from amparo.patterns.web.models import Estimation, EstimationResult

__all__ = ["METHOD_NAMES", "Idea", "Line", "Look", "Told", "look_at", "snippet", "tell"]

METHOD_NAMES: Mapping[str, str | Promise] = {
    "average": _("average over models"),
    "chao": _("Chao’s lower bound"),
    "chapman": _("two lists after Chapman"),
    "coverage": _("sample coverage"),
    "loglinear": _("log-linear models"),
    "dga": _("decomposable graphs averaged"),
    "lcmcr": _("Bayesian latent classes"),
    "sparse": _("sparse lists with chosen pairs"),
}


@dataclass(frozen=True, slots=True)
class Idea:
    """Two lists of the table, as one would explain the method to a stranger."""

    first: str
    second: str
    first_size: int
    second_size: int
    both: int

    @property
    def share(self) -> int:
        """How much of the first list the second found, per cent."""
        return round(100 * self.both / self.first_size)

    @property
    def total(self) -> str:
        """What that share makes of the second list's size."""
        return estimate.rounded(self.first_size * self.second_size / self.both)


@dataclass(frozen=True, slots=True)
class Look:
    """What a table shows before any estimate."""

    documented: int
    lists: Sequence[tuple[str, int, int]]
    """Name, how many it names, how many of them no other list names."""
    by_number: Sequence[tuple[int, int]]
    overlaps: Sequence[tuple[str, Sequence[int]]]
    findings: Sequence[estimate.Finding]
    idea: Idea | None

    @property
    def refused(self) -> bool:
        """Whether no total will be given."""
        return any(finding.weight == "refuse" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: what, the estimate and its interval, or why there is none."""

    name: str
    estimate: str = ""
    lower: str = ""
    upper: str = ""
    reason: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A made estimate for its page."""

    answer: estimate.Estimate
    total: str
    lower: str
    upper: str
    missed: str
    paragraph: str
    picture: str
    methods: Sequence[Line]
    spread: tuple[str, str] | None
    own_lists: Sequence[Mapping[str, Any]]
    moved: Sequence[Line]
    strata: Sequence[Line]
    strata_left_out: Sequence[str]
    filled: Mapping[str, Any] | None
    words: estimate.Words
    chains: Mapping[str, Any] | None


def look_at(table: estimate.Table) -> Look:
    """The checks and the sizes."""
    names, sizes = table.lists, table.list_sizes
    return Look(
        documented=table.documented,
        lists=[(n, sizes[n], table.counts.get(1 << i, 0)) for i, n in enumerate(names)],
        by_number=[(i, int(count)) for i, count in enumerate(table.captures) if i],
        overlaps=[
            (name, [table.overlap(*{row, column}) for column in range(len(names))])
            for row, name in enumerate(names)
        ],
        findings=estimate.check(table),
        idea=_idea(table),
    )


def tell(asked: Estimation, result: EstimationResult) -> Told:
    """Everything that the page says of a result."""
    answer = estimate.Estimate(**{**result.answer, "reasons": tuple(result.answer["reasons"])})
    strata = result.strata or {}
    spread = answer.diagnostics.get("spread")
    return Told(
        answer=answer,
        total=_said(answer.estimate),
        lower=_said(answer.lower),
        upper=_said(answer.upper),
        missed=_said(answer.estimate and answer.estimate - answer.documented),
        paragraph=estimate.paragraph(answer, group=asked.group),
        picture=estimate.picture(answer, _captions()),
        methods=list(_methods(answer)),
        spread=(estimate.rounded(spread[0]), estimate.rounded(spread[1])) if spread else None,
        own_lists=[_own(each) for each in answer.diagnostics.get("own_lists", [])],
        moved=[_line(each["changed"], each) for each in result.moved],
        strata=list(_strata(strata)),
        strata_left_out=strata.get("left_out", []),
        filled=_filled(strata),
        words=estimate.words_for(answer.method),
        chains=_chains(answer),
    )


def snippet(asked: Estimation) -> str:
    """The same in Python, with a copy of the file beside the notebook."""
    name = ascii(asked.item.name)[1:-1].replace('"', '\\"')
    sheet = f", sheet={asked.sheet!r}" if asked.sheet else ""
    count = f", count={asked.count!r}" if asked.count else ""
    return (
        "from pathlib import Path\n"
        "from amparo.patterns import estimate, tables\n\n"
        f"# SHA-256 {asked.item_sha256}\n"
        f'records = tables.read(Path("{name}"){sheet})\n'
        f"table = estimate.from_records(records, {asked.lists!r}{count})\n"
        f"answer = estimate.estimate(table, settings=estimate.Settings(seed={asked.seed}))\n"
        "answer.estimate, answer.lower, answer.upper, answer.reasons\n"
    )


def _idea(table: estimate.Table) -> Idea | None:
    """The two lists that share the most people, the larger first."""
    names, sizes = table.lists, table.list_sizes
    pairs = combinations(range(len(names)), 2)
    both, one, other = max(((table.overlap(a, b), a, b) for a, b in pairs), default=(0, 0, 0))
    if not both:
        return None
    first, second = sorted((names[one], names[other]), key=lambda name: -sizes[name])
    return Idea(first, second, sizes[first], sizes[second], both)


def _captions() -> estimate.Captions:
    return estimate.Captions(
        title=gettext("How many there were"),
        documented=gettext("documented: {}"),
        names={name: str(words) for name, words in METHOD_NAMES.items()},
    )


def _methods(answer: estimate.Estimate) -> Iterator[Line]:
    own = {key: getattr(answer, key) for key in ("estimate", "lower", "upper")}
    yield _line(str(METHOD_NAMES[answer.method]), own, first=True)
    for each in answer.diagnostics.get("methods", []):
        yield _line(str(METHOD_NAMES[each["method"]]), each)


def _strata(told: Mapping[str, Any]) -> Iterator[Line]:
    for name, each in told.get("each", {}).items():
        yield _line(name, each)
    if told:
        yield _line(gettext("together"), told, first=True)


def _filled(told: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """How many people's stratum was filled in, how often, by what, and how far that moves it."""
    found = told.get("filled")
    if not found:
        return None
    moved = [
        {"name": name, "share": round(100 * each["missing_share"])}
        for name, each in told["each"].items()
        if each.get("missing_share") is not None
    ]
    return {**found, "share": round(100 * found["share"]), "moved": moved}


def _line(name: str, told: Mapping[str, Any], *, first: bool = False) -> Line:
    if told.get("estimate") is None or told.get("lower") is None:
        return Line(name, reason=" ".join(told.get("reasons", [])[:1]), first=first)
    estimate, lower, upper = (_said(told[key]) for key in ("estimate", "lower", "upper"))
    return Line(name, estimate, lower, upper, first=first)


def _own(each: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**each, **{key: estimate.rounded(each[key]) for key in ("total", "lower", "upper")}}


def _chains(answer: estimate.Estimate) -> Mapping[str, Any] | None:
    """What the sampler of latent classes says of itself, its places in words."""
    found = answer.diagnostics.get("latent_classes")
    return {**found, "places": [_place(each) for each in found["modes"]]} if found else None


def _place(mode: Mapping[str, Any]) -> Mapping[str, Any]:
    """Where chains settled: its middle, its interval, its share of the probability."""
    said = {key: estimate.rounded(mode[key]) for key in ("median", "lower", "upper")}
    return said | {"share": round(100 * mode["weight"]), "chains": len(mode["chains"])}


def _said(value: float | None) -> str:
    return "" if value is None else estimate.rounded(value)
