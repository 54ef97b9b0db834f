"""Sheets of facts that capture apps write beside a file: ProofMode's and Tella's CSV and JSON.

ProofMode (org.witness.proofmode) writes ``<sha256>.proof.csv`` and ``.proof.json``: one line of
names, one of values, another line of values each time that it adds something; some versions write
a name and a value a line. Tella (org.hzontal.tella) writes one line of names and one of values,
with blanks for commas. Names are matched without regard to case, blanks and points.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from amparo.evidence.proofs.degrees import degrees
from amparo.evidence.proofs.findings import Claim
from amparo.evidence.proofs.moments import moment

__all__ = ["LARGEST", "Sheet", "read_sheet"]

LARGEST = 1024 * 1024
"""No app writes a larger sheet, in bytes."""

_PROOFMODE_HASH = ("filehashsha256", "sha256")
_TELLA_HASH = ("filehash",)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TIMES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "proofmode": (
        ("filecreated", "proofmode created"),
        ("filemodified", "proofmode modified"),
        ("modified", "proofmode modified"),
        ("proofgenerated", "proofmode written"),
        ("currentdatetime0gmt", "proofmode written"),
        ("locationtime", "proofmode place"),
    ),
    "tella": (("timestamp", "tella"), ("locationtimestamp", "tella place")),
}
_FACTS: Mapping[str, str] = {
    "filepath": "path on the device", "filename": "name on the device",
    "file": "path on the device",
    "hardware": "device", "manufacturer": "maker", "deviceid": "device number",
    "network": "network", "networktype": "kind of network", "locale": "locale",
    "language": "language", "locationprovider": "place known by", "notes": "notes",
    "cellinfo": "cell towers", "cells": "cell towers", "wifis": "wireless networks near",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one sheet says: whose it is, the hash that it states ("" for none), every value."""

    app: Literal["proofmode", "tella"]
    sha256: str
    values: tuple[tuple[str, str], ...]

    def claims(self) -> tuple[Claim, ...]:
        """The times and the place that it states."""
        own = dict(self.values)
        times = [
            Claim(source, own[name], moment(own[name]))
            for name, source in _TIMES[self.app]
            if own.get(name) and own[name] != "0"
        ]
        names = ("locationlatitude", "locationlongitude")
        stated = [own.get(name, "") for name in names]
        place = degrees(*stated)
        if place is None:
            return tuple(times)
        source = "proofmode place" if self.app == "proofmode" else "tella place"
        accuracy = _number(own.get("locationaccuracy", ""))
        return (*times, Claim(source, ", ".join(stated), place=place, accuracy=accuracy))

    def facts(self) -> tuple[tuple[str, str], ...]:
        """What it says of device and surroundings, in words of ours."""
        return tuple((_FACTS[key], value) for key, value in self.values if key in _FACTS and value)

    def names_file(self, name: str) -> bool:
        """Whether a path in it ends in this file's name."""
        paths = [value for key, value in self.values if key in ("filepath", "file", "filename")]
        return any(path.rpartition("/")[2].strip().lower() == name.lower() for path in paths)


def read_sheet(data: bytes) -> Sheet | None:
    """Read a sheet; None when it is none of theirs."""
    if len(data) > LARGEST:
        return None
    text = data.decode("utf-8-sig", "replace").strip()
    try:
        pairs = _json(text) if text.startswith(("{", "[")) else _csv(text)
    except (ValueError, csv.Error, RecursionError):
        return None
    values: dict[str, str] = {}
    for key, value in pairs:
        if value.strip():
            values[_plain(key)] = value.strip()
    return _sheet(values)


def _sheet(values: Mapping[str, str]) -> Sheet | None:
    ours = tuple(values.items())
    for name in _PROOFMODE_HASH:
        if name in values:
            return Sheet("proofmode", _digest(values[name]), ours)
    if "proofgenerated" in values:
        return Sheet("proofmode", "", ours)
    if _TELLA_HASH[0] in values and ("timestamp" in values or "filename" in values):
        return Sheet("tella", _digest(values[_TELLA_HASH[0]]), ours)
    return None


def _csv(text: str) -> Iterable[tuple[str, str]]:
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    if not rows:
        return []
    if all(len([cell for cell in row if cell.strip()]) <= 2 for row in rows) and len(rows) > 2:
        return [(row[0], row[1] if len(row) > 1 else "") for row in rows]
    return [pair for row in rows[1:] for pair in zip(rows[0], row, strict=False)]


def _json(text: str) -> Iterable[tuple[str, str]]:
    value: Any = json.loads(text)
    objects = value if isinstance(value, list) else [value]
    return [pair for each in objects if isinstance(each, dict) for pair in _flat("", each)]


def _flat(above: str, value: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for key, each in value.items():
        if isinstance(each, dict):
            yield from _flat(f"{above}{key}.", each)
        elif each is not None:
            yield f"{above}{key}", str(each)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


def _digest(text: str) -> str:
    plain = text.strip().lower()
    return plain if _DIGEST.fullmatch(plain) else ""


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if 0 < number < 1e7 else None
