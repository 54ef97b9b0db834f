"""A list read in a worker of the sandbox; nothing that parses it is loaded in this process."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Child, Limits, Reading
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception
from amparo.linkage.screening.entries import NameList, from_json, to_json
from amparo.linkage.screening.reading import read

__all__ = ["in_worker", "read_list"]

_CALL = "amparo.linkage.screening.confined:in_worker"
_LIMITS = Limits(seconds=600, cpu_seconds=600, memory=4096 * 2**20)


def read_list(room: Sandbox, source: BinaryIO | bytes, *, name: str) -> NameList:
    """The list in ``source``, read in a worker; ``UnreadableFile`` says why it cannot be."""
    reception = Reception(_LIMITS)
    room.run(_CALL, source, name=name, reception=reception)
    reading = reception.reading()
    data = next((each.data for each in reading.children), None)
    if reading.status == "failed" or not isinstance(data, bytes):
        raise UnreadableFile(reading.reason or "The list could not be read.")
    try:
        return from_json(json.loads(data))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UnreadableFile("The list could not be read.") from error


def in_worker(file: BinaryIO, name: str, limits: Limits) -> Reading:  # noqa: ARG001
    """What the worker does: the list leaves as one file of JSON, capped like any child."""
    data = json.dumps(to_json(read(file, name)), ensure_ascii=False).encode("utf-8", "replace")
    return Reading(
        children=[Child("list.json", data, "application/json")],
        tool="amparo lists",
        tool_version=version("amparo"),
    )
