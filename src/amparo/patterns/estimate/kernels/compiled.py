"""Functions compiled to machine code, with their types kept.

Compiled on first use and cached on disk. Nothing is compiled with relaxed arithmetic: the same seed
must give the same bits again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

__all__ = ["compiled"]

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Compile ``function`` for this machine; it runs without Python's objects."""
    return cast(F, njit(cache=True)(function))
