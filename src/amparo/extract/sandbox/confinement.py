"""What a worker gives up before it sees its first file."""

from __future__ import annotations

import ctypes
import os
import resource
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from amparo.extract.sandbox import landlock, namespaces, seccomp

__all__ = ["Confinement", "confine"]

# Shared libraries, time zones, fonts, and what external programs read. Nothing that names people.
_SYSTEM = ("/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib")
_SHARED = ("/usr/share", "/usr/local/share", "/etc/fonts", "/etc/ld.so.cache", "/etc/localtime")
# What runtimes ask about the machine and themselves.
_MACHINE = ("/proc/self", "/proc/meminfo", "/proc/cpuinfo", "/sys/devices/system/cpu")
_PROGRAMS = (
    "/bin",
    "/usr/bin",
    "/usr/local/bin",
    "/opt",
    "/etc/alternatives",
    "/etc/libreoffice",
    "/var/lib/libreoffice",
    "/var/spool/libreoffice",
    "/etc/java",
    "/proc/sys/vm",
)
_PR_SET_CHILD_SUBREAPER = 36
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")


@dataclass(frozen=True, slots=True)
class Confinement:
    """What really holds a worker back; each sentence is "" where it holds.

    ``network`` and ``files`` say why it could not be enforced; ``processes`` why it has no world
    of processes and no ``/tmp`` of its own. ``in_memory`` is whether temporary files stay in
    memory. ``landlock`` is the kernel's version of it.
    """

    network: str
    files: str
    in_memory: bool
    landlock: int
    processes: str = ""

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Confinement:
        """Rebuild what a worker reported."""
        return cls(
            network=str(value.get("network", "not reported")),
            files=str(value.get("files", "not reported")),
            in_memory=value.get("in_memory") is True,
            landlock=int(value.get("landlock", 0)),
            processes=str(value.get("processes", "")),
        )

    def to_json(self) -> dict[str, Any]:
        """As a JSON object."""
        return asdict(self)


def confine(scratch: Path, *, programs: bool, file_size: int) -> Confinement:
    """Give up the network, other files, core dumps and other processes, for good.

    ``scratch`` stays writable; ``file_size`` caps any one file written there.
    """
    tempfile.tempdir = str(scratch)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
    _offer_to_the_memory_killer()
    if programs:
        _adopt_orphans()
    readable = [*namespaces.python_folders(), *map(Path, (*_SYSTEM, *_SHARED, *_MACHINE))]
    if programs:
        readable += map(Path, _PROGRAMS)
    if os.getpid() == 1 and Path("/proc/self").readlink() == Path("1"):  # it shows no other
        readable.append(Path("/proc"))
    files = landlock.install(
        readable=readable,
        writable=[scratch, Path("/tmp")] if namespaces.tmp_is_in_memory() else [scratch],  # noqa: S108
        devices=[Path(device) for device in _DEVICES],
    )
    namespaces.drop_capabilities()
    network = seccomp.install(programs=programs)
    return Confinement(
        network=network, files=files, in_memory=_in_memory(scratch), landlock=landlock.version()
    )


def _offer_to_the_memory_killer() -> None:
    """When the machine runs out of memory, the kernel ends this process first."""
    try:
        Path("/proc/self/oom_score_adj").write_text("1000")
    except OSError:
        return


def _adopt_orphans() -> None:
    """Processes that programs leave behind become children of this one, and so are found."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _in_memory(folder: Path) -> bool:
    shm = Path("/dev/shm")  # noqa: S108
    return folder.is_relative_to(shm) and os.path.ismount(shm)
