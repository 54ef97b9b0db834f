"""A sandbox whose workers find the functions of ``hostile``."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from amparo.extract.reading import Limits, Reading
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception
from tests.conftest import ROOT

SMALL = Limits(seconds=60, cpu_seconds=60, memory=400 * 2**20, processes=10)


class Room:
    """A sandbox, and a short way to run one function of ``hostile`` in it."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox

    def go(self, word, data=b"0123456789", *, limits=SMALL, programs=False, **arguments) -> Reading:
        reception = Reception(limits)
        self.sandbox.run(
            f"tests.extract.sandbox.hostile:{word}",
            data,
            name="name",
            reception=reception,
            programs=programs,
            arguments=arguments,
        )
        return reception.reading()

    def still_works(self) -> bool:
        return self.go("well", b"fine").status == "read"


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(ROOT)
    with Sandbox(1) as sandbox:
        yield Room(sandbox)
    if before is None:
        del os.environ["PYTHONPATH"]
    else:
        os.environ["PYTHONPATH"] = before
