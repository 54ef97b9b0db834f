"""A file's proofs, checked inside a worker: what ``asking`` asks the sandbox to run.

The findings leave as one file of JSON, so that they are capped and checked like any child.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, BinaryIO

from amparo.evidence.proofs.findings import to_json
from amparo.evidence.proofs.keys import Trust
from amparo.evidence.proofs.proving import prove
from amparo.extract.reading import Child, Limits, Reading

__all__ = ["check"]


def check(
    file: BinaryIO,
    name: str,
    limits: Limits,  # noqa: ARG001
    *,
    media_type: str,
    beside: Mapping[str, str],
    trust: Mapping[str, Any],
) -> Reading:
    """Check a file's proofs; ``beside`` are names with bytes in base64, ``trust`` is JSON."""
    near = {path: base64.b64decode(data) for path, data in beside.items()}
    found = prove(file, name, media_type, near, Trust.from_json(dict(trust)))
    data = json.dumps(to_json(found), ensure_ascii=False).encode("utf-8", "replace")
    return Reading(
        children=[Child("findings.json", data, "application/json")],
        tool="amparo proofs",
        tool_version=version("amparo"),
    )
