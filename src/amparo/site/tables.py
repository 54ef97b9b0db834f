"""The tables of a new workspace, made at once as its migrations would make them one by one.

Django draws up nearly every model again for nearly every step of a migration: seconds of work for
tables that are the same each time. ``tables.json`` keeps the statements that SQLite itself
remembers of them, and the migrations that they stand for; whatever migration is not among those is
carried out afterwards, as in any workspace. ``tools/keep_tables.py`` writes it, and a test holds
it to the migrations.
"""

from __future__ import annotations

import json
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

__all__ = ["KEPT", "kept_migrations", "make_tables", "statements_of"]

KEPT = Path(__file__).with_name("tables.json")


def kept_migrations() -> list[tuple[str, str]]:
    """The migrations for which the kept statements stand: app and name."""
    told = (each.partition(".") for each in _kept()["migrations"])
    return [(app, name) for app, _dot, name in told]


def make_tables() -> bool:
    """Make them in an empty SQLite database; False where that cannot be done."""
    if connection.vendor != "sqlite" or connection.introspection.table_names():
        return False
    recorder = MigrationRecorder(connection)
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in _kept()["statements"]:
                cursor.execute(statement)
        for app, name in kept_migrations():
            recorder.record_applied(app, name)
    return True


def statements_of() -> list[str]:
    """The statements that make the tables, indexes and triggers of the open SQLite database.

    SQLite makes some by itself: those have no statement, belong to a virtual table, or are its own.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
        found = cursor.fetchall()
    virtual = tuple(f"{name}_" for name, sql in found if sql.startswith("CREATE VIRTUAL TABLE"))
    return [sql for name, sql in found if not name.startswith(("sqlite_", *virtual))]


def _kept() -> dict[str, list[str]]:
    kept: dict[str, list[str]] = json.loads(KEPT.read_text("utf-8"))
    return kept
