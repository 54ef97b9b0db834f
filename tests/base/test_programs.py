"""The one runner: limits hold, nothing leaks in, nothing is left behind."""

import sys
import time

import psutil
import pytest

from amparo.base import programs
from amparo.base.errors import ProgramFailed, ProgramMissing

PYTHON = sys.executable


def run_python(code, **limits):
    return programs.run([PYTHON, "-c", code], **{"timeout": 30, **limits})


def test_gives_what_the_program_printed():
    done = run_python(
        "import sys; print(sys.stdin.read()[::-1]); sys.stderr.write('e')", input=b"abc"
    )
    assert (done.status, done.stdout, done.stderr) == (0, b"cba\n", b"e")


def test_passes_input_larger_than_a_pipe():
    done = run_python("import sys; print(len(sys.stdin.buffer.read()))", input=b"x" * 3_000_000)
    assert done.stdout == b"3000000\n"


def test_accepts_a_program_that_does_not_read_its_input():
    assert run_python("pass", input=b"x" * 3_000_000).status == 0


def test_environment_holds_nothing_of_ours(monkeypatch):
    monkeypatch.setenv("AMPARO_PASSPHRASE_FILE", "/secret")
    done = run_python("import os; print(sorted(os.environ))", environment={"EXTRA": "1"})
    assert b"AMPARO" not in done.stdout
    assert b"EXTRA" in done.stdout


def test_failure_tells_status_and_last_words():
    with pytest.raises(ProgramFailed, match="status 3: no such font"):
        run_python("import sys; sys.stderr.write('no such\\nfont'); sys.exit(3)")


def test_accepts_named_statuses():
    assert run_python("raise SystemExit(3)", accept=(0, 3)).status == 3


def test_death_by_signal_is_named():
    with pytest.raises(ProgramFailed, match="signal 9"):
        run_python("import os; os.kill(os.getpid(), 9)")


def test_deadline_kills_the_whole_group(tmp_path):
    note = tmp_path / "pid"
    script = 'sleep 600 & echo $! > "$1"; sleep 600'  # says in time which child it has
    with pytest.raises(ProgramFailed, match="longer than 2 seconds"):
        programs.run(["/bin/sh", "-c", script, "sh", note], timeout=2)
    assert is_gone(int(note.read_text()))


def test_a_child_left_behind_is_killed(tmp_path):
    note = tmp_path / "pid"
    code = (
        "import subprocess, sys, pathlib\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'],"
        " stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)\n"
        f"pathlib.Path({str(note)!r}).write_text(str(child.pid))"
    )
    run_python(code)
    assert is_gone(int(note.read_text()))


def test_memory_is_limited_by_what_is_resident():
    with pytest.raises(ProgramFailed, match="more than 64 MiB"):
        run_python("import time; x = b'x' * 200_000_000; time.sleep(30)", memory=64 * 2**20)


def test_output_is_limited():
    with pytest.raises(ProgramFailed, match="printed more"):
        run_python("while True: print('x' * 1000)", output=100_000)


def test_a_missing_known_program_says_what_waits(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(ProgramMissing, match="Reading scanned pages waits.*Install it with"):
        programs.run(["tesseract", "--version"], timeout=5)
    assert programs.find("tesseract") is None
    assert not programs.is_present("tesseract")


def test_a_missing_unknown_program_is_named():
    with pytest.raises(ProgramMissing, match="no-such-program"):
        programs.run(["no-such-program"], timeout=5)


def test_a_file_that_is_no_program_is_named(tmp_path):
    path = tmp_path / "text"
    path.write_text("not a program")
    with pytest.raises(ProgramFailed, match="could not be started"):
        programs.run([path], timeout=5)


def is_gone(pid):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False
