"""A migration operation: from now on the table only grows.

Database triggers refuse UPDATE and DELETE, whoever asks: ``queryset.update()``, raw SQL, another
program with the key. (Libraries that watch ``save()`` miss those.)

SQLite forgets a table's triggers when Django remakes it to add or alter a column: a migration that
does so ends with this operation again.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

__all__ = ["append_only"]

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} only grows: {verb} is refused'); END
"""
_POSTGRESQL = (
    """
CREATE OR REPLACE FUNCTION amparo_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% only grows: % is refused', TG_TABLE_NAME, lower(TG_OP); END $$
""",
    """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON {table}
FOR EACH ROW EXECUTE FUNCTION amparo_refuse_change()
""",
)
_VERBS = ("update", "delete")


def append_only(table: str) -> migrations.RunPython:
    """Refuse UPDATE and DELETE on ``table`` (SQLite, SQLCipher, PostgreSQL); reversible."""

    def guard(apps: Any, editor: Any) -> None:
        release(apps, editor)
        statements = _POSTGRESQL if editor.connection.vendor == "postgresql" else (_SQLITE,)
        for verb in _VERBS:
            for statement in statements:
                sql = statement.format(table=table, verb=verb, VERB=verb.upper())
                editor.execute(sql, params=None)

    def release(_apps: Any, editor: Any) -> None:
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        for verb in _VERBS:
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")

    return migrations.RunPython(guard, release)
