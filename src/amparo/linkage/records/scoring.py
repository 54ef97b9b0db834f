"""Pairs weighed by a model, on either engine, in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from amparo.linkage.records.labels import Weighed
from amparo.linkage.records.model import Model
from amparo.linkage.records.vectors import given, linker

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["LEAST_BITS", "score", "score_found"]

LEAST_BITS = -10.0
"""Pairs below weigh so little that groups need not hear of them."""


def score_found(api: Any, frame: Any, model: Model, found: pa.Table) -> Weighed:
    """The pairs ``found`` (``candidates``), weighed by DuckDB."""
    own = linker(frame, model.settings())
    with given(api, own, found, few=False):
        name = _predicted(own)
        got = api.duckdb_con.sql(_select(name)).fetchnumpy()
    return _in_order(got)


def score(api: Any, frame: Any, model: Model) -> Weighed:
    """Every pair that the model's rules find, brought together and weighed by Spark."""
    name = _predicted(linker(frame, model.settings()))
    return _in_order(api.spark.sql(_select(name)).toArrow())


def _predicted(own: Any) -> str:
    scored = own.inference.predict(threshold_match_weight=LEAST_BITS, warning_mode="never")
    return str(scored.physical_name)


def _select(name: str) -> str:
    return f"select unique_id_l, unique_id_r, match_weight from {name}"  # noqa: S608


def _in_order(got: Any) -> Weighed:
    """The strongest first; equal weights in the order of their records."""
    one, other = (np.asarray(got[f"unique_id_{side}"], np.int64) for side in "lr")
    first, second = np.minimum(one, other), np.maximum(one, other)
    # the engines add in different orders, so their last digits differ
    bits = np.asarray(np.round(got["match_weight"], 6), np.float64)
    order = np.lexsort((second, first, -bits))
    return first[order], second[order], bits[order]
