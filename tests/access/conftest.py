"""One reading room for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from amparo.extract.sandbox import Sandbox


@pytest.fixture(scope="session")
def room() -> Iterator[Sandbox]:
    with Sandbox(2) as made:
        yield made
