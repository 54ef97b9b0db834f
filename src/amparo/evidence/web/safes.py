"""The safe of the open workspace: its objects folder, or the bucket that ``OBJECTS_URL`` names."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from amparo.base.web import current
from amparo.evidence.store import ObjectStore
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.remote import PATIENT, open_bucket
from amparo.evidence.store.safe import Safe

__all__ = ["open_safe"]

IMPATIENT = timedelta(seconds=5)
"""A person waits for the page."""


def open_safe() -> Safe:
    """The safe and its keys; WorkspaceError when the workspace is locked."""
    workspace = current.workspace()
    url = settings.OBJECTS_URL
    patience = IMPATIENT if current.is_in_a_hurry() else PATIENT
    store: ObjectStore = open_bucket(url, patience) if url else LocalStore(workspace.objects)
    return Safe.of(store, workspace.keyring)
