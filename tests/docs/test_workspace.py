"""docs/workspace.md tells how to open a workspace without Amparo: so do it."""

from __future__ import annotations

import importlib.util
import shutil
import sqlite3
import subprocess
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from amparo.base.keys import CHEAP
from amparo.base.workspace import create
from amparo.evidence.intake.ingest import seal_stream
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.safe import Safe
from tests.docs.pages import ROOT

PAGE = (ROOT / "docs" / "workspace.md").read_text("utf-8")


@pytest.fixture(scope="module")
def program():
    path = ROOT / "docs" / "open_without_amparo.py"
    spec = importlib.util.spec_from_file_location("open_without_amparo", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def workspace(tmp_path):
    made, _ = create(tmp_path / "home", "пароль with café", params=CHEAP)
    return made


def test_the_folder_is_as_told(workspace):
    there = {path.name for path in workspace.home.iterdir()} | {"amparo.db"}
    assert there == {"amparo.toml", "amparo.db", "objects", "backups"}
    for name in there:
        assert name in PAGE


def test_the_program_finds_the_keys(program, workspace):
    secret = program.data_key(workspace.home, "пароль with café")
    identity = program.bech32("age-secret-key-", program.draw(secret, "object identity"))
    assert identity.upper() == workspace.keyring.age_identity
    assert program.draw(secret, "database") == workspace.keyring.database_key


def test_the_program_is_as_long_as_told():
    lines = (ROOT / "docs" / "open_without_amparo.py").read_text().splitlines()
    assert len([line for line in lines if line.strip()]) <= 62


@pytest.mark.skipif(not shutil.which("age"), reason="age is not installed")
def test_age_opens_an_object(workspace, tmp_path):
    safe = Safe.of(LocalStore(workspace.objects), workspace.keyring)
    original = tmp_path / "file"
    original.write_bytes(b"testimony " * 50_000)
    with original.open("rb") as stream:
        sealed = seal_stream(stream, safe, name="file")
    identity = tmp_path / "identity.txt"
    identity.write_text(workspace.keyring.age_identity + "\n")
    name = sealed.object_name
    place = workspace.objects / name[:2] / name[2:]
    opened = subprocess.run(
        ["age", "-d", "-i", str(identity), str(place)], capture_output=True, check=True
    )
    assert opened.stdout == original.read_bytes()


def test_the_database_opens_with_its_key_only(program, workspace):
    connection = sqlcipher.connect(str(workspace.database))
    connection.execute(f"PRAGMA key = \"x'{workspace.keyring.database_key.hex()}'\"")
    connection.execute("CREATE TABLE word (text)")
    connection.commit()
    connection.close()
    with pytest.raises(sqlite3.DatabaseError), sqlite3.connect(workspace.database) as plain:
        plain.execute("SELECT * FROM word")
    key = program.draw(program.data_key(workspace.home, "пароль with café"), "database").hex()
    again = sqlcipher.connect(str(workspace.database))
    again.execute(f"PRAGMA key = \"x'{key}'\"")
    assert again.execute("SELECT count(*) FROM word").fetchone() == (0,)


def test_the_tables_of_the_example_exist():
    from amparo.evidence.web.models import Item, StoredObject

    assert {Item._meta.db_table, StoredObject._meta.db_table} == {
        "evidence_item",
        "evidence_storedobject",
    }
    assert {"path", "object"} <= {field.name for field in Item._meta.fields}


def test_the_path_of_an_object_is_as_told(workspace, tmp_path):
    safe = Safe.of(LocalStore(workspace.objects), workspace.keyring)
    original = tmp_path / "file"
    original.write_bytes(b"x")
    with original.open("rb") as stream:
        seal_stream(stream, safe, name="file")
    assert len(list(Path(workspace.objects).glob("??/*"))) == 1
