"""A matter with files that make exhibits of every sort."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.evidence.web.workspaces import add_files
from tests.filing.bundle.builders import pdf, picture

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter

__all__ = ["exhibits_in"]


def exhibits_in(matter: Matter, who: User, mark: str = "") -> dict[str, Item]:
    """Letters, a photograph and a recording; ``mark`` makes their bytes the matter's own."""
    files = {
        f"letters/{mark}سند.pdf": pdf(2, content=f"BT /F1 9 Tf 72 300 Td ({mark} a) Tj ET"),
        f"letters/{mark}reply.pdf": pdf(1, content=f"BT /F1 9 Tf 72 300 Td ({mark} b) Tj ET"),
        f"photos/{mark}door.png": picture((30 + len(mark), 40)),
        f"calls/{mark}call.ogg": b"OggS\0\2" + bytes(20) + mark.encode(),
    }
    return add_files(matter, who, files)
