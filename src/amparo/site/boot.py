"""Start Django on an open workspace: what every command, server and worker does first."""

from __future__ import annotations

import os

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
        django.setup()
    if migrate:
        call_command("migrate", verbosity=0, interactive=False)
