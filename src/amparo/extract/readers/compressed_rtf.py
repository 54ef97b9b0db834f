"""The compressed RTF of Outlook ([MS-OXRTFCP]): LZ over a known beginning."""

from __future__ import annotations

import struct

__all__ = ["decompress"]

_BEGINNING = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    b"\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    b"\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096
_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D


def decompress(data: bytes) -> bytes:
    """Give the RTF; ValueError when the data is not compressed RTF."""
    if len(data) < 16:
        raise ValueError("compressed RTF is shorter than its header")
    _, size, kind, _ = struct.unpack_from("<IIII", data)
    if kind == _PLAIN:
        return data[16 : 16 + size]
    if kind != _COMPRESSED:
        raise ValueError(f"got the kind {kind:#x} of compressed RTF, expected {_COMPRESSED:#x}")
    return _expand(data[16:], size)


def _expand(data: bytes, size: int) -> bytes:
    window = bytearray(_BEGINNING.ljust(_WINDOW, b"\x00"))
    write, place = len(_BEGINNING), 0
    output = bytearray()
    while place < len(data) and len(output) < size:
        control = data[place]
        place += 1
        for bit in range(8):
            if place >= len(data) or len(output) >= size:
                break
            if not control >> bit & 1:
                taken = data[place : place + 1]
                place += 1
            else:
                reference = int.from_bytes(data[place : place + 2], "big")
                place += 2
                start, length = reference >> 4, (reference & 15) + 2
                if start == write % _WINDOW:
                    return bytes(output)
                taken = _repeat(window, start, length, write)
            for byte in taken:
                window[write % _WINDOW] = byte
                write += 1
            output += taken
    return bytes(output)


def _repeat(window: bytearray, start: int, length: int, write: int) -> bytes:
    """Copy from the window, where the copy may run into what it writes itself."""
    distance = (write - start) % _WINDOW or _WINDOW
    return bytes(window[(start + place % distance) % _WINDOW] for place in range(length))
