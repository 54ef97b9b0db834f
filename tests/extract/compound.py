"""A compound file ([MS-CFB]) of small streams, for tests of readers of Outlook's messages."""

from __future__ import annotations

import struct
from collections.abc import Mapping

__all__ = ["compound_file", "outlook_message"]

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
Tree = Mapping[str, "bytes | Tree"]


class _Directory:
    """Entries, and the mini stream that all streams lie in."""

    def __init__(self) -> None:
        self.entries: list[list[object]] = []
        self.stream = b""
        self.chain: list[int] = []

    def add(self, name: str, kind: int) -> int:
        self.entries.append([name, kind, _FREE, _FREE, _END, 0])  # right, child, start, size
        return len(self.entries) - 1

    def fill(self, parent: int, tree: Tree) -> None:
        before = None
        for name, content in sorted(tree.items()):
            number = self.add(name, 2 if isinstance(content, bytes) else 1)
            self.entries[parent if before is None else before][3 if before is None else 2] = number
            before = number
            if isinstance(content, bytes):
                self._store(number, content)
            else:
                self.fill(number, content)

    def _store(self, number: int, content: bytes) -> None:
        self.entries[number][5] = len(content)
        if not content:
            return
        first, count = len(self.chain), -(-len(content) // 64)
        self.entries[number][4] = first
        self.chain += [*range(first + 1, first + count), _END]
        self.stream += content.ljust(64 * count, b"\0")

    def packed(self) -> bytes:
        rows = []
        for name, kind, right, child, start, size in self.entries:
            raw = str(name).encode("utf-16-le") + b"\0\0"
            rows.append(
                raw.ljust(64, b"\0")
                + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
                + bytes(36)
                + struct.pack("<IQ", start, size)
            )
        return b"".join(rows)


def compound_file(tree: Tree) -> bytes:
    """Write streams and storages; every stream must be shorter than 4096 bytes."""
    directory = _Directory()
    directory.add("Root Entry", 5)
    directory.fill(0, tree)
    mini = _sectors(struct.pack(f"<{len(directory.chain)}I", *directory.chain), b"\xff")
    stream = _sectors(directory.stream)
    starts = (1, 1 + len(mini), 1 + len(mini) + len(stream))
    directory.entries[0][4], directory.entries[0][5] = starts[1], len(directory.stream)
    listed = _sectors(directory.packed())
    table = [_FAT]
    for block in (mini, stream, listed):
        table += [*range(len(table) + 1, len(table) + len(block)), _END] if block else []
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, starts[2])
    header += struct.pack("<IIIIII", 0, 4096, 1, len(mini), _END, 0)
    header += struct.pack("<I", 0).ljust(436, b"\xff")
    return header + b"".join([fat, *mini, *stream, *listed])


def _sectors(data: bytes, filler: bytes = b"\0") -> list[bytes]:
    return [data[i : i + 512].ljust(512, filler) for i in range(0, len(data), 512)]


def _fixed(header: int, **values: int) -> bytes:
    rows = b"".join(
        struct.pack("<HHIQ", 3, int(key[1:], 16), 6, value) for key, value in values.items()
    )
    return bytes(header) + rows


def _texts(**texts: str) -> dict[str, bytes]:
    return {
        f"__substg1.0_{key[1:].upper()}001F": text.encode("utf-16-le")
        for key, text in texts.items()
    }


def outlook_message(
    subject: str, body: str, *, inner: Tree | None = None, top: bool = True, sent: int = 0
) -> dict[str, bytes | Tree]:
    """The streams of a message to Ivan with one file, and a message attached when given."""
    attached: dict[str, bytes | Tree] = {
        "__attach_version1.0_#00000000": {
            **_texts(x3707="list.csv"),
            "__substg1.0_37010102": b"a,b",
            "__properties_version1.0": _fixed(8, x3705=1),
        }
    }
    if inner is not None:
        attached["__attach_version1.0_#00000001"] = {
            **_texts(x3001="before"),
            "__substg1.0_3701000D": inner,
            "__properties_version1.0": _fixed(8, x3705=5),
        }
    return {
        **_texts(x0037=subject, x1000=body, x0C1A="Amal", x5D01="amal@example.org"),
        "__properties_version1.0": _fixed(32 if top else 24, x0039=sent),
        "__recip_version1.0_#00000000": {
            **_texts(x3001="Ivan", x39FE="ivan@example.org"),
            "__properties_version1.0": _fixed(8, x0C15=1),
        },
        **attached,
    }
