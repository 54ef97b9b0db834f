"""Start Django on an open workspace: what every command, server and worker does first."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

import django
from django.apps import apps
from django.core.management import call_command

from amparo.base.web import current
from amparo.base.workspace import Workspace

__all__ = ["boot"]


def boot(workspace: Workspace, *, migrate: bool = True) -> None:
    """Make ``workspace`` this process's own, set Django up and bring the rows up to date."""
    current.use(workspace)
    os.environ["AMPARO_HOME"] = str(workspace.home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amparo.site.settings")
    if not apps.ready:
        with _nothing_thrown_away():
            django.setup()
    if migrate and _is_behind():
        call_command("migrate", verbosity=0, interactive=False)


def _is_behind() -> bool:
    """Whether a migration waits; asking costs a fraction of ``migrate``, which would do nothing."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Let the collector rest while modules are loaded, and pass over them later: they all stay."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
