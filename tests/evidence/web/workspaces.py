"""Files in a matter, taken in as a person does it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from amparo.evidence.intake.ingest import seal_stream
from amparo.evidence.web.actions.acquiring import Arrival, acquire, acquire_child
from amparo.evidence.web.actions.intake import Provenance, finish_intake, open_intake
from amparo.evidence.web.safes import open_safe

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter

__all__ = ["FILES", "add_child", "add_files"]

FILES = {
    "letters/سند.pdf": b"%PDF-1.4 a letter from the mother",
    "photo.jpg": b"\xff\xd8\xff a photo of the checkpoint" * 9000,
    "empty.txt": b"",
    "copy of سند.pdf": b"%PDF-1.4 a letter from the mother",
}
PROVENANCE = Provenance(
    from_whom="فاطمة المصري", occurred_at="2021-03~", place="Bogotá", method="handed over"
)


def add_files(
    matter: Matter, who: User, files: dict[str, bytes] = FILES, said: Provenance = PROVENANCE
) -> dict[str, Item]:
    """Take ``files`` in; the items by received path."""
    intake = open_intake(matter, "/usb", acting_user=who, provenance=said)
    arrivals = [
        Arrival(path, seal_stream(io.BytesIO(data), open_safe(), name=path))  # type: ignore[arg-type]
        for path, data in files.items()
    ]
    taken = acquire(intake, arrivals, acting_user=who)
    finish_intake(intake, acting_user=who)
    return {each.path: each.item for each in taken if each.item}


def add_child(parent: Item, path: str, data: bytes, who: User) -> Item:
    """Something found inside a file."""
    sealed = seal_stream(io.BytesIO(data), open_safe(), name=path)  # type: ignore[arg-type]
    return acquire_child(parent, Arrival(path, sealed), acting_user=who)
