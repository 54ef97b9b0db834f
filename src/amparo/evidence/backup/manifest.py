"""What a snapshot says: which rows, in which blocks, made by which Amparo; signed, then sealed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from amparo.base import canonical
from amparo.base.canonical import Json
from amparo.base.errors import UsageError, VerificationError
from amparo.base.keys import Keyring
from amparo.evidence.ledger import notes

__all__ = ["VERSION", "Column", "Manifest", "Table", "digest_of_keys", "parse", "sign"]

FORMAT = "amparo backup"
VERSION = 1
SIGNER = "amparo.backup"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name and the kind of its values (``blocks.KINDS``)."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, how many rows, and the SHA-256 of each block of them, in order."""

    name: str
    columns: tuple[Column, ...]
    rows: int
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A snapshot. ``missing``: objects that could not be kept, being lost or damaged already."""

    name: str
    made_at: str
    amparo: str
    keys_sha256: str
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    objects: int
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(table.rows for table in self.tables)


def name_of(moment: datetime) -> str:
    """The name of a snapshot made at ``moment`` (UTC), which sorts as time goes."""
    return f"{moment:%Y%m%dT%H%M%S.%fZ}"


def digest_of_keys(key_file: bytes) -> str:
    """The SHA-256 of the key file that lies beside a snapshot."""
    return hashlib.sha256(key_file).hexdigest()


def sign(manifest: Manifest, keyring: Keyring) -> bytes:
    """The manifest as a signed note (C2SP) of one line of canonical JSON."""
    text = canonical.dumps(_as_json(manifest)).decode() + "\n"
    return notes.sign(text, notes.Signer(SIGNER, keyring.signing_key)).encode()


def parse(signed: bytes, keyring: Keyring, *, what: str) -> Manifest:
    """Read a manifest back; VerificationError when its signature or form does not hold.

    UsageError when a later Amparo made it.
    """
    try:
        key = notes.Signer(SIGNER, keyring.signing_key).key
        content = canonical.loads(notes.verify(signed.decode(), key, what=what).text)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise VerificationError(what, got="another format", expected=FORMAT)
        _refuse_later(content)
        return _from_json(content)
    except (ValueError, KeyError, TypeError) as error:
        raise VerificationError(
            what, got=f"{type(error).__name__}: {error}", expected=FORMAT
        ) from error


def _refuse_later(content: Mapping[str, Json]) -> None:
    version = content.get("version")
    if not isinstance(version, int) or version > VERSION:
        raise UsageError(
            f"This backup has version {version}; this Amparo reads up to {VERSION}.",
            next_step="Install a newer Amparo.",
        )


def _as_json(manifest: Manifest) -> dict[str, Json]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": manifest.name,
        "made_at": manifest.made_at,
        "amparo": manifest.amparo,
        "keys_sha256": manifest.keys_sha256,
        "migrations": [list(each) for each in manifest.migrations],
        "objects": manifest.objects,
        "missing": list(manifest.missing),
        "tables": [
            {
                "name": table.name,
                "columns": [[column.name, column.kind] for column in table.columns],
                "rows": table.rows,
                "blocks": list(table.blocks),
            }
            for table in manifest.tables
        ],
    }


def _from_json(content: Mapping[str, Any]) -> Manifest:
    return Manifest(
        name=str(content["name"]),
        made_at=str(content["made_at"]),
        amparo=str(content["amparo"]),
        keys_sha256=str(content["keys_sha256"]),
        migrations=tuple((str(app), str(name)) for app, name in content["migrations"]),
        tables=tuple(map(_table, content["tables"])),
        objects=int(content["objects"]),
        missing=tuple(map(str, content["missing"])),
    )


def _table(content: Mapping[str, Any]) -> Table:
    return Table(
        name=str(content["name"]),
        columns=tuple(Column(str(name), str(kind)) for name, kind in content["columns"]),
        rows=int(content["rows"]),
        blocks=tuple(map(str, content["blocks"])),
    )
