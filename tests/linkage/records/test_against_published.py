"""The public data sets, with one automatic configuration: at least what the field reaches."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from amparo.linkage.records import Linking, Sheet, from_frame, read

pytestmark = pytest.mark.shared_data

FILES = {
    "FEBRL 4": (("dataset4a.csv", "dataset4b.csv"), "rec_id"),
    "FEBRL 3": (("dataset3.csv",), "rec_id"),
    "RLdata10000": (("RLdata10000.csv",), "ent_id"),
    "historical figures": (("historical_figures_half.parquet",), "cluster"),
}


def sheets_of(folder: Path, name: str) -> list[Sheet]:
    files = [folder / "linkage" / file for file in FILES[name][0]]
    if files[0].suffix == ".csv":
        return [read(file) for file in files]
    pandas = pytest.importorskip("pandas")
    return [from_frame(file.name, pandas.read_parquet(file)) for file in files]


def truth_of(sheets: list[Sheet], name: str) -> np.ndarray:
    column = FILES[name][1]
    texts = [str(text).strip() for s in sheets for text in s.table.column(column).to_pylist()]
    who = [text.split("-")[1] if text.startswith("rec-") else text for text in texts]
    return np.unique(who, return_inverse=True)[1]


def pairs_among(counts: list[int]) -> int:
    return sum(count * (count - 1) // 2 for count in counts)


def f1(true: int, found: int, possible: int) -> float:
    return 2 * true / (found + possible)


@pytest.mark.parametrize(
    ("name", "pairs_at_least", "clusters_at_least", "blocking_at_least"),
    [
        ("FEBRL 4", 0.999, 0.999, 0.999),
        ("FEBRL 3", 0.996, 0.996, 0.996),
        ("RLdata10000", 0.96, 0.96, 0.98),
        ("historical figures", 0.89, 0.93, 0.9),
    ],
)
def test_the_published_figures_are_reached(
    shared_data: Path,
    name: str,
    pairs_at_least: float,
    clusters_at_least: float,
    blocking_at_least: float,
) -> None:
    sheets = sheets_of(shared_data, name)
    truth = truth_of(sheets, name)
    possible = pairs_among(list(Counter(truth.tolist()).values()))
    linking = Linking(sheets)
    assert FILES[name][1] not in {
        c for roles in linking.roles for r, c in roles.items() if r != "id"
    }
    model = linking.learn()
    result = linking.run(model)
    same = truth[result.first] == truth[result.second]
    taken = result.bits >= 0
    assert f1(int(same[taken].sum()), int(taken.sum()), possible) >= pairs_at_least
    true = found = 0
    for cluster in result.clusters:
        found += pairs_among([len(cluster.records)])
        true += pairs_among(list(Counter(truth[list(cluster.records)].tolist()).values()))
    assert f1(true, found, possible) >= clusters_at_least
    assert recall_of_blocking(linking, model, truth) >= blocking_at_least


def recall_of_blocking(linking: Linking, model, truth: np.ndarray) -> float:
    rows: dict[int, list[int]] = {}
    for record, who in enumerate(truth.tolist()):
        rows.setdefault(who, []).append(record)
    pairs = np.array([pair for each in rows.values() for pair in combinations(each, 2)])
    return linking.finds(model.rules, pairs[:, 0], pairs[:, 1])
