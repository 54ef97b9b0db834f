"""A reader that misbehaves costs its own file, with a sentence, and nothing else."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psutil
import pytest

from amparo.base.errors import Cancelled, UnreadableFile
from amparo.extract.sandbox import Sandbox, SandboxError
from amparo.extract.sandbox.reception import Reception
from tests.extract.sandbox.conftest import SMALL, Room
from tests.extract.sandbox.test_leaving import until

BRIEF = replace(SMALL, seconds=0.5, cpu_seconds=30)
LITTLE_CPU = replace(SMALL, seconds=60, cpu_seconds=0.5)


def test_a_good_file_is_read(room: Room) -> None:
    reading = room.go("well", "naïve".encode())
    assert (reading.status, reading.reason) == ("read", "")
    assert [page.text for page in reading.pages] == ["naïve"]
    assert reading.metadata == {"title": "name"}


@pytest.mark.parametrize(
    ("word", "limits", "expected"),
    [
        ("segfault", SMALL, "The reader crashed on this file (signal SIGSEGV)."),
        ("leave", SMALL, "The reader crashed on this file (exit code 3)."),
        ("sleep", BRIEF, "Reading it took longer than 0.5 seconds"),
        ("spin", BRIEF, "Reading it took longer than 0.5 seconds"),
        ("spin", LITTLE_CPU, "used more than 0.5 seconds of computing"),
        ("eat_memory", SMALL, "needed more than 400 MiB of memory"),
        ("eat_anonymous_files", SMALL, "needed more than 400 MiB of memory"),
        ("raise_error", SMALL, "ValueError (hostile.py:"),
        ("refuse", SMALL, "It is locked with a password. Ask for the password."),
        ("recurse", SMALL, "nested too deeply"),
    ],
)
def test_a_failure_is_a_sentence(room: Room, word: str, limits, expected: str) -> None:
    reading = room.go(word, limits=limits)
    assert reading.status == "failed"
    assert expected in reading.reason
    assert room.still_works()


def test_pages_before_a_crash_are_kept(room: Room) -> None:
    reading = room.go("segfault_on_page_three")
    assert reading.status == "partial"
    assert [page.text for page in reading.pages] == ["one", "two"]
    assert reading.reason.startswith("Only the first 2 pages were read.")


@pytest.mark.parametrize(
    ("word", "limits", "expected"),
    [
        ("bomb", SMALL, "unfolds to more than 200 times its size"),
        ("many_children", replace(SMALL, entries=50), "Only the first 50 files inside"),
        ("many_pages", replace(SMALL, pages=50), "Only the first 50 pages"),
        ("long_text", replace(SMALL, characters=3_000_000), "longer than allowed"),
    ],
)
def test_what_never_ends_is_cut(room: Room, word: str, limits, expected: str) -> None:
    reading = room.go(word, limits=limits)
    assert reading.status == ("failed" if word == "bomb" else "partial")
    assert expected in reading.reason


def test_children_come_back_and_a_broken_one_is_named(room: Room) -> None:
    reading = room.go("children")
    assert reading.status == "partial"
    assert reading.reason == "“../../two.bin”: It ends too early."
    assert [(child.path, len(child.data)) for child in reading.children] == [
        ("a/one.txt", 3),
        ("three", 600_000),
    ]


def test_children_are_streams_while_they_are_handed_over(room: Room) -> None:
    seen = []

    def take(child) -> None:
        if child.path == "three":
            return  # nobody needs to read it
        try:
            seen.append((child.path, child.data.read()))
        except UnreadableFile as error:
            seen.append((child.path, str(error)))

    reception = Reception(SMALL, on_child=take)
    call = "tests.extract.sandbox.hostile:children"
    room.sandbox.run(call, b"", name="", reception=reception)
    assert seen == [
        ("a/one.txt", b"one"),
        ("../../two.bin", "“../../two.bin”: It ends too early."),
    ]
    assert room.still_works()


@pytest.mark.parametrize("programs", [False, True])
def test_nothing_outside_is_reached(room: Room, tmp_path: Path, programs: bool) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the workspace")
    held = room.sandbox.describe()
    if held.network or held.files or held.processes:
        pytest.skip(f"this system cannot hold workers back: {held}")
    reading = room.go("attempts", programs=programs, secret=str(secret), port=9, parent=os.getpid())
    (page,) = reading.pages
    became = dict(line.split(" ", 1) for line in page.text.splitlines())
    allowed = {word for word, what in became.items() if what == "done"}
    assert allowed == ({"scratch", "fork", "program"} if programs else {"scratch"})
    assert not any(word.startswith("AMPARO") for word in became["variables"].split())
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_fork_bomb_is_ended_whole(room: Room) -> None:
    mark = uuid4().hex
    reading = room.go("fork_bomb", programs=True, mark=mark)
    assert "more than 10 processes" in reading.reason
    assert until(lambda: not _running(mark))


def test_what_hides_in_another_session_is_ended_too(room: Room) -> None:
    if room.sandbox.describe().processes:
        pytest.skip("this system has no namespaces of processes for us")
    mark = uuid4().hex
    reading = room.go("leave_a_daemon", programs=True, mark=mark)
    assert "exit code 3" in reading.reason
    assert until(lambda: not _running(mark))


def _running(words: str) -> list[int]:
    return [
        process.pid
        for process in psutil.process_iter(["cmdline", "status"])
        if words in " ".join(process.info["cmdline"] or ()) and process.info["status"] != "zombie"
    ]


def test_an_error_of_the_caller_ends_the_job_and_spoils_nothing(room: Room) -> None:
    def fail(_page) -> None:
        raise KeyError("the program's own mistake")

    reception = Reception(SMALL, on_page=fail)
    with pytest.raises(KeyError):
        room.sandbox.run(
            "tests.extract.sandbox.hostile:many_pages", b"", name="", reception=reception
        )
    assert room.still_works()


def test_large_files_are_asked_for_piece_by_piece(room: Room, monkeypatch) -> None:
    monkeypatch.setattr("amparo.extract.sandbox.desk.IN_MEMORY_SIZE", 5)
    (page,) = room.go("read_pieces").pages
    assert page.text == "b'234' b'6789' 5"


def test_small_files_are_in_memory(room: Room) -> None:
    (page,) = room.go("read_pieces").pages
    assert page.text == "b'234' b'6789' 5"


def test_wrong_values_do_not_come_through(room: Room) -> None:
    (page,) = room.go("wrong_types").pages
    assert (page.number, page.width, page.height) == (0, 0.0, 0.0)


def test_many_threads_share_few_workers(room: Room) -> None:
    results: list[str] = []

    def read(number: int) -> None:
        data = str(number).encode()
        results.append(next(iter(room.go("well", data, programs=number % 3 == 0).pages)).text)

    threads = [threading.Thread(target=read, args=(n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(int, results)) == list(range(24))


def test_nothing_is_left_behind() -> None:
    sandbox = Sandbox(1)
    with sandbox._pool.borrowed(programs=False) as worker:
        assert worker.scratch.is_dir()
    sandbox.close()
    assert not worker.scratch.exists()
    assert not psutil.pid_exists(worker.pid)
    with pytest.raises(SandboxError):
        sandbox.describe()


@pytest.mark.usefixtures("room")
def test_an_aborted_job_has_no_result() -> None:
    sandbox = Sandbox(1)
    reception = Reception(SMALL)
    ended: list[BaseException] = []

    def read() -> None:
        try:
            call = "tests.extract.sandbox.hostile:sleep"
            sandbox.run(call, b"", name="", reception=reception)
        except Cancelled as error:
            ended.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    while not sandbox._pool._at_work:
        time.sleep(0.01)
    sandbox.abort()
    thread.join()
    assert ended
    assert not reception.finished


def test_a_worker_that_ended_while_it_waited_is_replaced(room: Room) -> None:
    with room.sandbox._pool.borrowed(programs=False) as worker:
        first = worker.pid
    os.kill(first, signal.SIGKILL)
    psutil.wait_procs([psutil.Process(first)] if psutil.pid_exists(first) else [], timeout=60)
    reading = room.go("well", b"fine")
    assert (reading.status, reading.reason) == ("read", "")


def test_an_unknown_type_is_kept_as_it_is() -> None:
    with Sandbox(1) as sandbox:
        reading = sandbox.read(b"", name="x", media_type="application/x-unheard-of")
    assert reading.status == "failed"
    assert "itself is kept" in reading.reason
