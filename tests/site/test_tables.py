"""What is kept of the tables is what the migrations make."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from amparo.site.tables import kept_migrations, make_tables

MAKE = """
import json, sys
from pathlib import Path
from amparo.base import keys, workspace
from amparo.site.boot import boot
boot(workspace.create(Path(sys.argv[1]), "for a moment", params=keys.CHEAP)[0], migrate=False)
from django.core.management import call_command
from django.db import connection
from amparo.site.tables import statements_of
call_command("migrate", one_by_one=sys.argv[2] == "one by one", verbosity=0)
rows = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names():
        cursor.execute(f'SELECT * FROM "{table}"')
        names = [column[0] for column in cursor.description]
        told = [dict(zip(names, map(str, row)), applied="", id="") for row in cursor.fetchall()]
        rows[table] = sorted(told, key=str)
print(json.dumps([statements_of(), rows]))
"""


def made(home: Path, how: str) -> tuple[list[str], dict[str, Any]]:
    argv = [sys.executable, "-c", MAKE, str(home), how]
    done = subprocess.run(argv, env={}, capture_output=True, text=True, check=True)
    statements, rows = json.loads(done.stdout)
    return statements, rows


def test_they_are_those_that_the_migrations_make(tmp_path: Path) -> None:
    whole, expected = made(tmp_path / "one", "one by one")
    kept, rows = made(tmp_path / "other", "as they are kept")
    assert sorted(kept) == sorted(whole), "run tools/keep_tables.py"
    assert rows == expected
    assert len(rows["django_migrations"]) >= len(kept_migrations()) > 60


@pytest.mark.django_db
def test_tables_that_are_there_are_left_alone() -> None:
    assert not make_tables()
