"""Which files the process that calls this, and all that it starts, may still open.

Landlock by ctypes (landlock(7)), as far as the running kernel's version of it goes: from 1 files,
from 4 TCP, from 6 signals and abstract sockets of others.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
from collections.abc import Iterable
from pathlib import Path

__all__ = ["install", "version"]

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_VERSION_FLAG, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # number of file rights known to a version
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_NO_SPECIAL = ~((1 << 6) | (1 << 11))  # never make device nodes


def version() -> int:
    """The kernel's version of Landlock; 0 when there is none."""
    if platform.system() != "Linux":
        return 0
    libc = ctypes.CDLL(None, use_errno=True)
    return max(0, int(libc.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint(1))))


def _all_rights(abi: int) -> int:
    return (1 << _RIGHTS.get(abi, 16)) - 1


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        beneath = os.open(path, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
    except OSError:
        return
    try:
        wanted = rights if path.is_dir() else rights & _ON_FILES
        rule = struct.pack("<Qi", wanted, beneath)
        libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, ctypes.c_char_p(rule), ctypes.c_uint(0))
    finally:
        os.close(beneath)


def install(
    *, readable: Iterable[Path], writable: Iterable[Path], devices: Iterable[Path] = ()
) -> str:
    """Deny everything but reading (and running) ``readable`` and changing ``writable``.

    Paths that do not exist are passed over. Gives "" or why it could not be done.
    """
    abi = version()
    if not abi:
        return "this system has no Landlock: files are not fenced off"
    libc = ctypes.CDLL(None, use_errno=True)
    rights = _all_rights(abi)
    attributes = struct.pack("<QQQ", rights, 3 if abi >= 4 else 0, 3 if abi >= 6 else 0)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = libc.syscall(
        _CREATE, ctypes.c_char_p(attributes), ctypes.c_size_t(size), ctypes.c_uint(0)
    )
    if ruleset < 0:
        return f"landlock: {os.strerror(ctypes.get_errno())}"
    try:
        for path in readable:
            _allow(libc, ruleset, path, _EXECUTE | _READ_FILE | _READ_DIR)
        for path in writable:
            _allow(libc, ruleset, path, rights & _NO_SPECIAL & ~_EXECUTE)
        for path in devices:
            _allow(libc, ruleset, path, rights & (_READ_FILE | _WRITE_FILE))
        if libc.prctl(38, 1, 0, 0, 0) or libc.syscall(_RESTRICT, ruleset, ctypes.c_uint(0)):
            return f"landlock: {os.strerror(ctypes.get_errno())}"
    finally:
        os.close(ruleset)
    return ""
