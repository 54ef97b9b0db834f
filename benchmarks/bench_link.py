"""Linking records: how right on public data, how fast beside a Splink script tuned by hand.

    python benchmarks/bench_link.py [--records 1000000] [--times 3] [--data FOLDER]
    python benchmarks/bench_link.py --engine spark --records 1000000 2000000

Quality: FEBRL 3 and 4, RLdata10000, half of the historical figures (and the people of that file in
two halves, drawn by lot), an invented thousand; one configuration for all and no labels. F1 of
pairs and of groups, each with a 95 % interval (people drawn anew 1,000 times), and the recall of
blocking, against the truth that the files hold. Speed: a CSV of synthetic records, 30 % of them
twice with errors, read, blocked, trained on, scored and grouped by each side in a process of its
own, imports included; ours learns its rules and weights too, the script has its comparisons and EM
blocks written down and takes the rules of our model. Bars: F1 0.97, CPU time within 1.2 of the
script's; medians, since other work shares the processors.

With ``--engine spark``: a scaling run. The model is learned by DuckDB, written to its file, and
scored from that file by Spark in local-cluster mode (``--master``), executors apart from the
driver; DuckDB scores from it too, and
the results must be the same.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv

FILES = {
    "FEBRL 4": (("dataset4a.csv", "dataset4b.csv"), "rec_id", 0.999),
    "FEBRL 3": (("dataset3.csv",), "rec_id", 0.996),
    "RLdata10000": (("RLdata10000.csv",), "ent_id", 0.96),
    "historical figures": (("historical_figures_half.parquet",), "cluster", 0.88),
    "historical, one half": (("historical_figures_half.parquet",), "cluster", 0.88),
    "historical, the other": (("historical_figures_half.parquet",), "cluster", 0.88),
    "fake_1000": (("fake_1000.csv",), "cluster", 0.0),
}
HALVES = ("historical, one half", "historical, the other")
SOUNDS = "ba be bi bo da de di do fa fe ga go ha he hi ka ke ki ko la le li lo ma me mi mo na ne"
LETTERS = np.array(list("abcdefghijklmnopqrstuvwxyz"))


def pairs_among(counts: Any) -> int:
    return int(sum(count * (count - 1) // 2 for count in counts))


def quality(folder: Path) -> bool:
    from amparo.linkage.records import from_frame, read

    print(f"{'':22}{'pairs F1':>26}{'groups F1':>26}{'blocking':>10}{'CPU s':>8}")
    reached = True
    for name, (files, column, bar) in FILES.items():
        paths = [folder / file for file in files]
        if paths[0].suffix == ".csv":
            sheets = [read(path) for path in paths]
        else:
            import pandas as pd

            frame = pd.read_parquet(paths[0])
            if name in HALVES:
                frame = frame[half_of(frame[column]) == HALVES.index(name)]
            sheets = [from_frame(paths[0].name, frame.reset_index(drop=True))]
        texts = [str(t).strip() for s in sheets for t in s.table.column(column).to_pylist()]
        who = [text.split("-")[1] if text.startswith("rec-") else text for text in texts]
        truth = np.unique(who, return_inverse=True)[1]
        reached &= one(name, sheets, truth, bar)
    return reached


def half_of(who: Any) -> np.ndarray:
    """0 or 1 for each record, the same for all of a person."""
    person = np.unique(who, return_inverse=True)[1]
    return np.random.default_rng(7).integers(0, 2, person.max() + 1)[person]


def one(name: str, sheets: list[Any], truth: np.ndarray, bar: float) -> bool:
    from amparo.linkage.records import Linking

    start = time.process_time()
    linking = Linking(sheets)
    model = linking.learn()
    result = linking.run(model)
    spent = time.process_time() - start
    taken = result.bits >= 0
    grouped = [pair for each in result.clusters for pair in combinations(each.records, 2)]
    rows: dict[int, list[int]] = {}
    for record, person in enumerate(truth.tolist()):
        rows.setdefault(person, []).append(record)
    both = np.array([pair for each in rows.values() for pair in combinations(each, 2)])
    pairs = counted(truth, result.first[taken], result.second[taken])
    groups = counted(truth, *np.array(grouped).T)
    recall = linking.finds(model.rules, both[:, 0], both[:, 1])
    print(f"{name:22}{with_interval(pairs)}{with_interval(groups)}{recall:>10.4f}{spent:>8.1f}")
    return min(of_counts(pairs), of_counts(groups) if "hist" in name else 1.0) >= bar


def counted(truth: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """By person the true pairs found, the pairs found (half of a wrong one) and those there are."""
    same, last = truth[first] == truth[second], truth.max() + 1
    right = np.bincount(truth[first[same]], minlength=last)
    wrong = sum(np.bincount(truth[each[~same]], minlength=last) / 2 for each in (first, second))
    records = np.bincount(truth, minlength=last)
    return np.stack([right, right + wrong, records * (records - 1) / 2])


def of_counts(counts: np.ndarray) -> float:
    right, found, possible = counts.sum(axis=1)
    return float(2 * right / (found + possible))


def with_interval(counts: np.ndarray) -> str:
    rng, people = np.random.default_rng(1), counts.shape[1]
    drawn = [of_counts(counts[:, rng.integers(0, people, people)]) for _ in range(1000)]
    low, high = np.quantile(drawn, (0.025, 0.975))
    return f"{of_counts(counts):>10.4f} ({low:.3f}-{high:.3f}) "


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


def measured(work: Callable[..., Any], *given: Any) -> tuple[Any, float, float, float]:
    """What work gives in a process of its own, its seconds, CPU seconds and most memory in GB."""
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:
        return alone.submit(_measured, work, *given).result()


def _measured(work: Callable[..., Any], *given: Any) -> tuple[Any, float, float, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    made = work(*given)
    spent = time.perf_counter() - wall, time.process_time() - cpu
    return made, *spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def progress(what: str, part: float) -> None:
    print(f"    {part:4.0%} {what}", file=sys.stderr)


def ours(people_csv: Path, model_json: Path) -> tuple[np.ndarray, np.ndarray]:
    """Read, learn the rules and the weights, score, group; the pairs, and the model as a file."""
    from amparo.linkage.records import Linking, read, to_json

    linking = Linking([read(people_csv)], progress=progress)
    model = linking.learn()
    result = linking.run(model)
    model_json.write_text(to_json(model), "utf-8")
    taken = result.bits >= 0
    return result.first[taken], result.second[taken]


def by_hand(people_csv: Path, model_json: Path) -> tuple[np.ndarray, np.ndarray]:
    """A Splink script as its users write it, on the rules that ours has learned."""
    import duckdb
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    made = duckdb.connect()
    backend = DuckDBAPI(made)
    made.execute(
        "create table people as select row_number() over () - 1 as unique_id,"
        ' "given name" as given, "family name" as family, "date of birth" as birth, city,'
        " substr(birth, 1, 4) as birth_y, substr(birth, 6, 2) as birth_m,"
        " substr(birth, 9, 2) as birth_d, city as locality,"
        " substr(regexp_replace(family, '[aeiou]', '', 'g'), 1, 4) as family_key,"
        " substr(regexp_replace(given, '[aeiou]', '', 'g'), 1, 4) as given_key"
        f" from read_csv('{people_csv}', all_varchar = true)"
    )
    rules = json.loads(model_json.read_text("utf-8"))["splink"]
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
        blocking_rules_to_generate_predictions=rules["blocking_rules_to_generate_predictions"],
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


def f1(truth: np.ndarray, first: np.ndarray, second: np.ndarray) -> float:
    possible = pairs_among(Counter(truth.tolist()).values())
    return 2 * int((truth[first] == truth[second]).sum()) / (len(first) + possible)


def speed(count: int, times: int) -> bool:
    print(f"\n{count:,} records{'':8}{'F1':>10}")
    with TemporaryDirectory() as folder:
        path, model = Path(folder) / "people.csv", Path(folder) / "model.json"
        table, truth = people(count)
        csv.write_csv(table, path)
        del table
        runs: dict[str, list[tuple[Any, float, float, float]]] = {}
        for _ in range(times):
            for name, work in (("ours, learning all", ours), ("Splink, by hand", by_hand)):
                runs.setdefault(name, []).append(measured(work, path, model))
    spent = {}
    for name, each in runs.items():
        wall, cpu, most = (statistics.median(run[place] for run in each) for place in (1, 2, 3))
        right = f1(truth, *each[0][0])
        print(f"{name:22}{right:>10.4f}{wall:>9.1f} s{cpu:>9.1f} CPU s{most:>8.2f} GB")
        spent[name] = right, cpu
    (right, own), (_, theirs) = spent.values()
    print(f"ours takes {own / theirs:.2f} times the script's CPU time")
    return right >= 0.97 and own / theirs <= 1.2


def scaled(people_csv: Path, model_json: Path, master: str, megabytes: int) -> dict[str, Any]:
    """The model's file scored by Spark: seconds by step, pairs, and their digest by weight."""
    from amparo.linkage.records import Linking, from_json, read
    from amparo.linkage.records.engines import spark_session

    begun = time.perf_counter()
    linking = Linking([read(people_csv)])
    prepared = time.perf_counter()
    session = spark_session(master, megabytes=megabytes)
    model = from_json(model_json.read_text("utf-8"))
    started = time.perf_counter()
    result = linking.run(model, engine="spark", session=session)
    done = time.perf_counter()
    session.stop()
    told = {"read": prepared - begun, "start": started - prepared, "link": done - started}
    return told | found_of(result)


def beside(people_csv: Path, model_json: Path) -> dict[str, Any]:
    """The same by DuckDB; the model is learned first where there is none."""
    from amparo.linkage.records import Linking, from_json, read, to_json

    begun = time.perf_counter()
    linking = Linking([read(people_csv)])
    prepared = time.perf_counter()
    if not model_json.exists():
        model_json.write_text(to_json(linking.learn()), "utf-8")
    learned = time.perf_counter()
    result = linking.run(from_json(model_json.read_text("utf-8")))
    done = time.perf_counter()
    told = {"read": prepared - begun, "learn": learned - prepared, "link": done - learned}
    return told | found_of(result)


def found_of(result: Any) -> dict[str, Any]:
    taken = result.bits >= 0
    return {
        "first": result.first[taken],
        "second": result.second[taken],
        "bits": result.bits,
        "groups": len(result.clusters),
    }


def equal(one: Any, other: Any) -> bool:
    """Whether weights differ at most by the last digit that is kept, where one was rounded up."""
    return len(one) == len(other) and bool(np.all(np.abs(one - other) < 1.5e-6))


def scaling(counts: list[int], master: str, megabytes: int) -> bool:
    """Each size by DuckDB, which learns, and by Spark from the same file: the same answer."""
    print(f"{'records':>12}{'':8}{'read':>8}{'learn':>8}{'start':>8}{'link':>9}{'GB':>7}{'F1':>9}")
    same = True
    for count in counts:
        with TemporaryDirectory() as folder:
            path, model = Path(folder) / "people.csv", Path(folder) / "model.json"
            table, truth = people(count)
            csv.write_csv(table, path)
            del table
            made = {}
            for name, given in (
                ("DuckDB", (beside, path, model)),
                ("Spark", (scaled, path, model, master, megabytes)),
            ):
                told, _, _, most = made[name] = measured(*given)
                steps = "".join(
                    f"{told.get(step, 0):>{8 + (step == 'link')}.0f}"
                    for step in ("read", "learn", "start", "link")
                )
                right = f1(truth, told["first"], told["second"])
                print(f"{count:>12,} {name:7}{steps}{most:>7.1f}{right:>9.4f}", flush=True)
        one, other = (each[0] for each in made.values())
        alike = one["groups"] == other["groups"] and equal(one["bits"], other["bits"])
        print(
            f"{'':12} {len(one['bits']):,} pairs, {'the same' if alike else 'NOT THE SAME'} on both"
        )
        same &= alike
    return same


def main() -> int:
    ask = argparse.ArgumentParser()
    ask.add_argument("--records", type=int, nargs="*", default=[1_000_000])
    ask.add_argument("--times", type=int, default=1)
    ask.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    ask.add_argument("--master", default="local-cluster[2,1,{}]")
    ask.add_argument("--megabytes", type=int, default=3072, help="of each process of Spark's")
    here = os.environ.get("AMPARO_SHARED_DATA") or Path(__file__).parents[2] / "shared" / "data"
    ask.add_argument("--data", type=Path, default=Path(here) / "linkage")
    asked = ask.parse_args()
    if asked.engine == "spark":
        master = asked.master.format(asked.megabytes)
        return 0 if scaling(asked.records, master, asked.megabytes) else 1
    reached = quality(asked.data) if asked.data.is_dir() else True
    for count in asked.records:
        reached &= speed(count, asked.times)
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
