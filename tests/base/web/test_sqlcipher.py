"""The encrypted database under Django."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from sqlcipher3 import dbapi2 as sqlcipher

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import AuditEntry
from amparo.base.errors import WorkspaceError
from amparo.base.web import current


@pytest.fixture
def file() -> Path:
    return Path(connection.settings_dict["NAME"])


@pytest.mark.folder
@pytest.mark.django_db
def test_nothing_in_the_file_is_readable(file: Path) -> None:
    audit("a word to look for", acting_user=None)
    assert not file.read_bytes().startswith(b"SQLite format 3")


@pytest.mark.folder
@pytest.mark.django_db
def test_a_wrong_key_opens_nothing(file: Path) -> None:
    other = sqlcipher.connect(str(file))
    other.execute(f"PRAGMA key = \"x'{bytes(32).hex()}'\"")
    with pytest.raises(sqlcipher.DatabaseError, match="not a database"):
        other.execute("SELECT count(*) FROM sqlite_master").fetchone()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [lambda rows: rows.update(action="another"), lambda rows: rows._raw_delete("default")],
    ids=["update", "delete"],
)
def test_the_audit_only_grows(change: Callable[[QuerySet[AuditEntry]], int]) -> None:
    audit("something", acting_user=None)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        change(AuditEntry.objects.all())


def test_a_locked_workspace_gives_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "_open", [])
    with pytest.raises(WorkspaceError, match="locked"):
        current.database_key()
