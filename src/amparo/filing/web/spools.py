"""Volumes that are sealed as they are written: nothing of a bundle is on the disk in clear."""

from __future__ import annotations

from contextlib import ExitStack
from typing import BinaryIO

from amparo.evidence.intake.ingest import Sealed, sealing
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.models import StoredObject

__all__ = ["SealedSpool"]


class SealedSpool:
    """A volume on its way into the safe. ``sealed`` is what became of it, once finished."""

    def __init__(self, safe: Safe) -> None:
        self._safe = safe
        self._stack = ExitStack()
        self._under_way = self._stack.enter_context(sealing(safe))
        self._file: BinaryIO | None = None
        self.sealed: Sealed | None = None

    def write(self, data: bytes, /) -> int:
        """Take the next bytes."""
        self._under_way.write(data)
        return len(data)

    def finish(self) -> BinaryIO:
        """Seal the rest, and give the object to read, decrypted where it is read."""
        self.sealed = self._under_way.keep("bundle.pdf")
        self._stack.close()
        self._file = self._safe.open(self.sealed.object_name)
        return self._file

    def close(self) -> None:
        """Stop reading; what was sealed stays."""
        if self._file is not None:
            self._file.close()

    def discard(self) -> None:
        """Leave nothing behind, unless the same bytes are kept for another reason."""
        self.close()
        self._stack.close()
        made = self.sealed
        if made is None or not made.created:
            return
        if not StoredObject.objects.filter(object_name=made.object_name).exists():
            self._safe.store.delete(made.object_name)
