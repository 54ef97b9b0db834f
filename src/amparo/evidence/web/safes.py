"""The safe of the open workspace: its objects folder, or the bucket that ``OBJECTS_URL`` names."""

from __future__ import annotations

from django.conf import settings

from amparo.base.web import current
from amparo.evidence.local_store import LocalStore
from amparo.evidence.remote_store import open_bucket
from amparo.evidence.safe import Safe
from amparo.evidence.store import ObjectStore

__all__ = ["open_safe"]


def open_safe() -> Safe:
    """The safe and its keys; WorkspaceError when the workspace is locked."""
    workspace = current.workspace()
    url = settings.OBJECTS_URL
    store: ObjectStore = open_bucket(url) if url else LocalStore(workspace.objects)
    return Safe.of(store, workspace.keyring)
