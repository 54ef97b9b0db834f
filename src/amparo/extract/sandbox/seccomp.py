"""A filter of system calls for the process that installs it and all that it starts.

Seccomp with classic BPF, installed through ``prctl`` by ctypes (seccomp(2)). It denies sockets
(all of them; to workers that run programs it leaves Unix stream sockets that cannot connect),
new processes (unless programs are wanted), and the calls of ``syscalls.ALWAYS_DENIED``.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct

from amparo.extract.sandbox.syscalls import (
    ALWAYS_DENIED,
    AUDIT_ARCH,
    NUMBERS,
    PROGRAMS_DENIED,
)

__all__ = ["build", "install"]

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _AND, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x54, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_X32_BIT = 0x40000000
_AF_UNIX, _SOCK_STREAM, _SOCK_TYPE_MASK = 1, 1, 0xF
_CLONE_THREAD = 0x00010000
_CLONE_NAMESPACES = 0x7E020000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2

Instruction = tuple[int, int, int, int]


def _load(offset: int) -> Instruction:
    return _LOAD, 0, 0, offset


def _answer(action: int) -> Instruction:
    return _RETURN, 0, 0, action


def _deny(error: int) -> Instruction:
    return _answer(_ERRNO | error)


def _when(number: int, *body: Instruction) -> list[Instruction]:
    """Run ``body``, which always answers, when the call is ``number``."""
    return [(_EQUAL, 0, len(body), number), *body]


def _socket_rule(programs: bool) -> list[Instruction]:
    if not programs:
        return [_deny(errno.EACCES)]
    return [
        _load(_ARGUMENTS),
        (_EQUAL, 1, 0, _AF_UNIX),
        _deny(errno.EACCES),
        _load(_ARGUMENTS + 8),
        (_AND, 0, 0, _SOCK_TYPE_MASK),
        (_EQUAL, 1, 0, _SOCK_STREAM),
        _deny(errno.EACCES),
        _answer(_ALLOW),
    ]


def _clone_rule(programs: bool) -> list[Instruction]:
    """Threads only; with programs, processes too, but never a new namespace."""
    test = (_ANY_BIT, 0, 1, _CLONE_NAMESPACES) if programs else (_ANY_BIT, 1, 0, _CLONE_THREAD)
    return [_load(_ARGUMENTS), test, _deny(errno.EPERM), _answer(_ALLOW)]


def build(machine: str, *, programs: bool) -> bytes:
    """The filter's instructions for ``x86_64`` or ``aarch64``; ``KeyError`` for others."""
    numbers = NUMBERS[machine]
    code: list[Instruction] = [
        _load(_ARCH),
        (_EQUAL, 1, 0, AUDIT_ARCH[machine]),
        _answer(_KILL),
        _load(_NUMBER),
    ]
    if machine == "x86_64":
        code += [(_AT_LEAST, 0, 1, _X32_BIT), _deny(errno.EPERM)]
    denied = [*ALWAYS_DENIED, *([] if programs else PROGRAMS_DENIED)]
    for name in denied:
        if name in numbers:
            code += _when(numbers[name], _deny(errno.EPERM))
    code += _when(numbers["clone3"], _deny(errno.ENOSYS))  # libc falls back to clone
    code += _when(numbers["connect"], _deny(errno.ECONNREFUSED))
    code += _when(numbers["socket"], *_socket_rule(programs))
    code += _when(numbers["clone"], *_clone_rule(programs))
    code.append(_answer(_ALLOW))
    return b"".join(struct.pack("<HBBI", *instruction) for instruction in code)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_char_p)]


def install(*, programs: bool) -> str:
    """Install the filter for this process, for good. Gives "" or why it could not be done."""
    machine = platform.machine()
    if platform.system() != "Linux" or machine not in NUMBERS:
        return f"no filter of system calls for {platform.system()} on {machine}"
    code = build(machine, programs=programs)
    program = _Program(len(code) // 8, code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return f"no_new_privs: {os.strerror(ctypes.get_errno())}"
    if libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0):
        return f"seccomp: {os.strerror(ctypes.get_errno())}"
    return ""
