"""The table of docs/estimate.md: ours beside what others published.

python -m tests.patterns.estimate.published       # writes it anew into the page
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.models import coverage, decomposable, latent, loglinear, sparse
from amparo.patterns.estimate.models.closed import closed_models
from tests.patterns.estimate import tables

__all__ = ["PAGE", "Row", "inside", "rows", "table_text"]

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "estimate.md"
BEGIN, END = "<!-- ours beside published: begin -->\n", "<!-- ours beside published: end -->\n"


@dataclass(frozen=True, slots=True)
class Row:
    """One published figure and how we come to ours; ``within`` is how near it has to be."""

    data: str
    figure: str
    source: str
    published: float
    ours: Callable[[], float]
    digits: int = 0
    within: float = 0.0

    def line(self) -> str:
        """As it stands in the table."""
        ours = f"{round(self.ours(), self.digits):,.{self.digits}f}"
        published = f"{self.published:,.{self.digits}f}"
        return f"| {self.data} | {self.figure} | {self.source} | {published} | {ours} |"


def rows(shared: Path) -> Iterator[Row]:
    """Every published figure that the table compares."""
    yield from _best_model(shared)
    for name, file in CLOSED.items():
        yield from _closed(name, _read(shared, file))
    yield from _graphs(shared)
    for name, (file, published, digits) in SPARSE.items():
        yield Row(
            name, "total, sparse stepwise", "SparseMSE", published,
            lambda file=file: sparse.fit(_read(shared, file)).total, digits,
        )  # fmt: skip
    yield from _coverage()
    yield Row(
        "Kosovo", "median, latent classes", "LCMCR", 10_427,
        lambda: latent.fit(_read(shared, "Kosovo")).quantile(0.5), within=0.02,
    )  # fmt: skip


CLOSED = {
    "Kosovo": "Kosovo", "UK, 5 lists": "sparsemse_UKdat_5",
    "Netherlands, 5 lists": "sparsemse_Ned_5", "New Orleans, 5 lists": "sparsemse_NewOrl_5",
    "Western US": "msetools_WesternUS", "Australia": "Australia",
}  # fmt: skip
PRINTED = {
    "Kosovo": (7394.6, 8787.2, 12797.3),
    "UK, 5 lists": (13444.1, 14962.8, 14649.7),
    "Netherlands, 5 lists": (52923.9, 66607.4, 68817.6),
    "New Orleans, 5 lists": (1034.2, 1364.2, 3706.4),
    "Western US": (2007.1, 2312.2, 4608.1),
    "Australia": (827.2, 1349.5, 2896.3),
}
SPARSE = {
    "Kosovo": ("Kosovo", 14341.66, 2),
    "UK, 5 lists": ("sparsemse_UKdat_5", 11312.99, 2),
    "UK, 6 lists": ("UK", 11417.99, 2),
    "Netherlands, 5 lists": ("sparsemse_Ned_5", 121521.6, 1),
    "Netherlands, 6 lists": ("Netherlands", 111139.4, 1),
    "New Orleans, 5 lists": ("sparsemse_NewOrl_5", 1034.151, 3),
    "New Orleans, 8 lists": ("New Orleans", 1183.692, 3),
    "Western US": ("Western US", 2483.384, 3),
    "Australia": ("Australia", 6496.009, 3),
}


def _best_model(shared: Path) -> Iterator[Row]:
    best = cache(lambda: loglinear.select(_read(shared, "Kosovo"))[0])
    source = "Rcapture 1.4"
    yield Row("Kosovo", "best of 113 models", source, 10356.5, lambda: best().total, 1)
    yield Row("Kosovo", "its standard error", source, 785.9, lambda: best().standard_error, 1)
    yield Row("Kosovo", "its BIC", source, 203.0, lambda: best().bic, 1)


def _closed(name: str, table: Table) -> Iterator[Row]:
    fits = cache(lambda: {fit.name: fit.total for fit in closed_models(table)})
    for model, value in zip(("Mt", "Mh Chao (LB)", "Mth Darroch"), PRINTED[name], strict=True):
        yield Row(name, model, "Rcapture 1.4", value, lambda model=model: fits()[model], 1)


def _graphs(shared: Path) -> Iterator[Row]:
    @cache
    def posterior(delta: float | None) -> decomposable.Posterior:
        return decomposable.posterior(_read(shared, "Kosovo"), delta=delta, most=30_000)

    for words, share, value in (
        ("median", 0.5, 12595),
        ("2.5 %", 0.025, 9827),
        ("97.5 %", 0.975, 16544),
    ):
        yield Row(
            "Kosovo", f"graphs, {words}", "dga 2.0", value,
            lambda share=share: posterior(None).quantile(share),
        )  # fmt: skip
    yield Row("Kosovo", "graphs, mean", "dga 2.0", 12749, lambda: posterior(None).mean)
    yield Row(
        "Kosovo", "graphs, median at delta 1", "dga 2.0", 4616, lambda: posterior(1.0).quantile(0.5)
    )


def _coverage() -> Iterator[Row]:
    found = coverage.fit(tables.HEPATITIS)
    assert found is not None
    source = "Chao and others 2001"
    yield Row("Hepatitis A, Taiwan", "sample coverage, low", source, 508, lambda: found.low)
    yield Row(
        "Hepatitis A, Taiwan", "sample coverage, high", source, 971, lambda: found.high or 0.0
    )
    other = coverage.fit(tables.DIABETES)
    assert other is not None
    yield Row("Diabetes, Casale", "sample coverage, high", source, 2609, lambda: other.total)


def _read(shared: Path, name: str) -> Table:
    return tables.read(shared, name)


def table_text(shared: Path) -> str:
    """The whole table in Markdown."""
    head = "| lists | figure | published by | published | ours |\n|---|---|---|---:|---:|\n"
    return head + "".join(f"{row.line()}\n" for row in rows(shared))


def inside(page: str) -> str:
    """What stands in the page between the marks."""
    return page.partition(BEGIN)[2].partition(END)[0].strip("\n") + "\n"


def main() -> None:
    """Write the table into the page."""
    shared = Path(os.environ.get("AMPARO_SHARED_DATA") or ROOT.parent / "shared" / "data")
    page = PAGE.read_text("utf-8")
    before, after = page.partition(BEGIN)[0], page.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{table_text(shared)}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
