"""One worker process as the program sees it: started, spoken to, killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil

from amparo.base.errors import AmparoError
from amparo.extract.sandbox.channel import Channel, ChannelClosed, ProtocolError, decode
from amparo.extract.sandbox.confinement import Confinement
from amparo.extract.sandbox.watchdog import kill_tree

__all__ = ["SandboxError", "Worker", "sweep"]

_PREFIX = "amparo-worker-"
_FILE_SIZE = 2 * 2**30
_KEPT_VARIABLES = ("LANG", "LC_ALL", "TZ", "TESSDATA_PREFIX", "PYTHONPATH", "SYSTEMROOT")


class SandboxError(AmparoError):
    """A worker cannot be started on this system."""


class Worker:
    """A confined process, its channel and its private folder. ``jobs`` counts what it did."""

    def __init__(self, *, programs: bool) -> None:
        self.programs = programs
        self.jobs = 0
        self.alive = True
        self.scratch = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=_in_memory()))
        ours, theirs = socket.socketpair()
        self.channel = Channel(ours)
        try:
            self._process = _start(theirs, self.scratch, programs)
        except OSError as error:
            self._remove_scratch()
            raise SandboxError(f"No reader process could be started: {error}.") from error
        finally:
            theirs.close()
        self.psutil = psutil.Process(self._process.pid)
        self.confinement = self._greet()

    @property
    def pid(self) -> int:
        """Its process id, which is its process group's too."""
        return self._process.pid

    def is_running(self) -> bool:
        """Whether the process is still there."""
        return self._process.poll() is None

    def resident(self) -> int:
        """Bytes of memory that it holds now."""
        try:
            return self.psutil.memory_info().rss
        except psutil.Error:
            return 0

    def end(self) -> str:
        """Kill it with all that it started and remove its folder; gives how it had ended."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=0.2)  # a crashed one is still being cleaned up
        self.alive = False
        code = self._process.returncode
        kill_tree(self._process.pid)
        self._process.wait()
        self.channel.close()
        self._remove_scratch()
        return _how_it_ended(code)

    def kill(self) -> None:
        """Kill it; whoever speaks with it finds the channel closed, and ends it."""
        kill_tree(self._process.pid)

    def stop(self) -> None:
        """End an idle one at once."""
        self.kill()
        self.end()

    def _greet(self) -> Confinement:
        try:
            kind, block = self.channel.receive()
            if kind != b"H":
                raise ProtocolError(f"a greeting was expected, got {kind!r}")
            return Confinement.from_json(decode(block))
        except (ChannelClosed, ProtocolError) as error:
            how = self.end()
            raise SandboxError(f"A reader process did not start ({how}): {error}.") from error

    def _remove_scratch(self) -> None:
        shutil.rmtree(self.scratch, ignore_errors=True)


def _start(theirs: socket.socket, scratch: Path, programs: bool) -> subprocess.Popen[bytes]:
    arguments = [str(theirs.fileno()), str(scratch), "1" if programs else "0", str(_FILE_SIZE)]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "amparo.extract.sandbox.worker", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
        start_new_session=True,
        cwd=scratch,
        env=_environment(scratch),
    )


def _environment(scratch: Path) -> dict[str, str]:
    """Nothing of the program's own environment but language and where Python looks."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    return {
        "LANG": "C.UTF-8",
        **kept,
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(scratch),
        "TMPDIR": str(scratch),
        "XDG_RUNTIME_DIR": str(scratch),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def _in_memory() -> str | None:
    """The folder for scratch folders: in memory where there is one."""
    shm = Path("/dev/shm")  # noqa: S108
    return str(shm) if os.path.ismount(shm) and os.access(shm, os.W_OK) else None


def _how_it_ended(code: int | None) -> str:
    if code is None:
        return "it was still running"
    if code >= 0:
        return f"exit code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


def sweep() -> None:
    """Remove the folders of workers whose program is gone."""
    parent = Path(_in_memory() or tempfile.gettempdir())
    for folder in parent.glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).partition("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
