"""Linking records: how right on public data, and how fast beside a Splink script tuned by hand.

    python benchmarks/bench_link.py [--records 1000000] [--data FOLDER]

Quality: FEBRL 3 and 4, RLdata10000 and half of the historical figures, one configuration for all
and no labels; F1 of pairs and of groups, and the recall of blocking, against the truth that the
files hold. Speed: synthetic records, 30 % of them a second time with errors; ours learns its rules
and weights, the script has its comparisons and EM blocks written down and takes the same rules.
Bars: F1 0.97, time within 1.2 of the script's.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from amparo.linkage.records import Linking, Model, Sheet, from_frame, read

FILES = {
    "FEBRL 4": (("dataset4a.csv", "dataset4b.csv"), "rec_id", 0.999),
    "FEBRL 3": (("dataset3.csv",), "rec_id", 0.996),
    "RLdata10000": (("RLdata10000.csv",), "ent_id", 0.96),
    "historical figures": (("historical_figures_half.parquet",), "cluster", 0.88),
}
SOUNDS = "ba be bi bo da de di do fa fe ga go ha he hi ka ke ki ko la le li lo ma me mi mo na ne"
LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz"))


def pairs_among(counts: Any) -> int:
    return int(sum(count * (count - 1) // 2 for count in counts))


def quality(folder: Path) -> bool:
    print(f"{'':22}{'pairs F1':>10}{'groups F1':>11}{'blocking':>10}{'CPU s':>8}")
    reached = True
    for name, (files, column, bar) in FILES.items():
        paths = [folder / file for file in files]
        if paths[0].suffix == ".csv":
            sheets = [read(path) for path in paths]
        else:
            import pandas as pd

            sheets = [from_frame(path.name, pd.read_parquet(path)) for path in paths]
        texts = [str(t).strip() for s in sheets for t in s.table.column(column).to_pylist()]
        who = [text.split("-")[1] if text.startswith("rec-") else text for text in texts]
        truth = np.unique(who, return_inverse=True)[1]
        reached &= one(name, sheets, truth, bar)
    return reached


def one(name: str, sheets: list[Sheet], truth: np.ndarray, bar: float) -> bool:
    start = time.process_time()
    linking = Linking(sheets)
    model = linking.learn()
    result = linking.run(model)
    spent = time.process_time() - start
    possible = pairs_among(Counter(truth.tolist()).values())
    same, taken = truth[result.first] == truth[result.second], result.bits >= 0
    pairs = 2 * int(same[taken].sum()) / (int(taken.sum()) + possible)
    found = pairs_among(len(each.records) for each in result.clusters)
    true = sum(
        pairs_among(Counter(truth[list(each.records)].tolist()).values())
        for each in result.clusters
    )
    groups = 2 * true / (found + possible)
    rows: dict[int, list[int]] = {}
    for record, person in enumerate(truth.tolist()):
        rows.setdefault(person, []).append(record)
    both = np.array([pair for each in rows.values() for pair in combinations(each, 2)])
    recall = linking.finds(model.rules, both[:, 0], both[:, 1])
    print(f"{name:22}{pairs:>10.4f}{groups:>11.4f}{recall:>10.4f}{spent:>8.1f}")
    return (groups if name.startswith("historical") else pairs) >= bar


def people(count: int) -> tuple[pa.Table, np.ndarray]:
    """``count`` records, 30 % of them a second time with errors; and whose each is."""
    rng = np.random.default_rng(5)
    again = count * 3 // 10
    first = count - again
    sounds = np.array(SOUNDS.split())

    def words(many: int, longest: int) -> np.ndarray:
        made = {"".join(rng.choice(sounds, rng.integers(2, longest))) for _ in range(many)}
        return np.array(sorted(made), dtype=object)

    def often(pool: np.ndarray, many: int, steep: float) -> np.ndarray:
        weight = 1 / np.arange(1, len(pool) + 1) ** steep
        return pool[rng.choice(len(pool), many, p=weight / weight.sum())]

    days = (np.datetime64("1930-01-01") + rng.integers(0, 29_000, first)).astype(str)
    cities = words(2_500, 5)
    columns = [
        often(words(6_000, 5), first, 0.6),
        often(words(40_000, 6), first, 0.5),
        days.astype(object),
        often(cities, first, 0.7),
    ]
    source = rng.choice(first, again, replace=False)
    errors = [
        _with_errors(column[source], place, rng, cities) for place, column in enumerate(columns)
    ]
    whole = [np.concatenate(both) for both in zip(columns, errors, strict=True)]
    truth = np.concatenate([np.arange(first), source])
    order = rng.permutation(count)
    heads = ("given name", "family name", "date of birth", "city")
    table = {h: pa.array(c[order], pa.string()) for h, c in zip(heads, whole, strict=True)}
    return pa.table(table), truth[order]


def _with_errors(
    texts: np.ndarray, place: int, rng: np.random.Generator, cities: np.ndarray
) -> np.ndarray:
    texts = texts.copy()
    for row in np.flatnonzero(rng.random(len(texts)) < (0.2, 0.2, 0.1, 0.15)[place]):
        text = texts[row]
        if place == 3:
            texts[row] = cities[rng.integers(len(cities))]
        elif place == 2:
            texts[row] = f"{text[:8]}{rng.integers(1, 29):02}"
        else:
            at = rng.integers(len(text))
            texts[row] = text[:at] + str(rng.choice(LETTERS)) + text[at + 1 :]
    texts[rng.random(len(texts)) < 0.03] = None
    return texts


def by_hand(table: pa.Table, model: Model) -> tuple[np.ndarray, np.ndarray]:
    """A Splink script as its users write it, on the rules that ours has learned."""
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on

    from amparo.linkage.records.engines import api

    names = {"given name": "given", "family name": "family", "date of birth": "birth"}
    table = table.rename_columns([names.get(n, n) for n in table.column_names])
    table = table.append_column("unique_id", pa.array(range(len(table)), pa.int64()))
    backend = api("duckdb")
    made = backend.duckdb_con
    made.register("raw", table)
    made.execute(
        "create table people as select unique_id, given, family, birth, city,"
        " substr(birth, 1, 4) as birth_y, substr(birth, 6, 2) as birth_m,"
        " substr(birth, 9, 2) as birth_d, city as locality,"
        " substr(regexp_replace(family, '[aeiou]', '', 'g'), 1, 4) as family_key,"
        " substr(regexp_replace(given, '[aeiou]', '', 'g'), 1, 4) as given_key from raw"
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("given", [0.9, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.JaroWinklerAtThresholds("family", [0.9, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            cl.LevenshteinAtThresholds("birth", [1, 2]),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on(*(key.sql for key in rule.keys)) for rule in model.rules
        ],
        retain_matching_columns=False,
    )
    linker = Linker(backend.register("people"), settings, log_level=None)
    train = linker.training
    train.estimate_probability_two_random_records_match([block_on("family", "birth")], recall=0.6)
    train.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for block in (("given", "family"), ("birth",)):
        train.estimate_parameters_using_expectation_maximisation(
            block_on(*block), estimate_without_term_frequencies=True
        )
    found = linker.inference.predict(threshold_match_probability=0.5)
    linker.clustering.cluster_pairwise_predictions_at_threshold(found, 0.5)
    sql = f"select unique_id_l, unique_id_r from {found.physical_name}"
    got = made.sql(sql).fetchnumpy()
    return np.asarray(got["unique_id_l"]), np.asarray(got["unique_id_r"])


def speed(count: int) -> bool:
    table, truth = people(count)
    possible = pairs_among(Counter(truth.tolist()).values())

    def told(what: str, wall: float, cpu: float, true: int, found: int) -> None:
        f1 = 2 * true / (found + possible)
        print(f"{what:22}{f1:>10.4f}{wall:>9.1f} s{cpu:>9.1f} CPU s")

    def progress(what: str, part: float) -> None:
        print(f"    {part:4.0%} {what}", file=sys.stderr)

    print(f"\n{count:,} records{'':8}{'F1':>10}")
    wall, cpu = time.perf_counter(), time.process_time()
    linking = Linking([Sheet("people", table)], progress=progress)
    model = linking.learn()
    result = linking.run(model)
    ours = time.perf_counter() - wall, time.process_time() - cpu
    taken = result.bits >= 0
    true = int((truth[result.first] == truth[result.second])[taken].sum())
    told("ours, learning all", *ours, true, int(taken.sum()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    f1 = 2 * true / (int(taken.sum()) + possible)
    del linking, result
    wall, cpu = time.perf_counter(), time.process_time()
    first, second = by_hand(table, model)
    theirs = time.perf_counter() - wall, time.process_time() - cpu
    told("Splink, by hand", *theirs, int((truth[first] == truth[second]).sum()), len(first))
    ratio = ours[1] / theirs[1]
    print(f"ours takes {ratio:.2f} times the script's CPU time; {peak:.2f} GB at most")
    return f1 >= 0.97 and ratio <= 1.2


def main() -> int:
    ask = argparse.ArgumentParser()
    ask.add_argument("--records", type=int, default=1_000_000)
    here = os.environ.get("AMPARO_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data"
    ask.add_argument("--data", type=Path, default=Path(here) / "linkage")
    asked = ask.parse_args()
    reached = quality(asked.data) if asked.data.is_dir() else True
    if asked.records:
        reached &= speed(asked.records)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
