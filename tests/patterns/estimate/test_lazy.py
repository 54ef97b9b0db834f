"""Nothing that estimates nothing waits for the compiler behind the methods."""

from __future__ import annotations

import subprocess
import sys

import pytest

from amparo.patterns import estimate

SLOW = ("numba", "scipy.optimize", "scipy.stats", "altair", "vl_convert", "splink", "duckdb")


def loaded_after(statement: str) -> set[str]:
    said = f"{statement}; import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_package_loads_no_method_before_it_is_used() -> None:
    assert not loaded_after("from amparo.patterns import estimate") & set(SLOW)
    assert not loaded_after("from amparo.patterns import imputation") & set(SLOW)
    assert "numba" in loaded_after("from amparo.patterns.estimate import Settings")
    assert "numba" in loaded_after("from amparo.patterns.imputation import estimate_strata")


def test_every_name_is_there() -> None:
    assert all(getattr(estimate, name) is not None for name in estimate.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        estimate.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_workbench_starts_without_what_only_analysis_needs() -> None:
    boot = "import django, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'"
    urls = "django.setup(); from django.urls import get_resolver; get_resolver().url_patterns"
    assert not loaded_after(f"{boot}; {urls}") & set(SLOW)
