"""Asking a worker to check a file's proofs. Nothing that parses a proof is loaded here."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.evidence.proofs.findings import Finding, from_json
from amparo.evidence.proofs.keys import Trust
from amparo.extract.reading import Limits, Reading
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception

__all__ = ["prove"]

_CALL = "amparo.extract.proofs.checking:check"
_LIMITS = Limits(seconds=600, cpu_seconds=600, memory=2048 * 2**20)


def prove(
    room: Sandbox,
    source: BinaryIO | bytes,
    *,
    name: str,
    media_type: str,
    beside: Mapping[str, bytes],
    trust: Trust,
) -> tuple[Finding, ...]:
    """The findings about a file's proofs, checked in a worker; UnreadableFile says why none."""
    packed = {path: base64.b64encode(data).decode() for path, data in beside.items()}
    reception = Reception(_LIMITS)
    room.run(
        _CALL,
        source,
        name=name,
        arguments={"media_type": media_type, "beside": packed, "trust": trust.to_json()},
        reception=reception,
    )
    return _findings(reception.reading())


def _findings(reading: Reading) -> tuple[Finding, ...]:
    data = next((each.data for each in reading.children), None)
    if reading.status == "failed" or not isinstance(data, bytes):
        raise UnreadableFile(reading.reason or "Its proofs could not be checked.")
    try:
        return from_json(json.loads(data))
    except (ValueError, KeyError, IndexError, RecursionError) as error:
        raise UnreadableFile("Its proofs could not be checked.") from error
