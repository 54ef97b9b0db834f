"""The same model file gives the same answer on a laptop and on Spark; needs Java."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest

from amparo.linkage.records import Linking, from_json, from_rows, to_json
from amparo.linkage.records.engines import spark_session
from tests.linkage.records.people import HEAD, rows

pytestmark = pytest.mark.skipif(
    not (shutil.which("java") and find_spec("pyspark")), reason="Spark needs Java and pyspark"
)

QUICK = {
    "shuffle.partitions": "1",
    "adaptive.enabled": "false",
    "codegen.wholeStage": "false",
    "codegen.factoryMode": "NO_CODEGEN",
}
"""What a few hundred records need: nothing compiled, nothing parted."""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    session = spark_session("local[1]")
    for name, value in QUICK.items():
        session.conf.set(f"spark.sql.{name}", value)
    yield session
    session.stop()


def test_spark_gives_what_duckdb_gives(spark: Any) -> None:
    lines = rows(people=200)
    linking = Linking([from_rows("a", HEAD, lines[:150]), from_rows("b", HEAD, lines[150:])])
    learned = linking.learn()
    model = from_json(to_json(replace(learned, rules=learned.rules[:3])))  # Spark plans for long
    own, theirs = linking.run(model), linking.run(model, engine="spark", session=spark)
    assert len(own.bits)
    assert np.array_equal(own.first, theirs.first)
    assert np.array_equal(own.second, theirs.second)
    assert np.array_equal(own.bits, theirs.bits)
    assert own.clusters == theirs.clusters
