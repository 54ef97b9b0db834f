"""When the program is killed its workers end, and what they wrote is gone."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from amparo.extract.sandbox.process import _in_memory
from tests.conftest import ROOT

PROGRAM = """
import sys
from amparo.extract.reading import Limits
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception
call = "tests.extract.sandbox.hostile:write_and_wait"
Sandbox(1).run(call, b"", name="", reception=Reception(Limits()), programs=sys.argv[1] == "1")
"""


def scratch_of(pid: int) -> list[Path]:
    folder = Path(_in_memory() or "/tmp")
    return list(folder.glob(f"amparo-worker-{pid}-*/plain.txt"))


def until(true, seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def lives(process: psutil.Process) -> bool:
    """Whether it still runs; what only waits for its new parent to take note does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("programs", ["0", "1"])
def test_a_killed_program_leaves_nothing(programs: str) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, programs], env={"PYTHONPATH": str(ROOT)}, cwd=ROOT
    )
    assert until(lambda: scratch_of(program.pid))
    workers = psutil.Process(program.pid).children(recursive=True)
    assert workers
    program.kill()
    program.wait()
    assert until(lambda: not scratch_of(program.pid))
    assert until(lambda: not any(lives(worker) for worker in workers))


def test_a_worker_ends_though_its_folder_was_swept_before() -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "0"], env={"PYTHONPATH": str(ROOT)}, cwd=ROOT
    )
    assert until(lambda: scratch_of(program.pid))
    workers = psutil.Process(program.pid).children(recursive=True)
    folders = {file.parent for file in scratch_of(program.pid)}
    program.kill()
    for folder in folders:
        shutil.rmtree(folder)
    program.wait()
    assert until(lambda: not any(lives(worker) for worker in workers))
