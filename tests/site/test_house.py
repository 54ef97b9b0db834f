"""What import-linter cannot see: imports by string, names that hide, rows without a migration."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from configparser import ConfigParser
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "amparo"
PURE = sorted(
    path
    for path in SOURCE.rglob("*.py")
    if path.relative_to(SOURCE).parts[0] not in {"site", "api", "cli"} and "web" not in path.parts
)


def floors() -> dict[str, int]:
    """Each slice's floor, from the bottom, as ``.importlinter`` draws them."""
    plan = ConfigParser()
    plan.read(ROOT / ".importlinter")
    layers = plan["importlinter:contract:floors"]["layers"].strip().splitlines()
    return {
        name.strip(" ()"): floor
        for floor, line in enumerate(reversed(layers))
        for name in line.split("|")
    }


def test_no_row_points_to_a_higher_floor_or_a_sibling() -> None:
    plan = floors()
    for model in apps.get_models(include_auto_created=True):
        here = model.__module__.split(".")
        if here[0] != "amparo":
            continue
        for field in model._meta.get_fields():
            other = field.related_model if field.is_relation and not field.auto_created else None
            module = getattr(other, "__module__", "").split(".")
            if module[0] == "amparo" and module[1] != here[1]:
                assert plan[module[1]] < plan[here[1]], f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("path", PURE, ids=lambda path: str(path.relative_to(SOURCE)))
def test_pure_files_name_no_django_by_string(path: Path) -> None:
    assert not re.search(r"__import__\(|[\"']django|\.web\b", path.read_text("utf-8"))


def test_there_are_no_grab_bags() -> None:
    hidden = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert not [path for path in SOURCE.rglob("*.py") if path.stem in hidden]


def test_every_folder_of_python_says_what_it_is_for() -> None:
    """And has an ``__init__``, without which import-linter passes over it."""
    folders = {path.parent for path in SOURCE.rglob("*.py")} - set(SOURCE.rglob("migrations"))
    for folder in sorted(folders):
        init = folder / "__init__.py"
        assert init.is_file(), f"{folder.relative_to(SOURCE)} has no __init__.py"
        assert ast.get_docstring(ast.parse(init.read_text("utf-8"))), init.relative_to(SOURCE)


def test_no_module_imports_inside_a_function_to_dodge_a_circle() -> None:
    """Only commands import late, to start quickly, and Django's own ``ready``."""
    late = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.rglob("*.py")
        if path.relative_to(SOURCE).parts[0] != "cli" and path.name != "apps.py"
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("amparo")
    ]
    assert not late


def test_only_actions_create_rows() -> None:
    """But for the ground, the index's own numbers, and what a backup notes of itself."""
    creating = {"create", "get_or_create", "update_or_create", "bulk_create"}
    apart = {"base/web", "search/web/tables.py", "evidence/web/backups"}
    found = [
        f"{path.relative_to(SOURCE)}:{node.lineno}"
        for path in SOURCE.glob("*/web/**/*.py")
        if not {"actions", "actions.py", "migrations"} & {*path.parts}
        and not any(path.is_relative_to(SOURCE / each) for each in apart)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in creating
        if isinstance(node.value, ast.Attribute) and node.value.attr == "objects"
    ]
    assert not found


@pytest.mark.django_db
def test_every_row_has_its_migration() -> None:
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert "No changes" in said.getvalue()


def test_the_deployment_has_no_complaint() -> None:
    call_command("check", "--fail-level", "ERROR")


def test_the_pure_core_runs_without_django() -> None:
    """Import every pure module in a process where Django cannot be imported."""
    modules = [
        ".".join(("amparo", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(
            ".__init__"
        )
        for path in PURE
        if path.name != "__main__.py" and "verifier" not in path.parts
    ]
    program = (
        "import sys, importlib\n"
        "sys.modules['django'] = None\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\n"
        "from amparo.cli.main import app\n"
        "heavy = {'django', 'numpy', 'pikepdf', 'typst', 'cryptography'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or None)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def test_every_dependency_is_locked_with_its_hash_and_names_no_place() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    for requirement in project["project"]["dependencies"]:
        name = re.split(r"[<>=\[;! ]", requirement)[0].lower()
        assert re.search(rf"^{re.escape(name)}==\S+", lock, re.MULTILINE), f"run make lock: {name}"
    assert "http" not in re.sub(r"^http\S*==.*$", "", lock, flags=re.MULTILINE)
