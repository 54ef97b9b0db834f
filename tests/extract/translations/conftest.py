"""A reading room for models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amparo.extract.sandbox import Sandbox


@pytest.fixture(scope="module")
def room() -> Iterator[Sandbox]:
    with Sandbox(1) as made:
        yield made
