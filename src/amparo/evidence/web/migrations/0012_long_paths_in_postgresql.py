"""PostgreSQL takes paths of any length: an entry of its ordered indexes ends at 2,704 bytes.

What must be there once is told apart by a digest of the path, and a path is found by its hash.
"""

from typing import Any

from django.db import migrations

CHANGES = (
    "ALTER TABLE evidence_item DROP CONSTRAINT one_child_at_a_path",
    "CREATE UNIQUE INDEX one_child_at_a_path ON evidence_item (parent_id, md5(path))",
    "CREATE INDEX item_by_path ON evidence_item USING hash (path)",
    "DROP INDEX acquired_in_intake",
    "CREATE INDEX acquired_in_intake ON evidence_acquisition USING hash (path)",
    "DROP INDEX one_care_mark",
    "CREATE UNIQUE INDEX one_care_mark ON evidence_caremark (matter_id, scope, md5(value))"
    " WHERE withdrawn_at IS NULL",
)
BACK = (
    "DROP INDEX one_care_mark",
    "CREATE UNIQUE INDEX one_care_mark ON evidence_caremark (matter_id, scope, value)"
    " WHERE withdrawn_at IS NULL",
    "DROP INDEX acquired_in_intake",
    "CREATE INDEX acquired_in_intake ON evidence_acquisition (intake_id, path)",
    "DROP INDEX item_by_path",
    "DROP INDEX one_child_at_a_path",
    "ALTER TABLE evidence_item ADD CONSTRAINT one_child_at_a_path UNIQUE (parent_id, path)",
)


def change(_apps: Any, editor: Any) -> None:
    _carry_out(CHANGES, editor)


def change_back(_apps: Any, editor: Any) -> None:
    _carry_out(BACK, editor)


def _carry_out(statements: tuple[str, ...], editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for statement in statements:
            editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0011_filter_names_by_index")]

    operations = [migrations.RunPython(change, change_back)]
