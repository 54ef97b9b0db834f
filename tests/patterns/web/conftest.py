"""A table of acts in a matter, read as any file is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from amparo.extract.sandbox import Sandbox
from tests.patterns.web.acts import CSV, PEOPLE, UNDER, table_in

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter
    from tests.personas import Personas


@pytest.fixture(scope="session")
def room() -> Iterator[Sandbox]:
    with Sandbox(1) as made:
        yield made


@pytest.fixture
def acts(personas: Personas, matter: Matter, room: Sandbox) -> Item:
    """The table of ``acts.py``, read, with two tables to set beside it."""
    table_in(matter, PEOPLE, "people.csv", room, personas.owner)
    table_in(matter, UNDER, "units.csv", room, personas.owner)
    return table_in(matter, CSV, "acts.csv", room, personas.owner)
