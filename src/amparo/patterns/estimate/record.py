"""A file that gives an estimate again, bit for bit.

It holds the table, the method, what was turned, the seed, the versions of what computed, and the
answer. ``again`` computes anew and compares; a difference is a failed verification, never silence.
Other versions of numpy may round differently: the versions say where to look first.
"""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from typing import Any

from amparo.base.errors import UsageError, VerificationError
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.methods import Estimate, Settings, estimate

__all__ = ["FORMAT", "again", "record", "table_of"]

FORMAT = "amparo-estimate-1"
COMPUTED_BY = ("amparo", "numpy", "scipy", "numba")


def record(table: Table, answer: Estimate, settings: Settings) -> str:
    """The file's text: one JSON object, stable in its order."""
    return json.dumps(
        {
            "format": FORMAT,
            "lists": list(table.lists),
            "histories": [[history, count] for history, count in sorted(table.counts.items())],
            "repeated": table.repeated,
            "method": answer.method,
            "settings": _plain(asdict(settings)),
            "versions": {name: version(name) for name in COMPUTED_BY}
            | {"python": platform.python_version(), "machine": platform.machine()},
            "answer": _plain(answer.as_json()),
        },
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    )


def again(text: str) -> Estimate:
    """Compute a recorded estimate anew. UsageError for another file, VerificationError when the
    answer is not the recorded one."""
    read = _read(text)
    prior = tuple(read["settings"].pop("prior"))
    found = estimate(_table(read), read["method"], Settings(prior=prior, **read["settings"]))
    for key, expected in read["answer"].items():
        got = _plain(found.as_json())[key]
        if got != expected:
            raise VerificationError(
                f"The estimate's {key}",
                got=_short(got),
                expected=_short(expected),
                next_step=f"It was computed with {read['versions']}.",
            )
    return found


def table_of(text: str) -> Table:
    """The table that a record holds. UsageError for another file."""
    return _table(_read(text))


def _read(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except ValueError as error:
        raise UsageError("This is not the record of an estimate.") from error
    if not isinstance(read, dict) or read.get("format") != FORMAT:
        raise UsageError(
            "This is not the record of an estimate.", next_step="Give a file made by --record."
        )
    return read


def _table(read: dict[str, Any]) -> Table:
    counts = {int(history): int(count) for history, count in read["histories"]}
    return Table(tuple(read["lists"]), counts, read["repeated"])


def _plain(value: Any) -> Any:
    """As JSON reads it back: tuples are lists, NaN is null."""
    return json.loads(json.dumps(value, default=float), parse_constant=lambda _: None)


def _short(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
