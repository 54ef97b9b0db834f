"""The full-text tables on PostgreSQL: words of passages, and what sources are called."""

from typing import Any

from django.db import migrations

TABLES = ("search_words", "search_labels")


def make(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for table in TABLES:
            editor.execute(f"CREATE TABLE {table} (number bigint PRIMARY KEY, words tsvector NOT NULL)")
            editor.execute(f"CREATE INDEX {table}_by_word ON {table} USING gin (words)")


def drop(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "postgresql":
        for table in TABLES:
            editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words")]

    operations = [migrations.RunPython(make, drop)]
