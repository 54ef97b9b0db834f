"""The full-text tables: words of passages, and what sources are called."""

from typing import Any

from django.db import migrations

TABLES = {
    "search_words": "text, heading",
    "search_labels": "name, sender",
}
# The words come folded and parted by spaces (amparo.search.words), so the plainest tokenizer is
# right: it parts at ASCII that is neither letter nor digit and takes everything else as it is.
OPTIONS = "content='', contentless_delete=1, tokenize='ascii'"


def make(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "sqlite":
        for table, columns in TABLES.items():
            editor.execute(f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, {OPTIONS})")


def drop(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "sqlite":
        for table in TABLES:
            editor.execute(f"DROP TABLE {table}")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
