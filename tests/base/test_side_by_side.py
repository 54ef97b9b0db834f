"""Jobs done side by side: the same answers wherever they are done, and nothing left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from amparo.base import child
from amparo.base import side_by_side as beside
from amparo.base.errors import VerificationError
from amparo.base.side_by_side import SideBySide, side_by_side

PID = "__import__('os').getpid()"
PATIENCE = 60  # seconds, where a child starts on a machine that is busy

if sys.platform == "win32":
    pytest.skip("children are started on POSIX alone", allow_module_level=True)


KINDS = [
    False,
    pytest.param(True, marks=pytest.mark.skipif(sys.platform != "linux", reason="Linux")),
]


@pytest.fixture(autouse=True, params=KINDS, ids=["fresh", "copy"])
def copies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether children are copies of this process."""
    for module in (child, beside):
        monkeypatch.setattr(module, "can_fork", lambda: request.param)
    return bool(request.param)


@contextmanager
def evaluating(ground: str, **more: int) -> Iterator[SideBySide[str, dict[str, Any], Any]]:
    """Evaluates the expression ``ground`` with the names of a job."""
    options = {"threads": 2, "children": 2, "after": 0} | more
    with side_by_side(eval, ground, **options) as doing:
        yield doing


def wait_for_children(doing: SideBySide[Any, Any, Any]) -> None:
    until = time.monotonic() + PATIENCE
    doing.give({})
    while not all(child.is_ready() for child in doing._children):
        assert time.monotonic() < until, "no child came up"
        time.sleep(0.02)


def test_a_few_jobs_are_not_worth_a_fresh_interpreter(copies: bool) -> None:
    with evaluating(PID, after=3) as doing:
        asked = [doing.give({}) for _ in range(3)]
        assert ({answer() for answer in asked} == {os.getpid()}) is not copies


def test_many_are_done_by_children_each_answer_with_its_job() -> None:
    with evaluating(f"({PID}, number)") as doing:
        wait_for_children(doing)
        asked = [doing.give({"number": number}) for number in range(20)]
        told = [answer() for answer in asked]
        assert [number for _, number in told] == list(range(20))
        assert {pid for pid, _ in told} <= {child.pid for child in doing._children}


def test_answers_may_be_asked_for_in_any_order() -> None:
    with evaluating("number * 2") as doing:
        wait_for_children(doing)
        asked = [doing.give({"number": number}) for number in range(8)]
        assert [answer() for answer in reversed(asked)] == [14, 12, 10, 8, 6, 4, 2, 0]


def test_one_may_be_kept_in_this_process() -> None:
    with evaluating(PID) as doing:
        wait_for_children(doing)
        assert doing.give({}, in_thread=True)() == os.getpid()


def test_an_error_comes_back_with_all_that_it_says() -> None:
    raising = (
        "(_ for _ in ()).throw(__import__('amparo.base.errors', fromlist=['_'])"
        ".VerificationError('page 3', got='a', expected='b', next_step='Restore it.'))"
    )
    with evaluating(raising) as doing:
        wait_for_children(doing)
        asked = doing.give({})
        with pytest.raises(VerificationError, match=r"page 3: got a, expected b\.") as caught:
            asked()
    assert (caught.value.what, caught.value.got, caught.value.expected) == ("page 3", "a", "b")
    assert caught.value.next_step == "Restore it."


def test_no_two_children_draw_the_same_random_numbers(copies: bool) -> None:
    """Neither from the system nor from OpenSSL, which seals with keys of its own drawing."""
    library = "cryptography.hazmat.primitives.asymmetric.x25519"
    key = f"__import__({library!r}, fromlist=['_']).X25519PrivateKey.generate()"
    drawing = f"({PID}, {key}.private_bytes_raw(), __import__('os').urandom(16))"
    drawn = [eval(drawing)]
    with evaluating(drawing) as doing:
        wait_for_children(doing)
        for _ in range(3):
            asked = [child.ask({}) for child in doing._children]
            for child, owed in zip(doing._children, asked, strict=True):
                assert child.wait_for(owed)
                drawn.append(owed[0][1])
    assert len({pid for pid, *_ in drawn}) == 3
    assert len({key for _, key, _ in drawn}) == len({some for *_, some in drawn}) == 7


def test_a_child_holds_nothing_open_that_its_parent_has(tmp_path: Path) -> None:
    opened = "__import__('pathlib').Path('/proc/self/fd').iterdir()"
    held = f"[each.readlink() for each in {opened} if each.exists()]"
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("the system does not say what a process has open")
    with (tmp_path / "ledger").open("wb"), evaluating(held) as doing:
        wait_for_children(doing)
        assert tmp_path / "ledger" not in doing.give({})()


def test_what_a_child_leaves_undone_is_done_here() -> None:
    dying = f"number if {PID} == here else __import__('os')._exit(1)"
    with evaluating(dying) as doing:
        wait_for_children(doing)
        asked = [doing.give({"here": os.getpid(), "number": number}) for number in range(6)]
        assert [answer() for answer in asked] == list(range(6))


def test_a_child_imports_nothing_from_the_folder_it_stands_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "amparo").mkdir()
    (tmp_path / "amparo" / "__init__.py").write_text("raise SystemExit('read the evidence')")
    monkeypatch.chdir(tmp_path)
    with evaluating(PID) as doing:
        wait_for_children(doing)
        assert doing.give({})() != os.getpid()


def test_no_child_outlives_a_parent_that_was_killed(copies: bool) -> None:
    program = (
        "import os, time\n"
        "from amparo.base import child\n"
        "from amparo.base import side_by_side as beside\n"
        "from amparo.base.side_by_side import side_by_side\n"
        f"child.can_fork = beside.can_fork = lambda: {copies}\n"
        f"with side_by_side(eval, {PID!r}, threads=1, children=2, after=0) as doing:\n"
        "    doing.give({})()\n"
        "    while not all(child.is_ready() for child in doing._children): time.sleep(0.02)\n"
        "    print(*(child.pid for child in doing._children), flush=True)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        children = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGKILL)
    assert len(children) == 2
    until = time.monotonic() + PATIENCE
    while any(is_running(pid) for pid in children):
        assert time.monotonic() < until, "a child still runs"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    """Whether a process runs; one that ended and waits to be collected does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
