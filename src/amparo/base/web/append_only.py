"""A migration operation: from now on the table only grows.

Database triggers refuse UPDATE and DELETE, whoever asks: ``queryset.update()``, raw SQL, another
program with the key. (Libraries that watch ``save()`` miss those.)

SQLite forgets a table's triggers when Django remakes it to add or alter a column: a migration that
does so ends with this operation again.
"""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

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


class append_only(Operation):  # noqa: N801 - it reads as the other operations of a migration
    """Refuse UPDATE and DELETE on ``table`` (SQLite, SQLCipher, PostgreSQL); reversible.

    Not ``RunPython``, which draws up every model anew at each use: that was a third of the time
    that it took to make a workspace.
    """

    reversible = True

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay as they are."""

    def database_forwards(
        self, _app: str, editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        """Put the triggers there, whether they were there or not."""
        self.guard(editor)

    def database_backwards(
        self, _app: str, editor: BaseDatabaseSchemaEditor, _from: ProjectState, _to: ProjectState
    ) -> None:
        """Take the triggers away."""
        self.release(editor)

    def guard(self, editor: BaseDatabaseSchemaEditor) -> None:
        """From now on the table only grows."""
        self.release(editor)
        is_postgresql = editor.connection.vendor == "postgresql"
        for verb in _VERBS:
            for statement in _POSTGRESQL if is_postgresql else (_SQLITE,):
                sql = statement.format(table=self.table, verb=verb, VERB=verb.upper())
                editor.execute(sql, params=None)

    def release(self, editor: BaseDatabaseSchemaEditor) -> None:
        """Let rows be changed again."""
        on = f" ON {self.table}" if editor.connection.vendor == "postgresql" else ""
        for verb in _VERBS:
            editor.execute(f"DROP TRIGGER IF EXISTS {self.table}_no_{verb}{on}")

    def describe(self) -> str:
        """What ``migrate --plan`` prints."""
        return f"Let {self.table} only grow"
