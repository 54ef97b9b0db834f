"""A worker gets a ``/tmp`` of its own; one that runs programs, its own world of processes too.

Linux namespaces (namespaces(7)): mounts for each worker, since some libraries write temporary
files to ``/tmp`` whatever they are told; processes, network and IPC for those that run programs.
When such a worker ends, in whatever way, the kernel ends everything that was started inside, also
what tried to hide.

Where Python or this program itself lies below ``/tmp`` (a trial, a test of a release), the worker's
``/tmp`` is a file system in memory in which those folders stay visible, and cannot be written to.
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

__all__ = ["drop_capabilities", "enter", "own_tmp", "python_folders", "tmp_is_in_memory"]

_NEW_USER, _NEW_PID, _NEW_NET, _NEW_IPC = 0x10000000, 0x20000000, 0x40000000, 0x08000000
_NEW_MOUNTS, _MS_BIND = 0x00020000, 0x1000
_CAPABILITY_VERSION = 0x20080522
_PR_SET_PDEATHSIG = 1
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REMOUNT = 1, 2, 4, 8, 32
_TMP = Path("/tmp")  # noqa: S108
_own = {"in memory": False}


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


def python_folders() -> list[Path]:
    """Where Python, its packages and this program lie."""
    roots = {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path}
    return [Path(root) for root in sorted(roots) if root and Path(root) != Path("/")]


def tmp_is_in_memory() -> bool:
    """Whether this process has a ``/tmp`` in memory, apart from its scratch folder."""
    return _own["in memory"]


def _bind(scratch: Path) -> str:
    hidden = [folder for folder in python_folders() if _TMP in folder.parents and folder.is_dir()]
    if not hidden:
        return _mount(str(scratch), _TMP, "", _MS_BIND)
    problem = _tmp_in_memory(_outermost(hidden), scratch)
    _own["in memory"] = not problem
    return problem


def _tmp_in_memory(shown: list[Path], scratch: Path) -> str:
    """Put a file system in memory over ``/tmp`` and show these folders in it again."""
    kept = [*shown, scratch] if _TMP in scratch.parents else shown
    held = {folder: os.open(folder, os.O_PATH | os.O_DIRECTORY) for folder in kept}
    flags = _MS_NOSUID | _MS_NODEV
    problem = _mount("tmpfs", _TMP, "tmpfs", flags, "size=512m,mode=700")
    for folder, descriptor in held.items():
        if not problem:
            folder.mkdir(parents=True, exist_ok=True)
            problem = _mount(f"/proc/self/fd/{descriptor}", folder, "", _MS_BIND)
        if not problem and folder != scratch:
            limits = os.statvfs(folder).f_flag & (_MS_NOSUID | _MS_NODEV | _MS_NOEXEC)
            problem = _mount("none", folder, "", _MS_REMOUNT | _MS_BIND | _MS_RDONLY | limits)
        os.close(descriptor)
    return problem


def _outermost(folders: list[Path]) -> list[Path]:
    return [each for each in folders if not any(other in each.parents for other in folders)]


def _mount(source: str, target: Path, kind: str, flags: int, options: str = "") -> str:
    libc = ctypes.CDLL(None, use_errno=True)
    words = [os.fsencode(source), os.fsencode(target), kind.encode() or None]
    if libc.mount(*words, flags, options.encode() or None):
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
