#!/usr/bin/env python
"""Keep the tables of a new workspace, so that ``amparo init`` need not migrate them one by one.

``.venv/bin/python tools/keep_tables.py`` writes ``src/amparo/site/tables.json`` from the migrations
as they are. Worth running now and then: migrations that are not in it are carried out after it.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Migrate an empty database one by one, and write down what came of it."""
    from amparo.base import keys, workspace
    from amparo.site.boot import boot

    with tempfile.TemporaryDirectory() as folder:
        made, _code = workspace.create(Path(folder) / "home", "for a moment", params=keys.CHEAP)
        os.environ.pop("DATABASE_URL", None)
        boot(made, migrate=False)
        from django.core.management import call_command
        from django.db import connection
        from django.db.migrations.recorder import MigrationRecorder

        from amparo.site.tables import KEPT, statements_of

        call_command("migrate", one_by_one=True, verbosity=0)
        done = MigrationRecorder(connection).applied_migrations()
        applied = sorted(f"{app}.{name}" for app, name in done)
        kept = {"migrations": applied, "statements": statements_of()}
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=0) + "\n", "utf-8")
        connection.close()
    print(f"{KEPT.name}: {len(applied)} migrations", file=sys.stderr)


if __name__ == "__main__":
    main()
