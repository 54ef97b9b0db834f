"""A worker that runs external programs gets its own small world of processes and no network.

Linux user, process, network and IPC namespaces (namespaces(7)). When the worker ends, in whatever
way, the kernel ends everything that was started inside, also what tried to hide.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

__all__ = ["enter"]

_NEW_USER, _NEW_PID, _NEW_NET, _NEW_IPC = 0x10000000, 0x20000000, 0x40000000, 0x08000000
_PR_SET_PDEATHSIG = 1


def enter(in_parent: Callable[[], None]) -> str:
    """Go on as the first process of new namespaces; gives "" or why that could not be done.

    The process that called stays behind: it runs ``in_parent``, waits, and ends as this one ends,
    or when its own parent is gone, which ends this one too. Call it before any thread is started.
    """
    if sys.platform != "linux":
        return f"{sys.platform} has no namespaces of processes"
    libc = ctypes.CDLL(None, use_errno=True)
    user, group = os.getuid(), os.getgid()
    if libc.unshare(_NEW_USER | _NEW_PID | _NEW_NET | _NEW_IPC):
        return f"namespaces: {os.strerror(ctypes.get_errno())}"
    _map_ids(user, group)
    parent = os.getppid()
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    child = os.fork()
    if child:
        in_parent()
        _end_as(_wait(child, parent))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
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


def _wait(child: int, parent: int) -> int:
    """Wait for the child's status; no thread can be started here, so the parent is asked after."""
    while os.getppid() == parent:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status
        signal.sigtimedwait({signal.SIGCHLD}, 1.0)
    os._exit(1)


def _end_as(status: int) -> None:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
