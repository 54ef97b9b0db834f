"""The safe: an object store and the keys to it."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from amparo.base.keys import Keyring
from amparo.evidence.store import ObjectStore, object_name
from amparo.evidence.store.age import recipient_of
from amparo.evidence.store.chunks import open_sealed

__all__ = ["Safe"]


@dataclass(frozen=True, slots=True)
class Safe:
    """Where objects lie, to whom they are sealed, and how they are named."""

    store: ObjectStore
    identity: bytes = field(repr=False)
    name_key: bytes = field(repr=False)
    recipient: bytes = field(repr=False)

    @classmethod
    def of(cls, store: ObjectStore, keyring: Keyring) -> Safe:
        """The safe of a workspace."""
        identity = keyring.object_identity
        return cls(store, identity, keyring.name_key, recipient_of(identity))

    def name_of(self, sha256: str) -> str:
        """The name of the object that holds the bytes with this digest."""
        return object_name(self.name_key, sha256)

    def open(self, name: str) -> io.BufferedReader:
        """Open an object's plaintext: seekable, decrypted where it is read, never on disk.

        Raises ObjectMissing, and VerificationError that names the object and the first broken
        chunk.
        """
        return open_sealed(self.store.open(name), self.identity, label=f"Object {name[:12]}…")
