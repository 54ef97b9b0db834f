"""The safe of the workspace that is open."""

from __future__ import annotations

from collections.abc import Iterator

from amparo.base.web import current
from amparo.evidence.chunks import BLOCK
from amparo.evidence.local_store import LocalStore
from amparo.evidence.safe import Safe

__all__ = ["blocks_of", "safe"]


def safe() -> Safe:
    """The safe of this process's workspace; WorkspaceError when it is locked."""
    workspace = current.workspace()
    return Safe.of(LocalStore(workspace.objects), workspace.keyring)


def blocks_of(sha256: str) -> Iterator[bytes]:
    """The bytes with this digest, decrypted block by block."""
    kept = safe()
    with kept.open(kept.name_of(sha256)) as opened:
        while block := opened.read(BLOCK):
            yield block
