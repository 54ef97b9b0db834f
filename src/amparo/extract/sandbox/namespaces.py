"""A worker gets a ``/tmp`` of its own; one that runs programs, its own world of processes too.

Linux namespaces (namespaces(7)): mounts for each worker, since some libraries write temporary
files to ``/tmp`` whatever they are told; processes, network and IPC for those that run programs.
When such a worker ends, in whatever way, the kernel ends everything that was started inside, also
what tried to hide.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path

__all__ = ["drop_capabilities", "enter", "own_tmp"]

_NEW_USER, _NEW_PID, _NEW_NET, _NEW_IPC = 0x10000000, 0x20000000, 0x40000000, 0x08000000
_NEW_MOUNTS, _MS_BIND = 0x00020000, 0x1000
_CAPABILITY_VERSION = 0x20080522
_PR_SET_PDEATHSIG = 1


def own_tmp(scratch: Path) -> str:
    """Make ``scratch`` the ``/tmp`` of this process; gives "" or why that could not be done."""
    problem = _unshare(_NEW_USER | _NEW_MOUNTS)
    return problem or _bind(scratch)


def drop_capabilities() -> None:
    """Give up the powers that a new user namespace gave over itself (capabilities(7))."""
    if sys.platform == "linux":
        header, nothing = struct.pack("<Ii", _CAPABILITY_VERSION, 0), bytes(24)
        ctypes.CDLL(None).capset(header, nothing)


def enter(in_parent: Callable[[], None], scratch: Path) -> str:
    """Go on as the first process of new namespaces; gives "" or why that could not be done.

    The process that called stays behind: it runs ``in_parent``, waits, and ends as this one ends,
    or when its own parent is gone, which ends this one too. Call it before any thread is started.
    """
    problem = _unshare(_NEW_USER | _NEW_MOUNTS | _NEW_PID | _NEW_NET | _NEW_IPC)
    if problem:
        return problem
    _bind(scratch)
    parent = os.getppid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    child = os.fork()
    if child:
        in_parent()
        _end_as(_wait(child, parent, scratch))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    libc = ctypes.CDLL(None)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.mount(b"proc", b"/proc", b"proc", 0, None)  # so that only processes inside are seen
    return ""


def _unshare(flags: int) -> str:
    if sys.platform != "linux":
        return f"{sys.platform} has no namespaces"
    user, group = os.getuid(), os.getgid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(flags):
        return f"namespaces: {os.strerror(ctypes.get_errno())}"
    _map_ids(user, group)
    return ""


def _bind(scratch: Path) -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(os.fsencode(scratch), b"/tmp", None, _MS_BIND, None):
        return f"mount: {os.strerror(ctypes.get_errno())}"
    return ""


def _map_ids(user: int, group: int) -> None:
    """Keep our own name inside; without it programs only see "nobody", which does no harm."""
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        try:
            Path("/proc/self", name).write_text(text)
        except OSError:
            return


def _wait(child: int, parent: int, scratch: Path) -> int:
    """Wait for the child's status; no thread can be started here, so the parent is asked after.

    When the parent is gone, nobody else ends the child and clears its folder away.
    """
    while os.getppid() == parent:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        signal.sigtimedwait({signal.SIGCHLD}, 1.0)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(1)


def _end_as(status: int) -> None:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
