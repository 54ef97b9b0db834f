"""A file's proofs, checked in a worker: the way in and out of ``evidence.proofs``.

The findings leave as one file of JSON, so that they are capped and checked like any child.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.evidence.proofs.findings import Finding, from_json, to_json
from amparo.evidence.proofs.keys import Trust
from amparo.evidence.proofs.proving import prove
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["CALL", "arguments", "check", "findings_in"]

CALL = "amparo.extract.proving:check"
"""What the sandbox is asked to run."""

_NAME = "findings.json"


def arguments(media_type: str, beside: Mapping[str, bytes], trust: Trust) -> dict[str, Any]:
    """The arguments of a check as JSON, for the way into a worker."""
    packed = {name: base64.b64encode(data).decode() for name, data in beside.items()}
    return {"media_type": media_type, "beside": packed, "trust": trust.to_json()}


def check(
    file: BinaryIO,
    name: str,
    limits: Limits,  # noqa: ARG001
    *,
    media_type: str,
    beside: Mapping[str, str],
    trust: Mapping[str, Any],
) -> Reading:
    """Check a file's proofs, inside a worker; the findings are the reading's one child."""
    near = {path: base64.b64decode(data) for path, data in beside.items()}
    found = prove(file, name, media_type, near, Trust.from_json(dict(trust)))
    data = json.dumps(to_json(found), ensure_ascii=False).encode("utf-8", "replace")
    return Reading(
        children=[Child(_NAME, data, "application/json")],
        tool="amparo proofs",
        tool_version=version("amparo"),
    )


def findings_in(reading: Reading) -> tuple[Finding, ...]:
    """The findings that a worker gave; UnreadableFile says why it gave none."""
    data = next((each.data for each in reading.children if each.path == _NAME), None)
    if reading.status == "failed" or not isinstance(data, bytes):
        raise UnreadableFile(reading.reason or "Its proofs could not be checked.")
    try:
        return from_json(json.loads(data))
    except (ValueError, KeyError, RecursionError) as error:
        raise UnreadableFile("Its proofs could not be checked.") from error
