"""The two engines that Splink counts with here: DuckDB on a laptop, Spark for an organisation.

DuckDB runs in memory alone: it writes no file, loads no extension and reaches no network.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

from amparo.base.errors import UsageError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

__all__ = ["ENGINES", "api", "connection", "spark_session", "spread"]

ENGINES = ("duckdb", "spark")

_PARTS = 8  # into which Spark parts what it counts

_COMPARING_AGAIN = [
    f"org.apache.spark.sql.catalyst.optimizer.{rule}"
    for rule in ("PushDownPredicates", "PushPredicateThroughNonJoin")
]
"""By these Spark would ask for a pair's weight before it has its levels: each comparison, some of
them costly, would be made once for every time that the weight names it."""

_ALONE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "temp_directory": "''",
    "preserve_insertion_order": "false",
    "enable_progress_bar": "false",
}


def connection(threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that can reach nothing outside this process."""
    import duckdb

    opened = duckdb.connect(":memory:")
    for name, value in _ALONE.items():
        opened.execute(f"SET {name} = {value}")
    if threads:
        opened.execute(f"SET threads = {int(threads)}")
    return opened


def api(engine: str, *, threads: int | None = None, session: Any = None) -> Any:
    """Splink's port to an engine. ``session`` is a Spark session of the caller's."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    if engine == "duckdb":
        from splink import DuckDBAPI

        return DuckDBAPI(connection(threads))
    if engine != "spark":
        raise UsageError(f"There is no engine {engine!r}.", next_step="Engines: duckdb, spark.")
    try:
        from splink import SparkAPI
    except ImportError as error:
        raise UsageError(
            "Spark is not installed here.", next_step="Install it: pip install 'amparo[spark]'."
        ) from error
    own = {
        "spark_session": session or spark_session(),
        "register_udfs_automatically": False,
        "break_lineage_method": "persist",
        "num_partitions_on_repartition": _PARTS,
    }
    return cast(Any, SparkAPI)(**own)


def spark_session(master: str = "local[*]", *, megabytes: int = 2048) -> Any:
    """A Spark in this machine, without its pages and without calling out.

    What it puts aside on the disk while it counts is encrypted with a key that only it has.
    ``master`` may be ``local-cluster[WORKERS,CORES,MEGABYTES]``: executors that are processes.
    ``megabytes`` is the memory of each process of Spark's, this one's own included. Plans are not
    written out: nobody reads them, and writing them took longer than to weigh 100,000 records.
    """
    from pyspark.sql import SparkSession

    return (
        SparkSession.builder.master(master)
        .appName("amparo")
        .config("spark.driver.memory", f"{megabytes}m")
        .config("spark.executor.memory", f"{megabytes}m")
        .config("spark.io.encryption.enabled", "true")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", str(_PARTS))
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.maxPlanStringLength", "0")
        .config("spark.sql.debug.maxToStringFields", "1")
        .config("spark.sql.optimizer.excludedRules", ",".join(_COMPARING_AGAIN))
        .getOrCreate()
    )


def spread(session: Any, table: pa.Table) -> Any:
    """A table as Spark's, handed to its executors once and kept by them."""
    return session.createDataFrame(table).repartition(_PARTS).persist()
