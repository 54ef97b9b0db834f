"""Multiple imputation: what is not stated, filled in many times, so that doubt is carried along.

    from amparo.patterns import imputation, tables
    records = tables.read(Path("acts.csv"))
    made = imputation.impute(records, ["perpetrator"], using=["province", "date:year"])
    imputation.counts(made, rows="perpetrator").cells
    imputation.diagnose(made).columns
    made.replicate(1)          # Records: filled in, each filled cell marked

A value of a document is never changed: only cells that say nothing are filled, in copies, and each
says so of itself. Values that were filled in are no evidence about anybody; they serve counts.
``imputation.estimate_strata`` carries them into the strata of an estimate; it is loaded when it is
first used, for it compiles.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from amparo.patterns.imputation.chained import OnStep, fitting, impute
from amparo.patterns.imputation.counts import PooledCount, PooledCounts, counts
from amparo.patterns.imputation.diagnostics import Diagnosis, OfColumn, diagnose
from amparo.patterns.imputation.imputed import MARK, Filled, Imputed
from amparo.patterns.imputation.variables import fillable

if TYPE_CHECKING:
    from amparo.patterns.imputation.estimates import Apart, estimate_strata
else:

    def __getattr__(name: str) -> object:
        """The name from the module that has it (PEP 562)."""
        if name not in ("Apart", "estimate_strata"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.estimates"), name)


__all__ = [
    "MARK",
    "Apart",
    "Diagnosis",
    "Filled",
    "Imputed",
    "OfColumn",
    "OnStep",
    "PooledCount",
    "PooledCounts",
    "counts",
    "diagnose",
    "estimate_strata",
    "fillable",
    "fitting",
    "impute",
]
