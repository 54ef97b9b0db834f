from pathlib import Path

import pytest

from amparo.base.attempts import FREE, LONGEST_WAIT, one_attempt, wait_after
from amparo.base.errors import TooManyAttempts, WrongPassphrase


def fail(path: Path, now: float) -> None:
    with pytest.raises(WrongPassphrase), one_attempt(path, lambda: now):
        raise WrongPassphrase("no")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".attempts"


def test_waits_grow_and_end() -> None:
    assert [wait_after(failures) for failures in range(8)] == [0, 0, 0, 2, 4, 8, 16, 32]
    assert wait_after(10**6) == LONGEST_WAIT


def test_after_the_free_ones_one_must_wait(path: Path) -> None:
    for _ in range(FREE):
        fail(path, 100)
    with pytest.raises(TooManyAttempts) as caught, one_attempt(path, lambda: 100.5):
        pytest.fail("was let in")
    assert caught.value.wait_seconds == 2
    assert "2 seconds" in caught.value.next_step
    fail(path, 102)
    with pytest.raises(TooManyAttempts), one_attempt(path, lambda: 105):
        pytest.fail("was let in")


def test_the_right_one_clears_the_count(path: Path) -> None:
    for _ in range(FREE):
        fail(path, 100)
    with one_attempt(path, lambda: 102):
        pass
    fail(path, 103)
    fail(path, 103)
    with one_attempt(path, lambda: 103):
        pass


def test_a_clock_set_back_does_not_lock_out_for_long(path: Path) -> None:
    for _ in range(FREE):
        fail(path, 10**9)
    with pytest.raises(TooManyAttempts) as caught, one_attempt(path, lambda: 5):
        pytest.fail("was let in")
    assert caught.value.wait_seconds == 2


def test_other_errors_are_not_counted(path: Path) -> None:
    for _ in range(FREE + 1):
        with pytest.raises(KeyError), one_attempt(path, lambda: 1):
            raise KeyError
    with one_attempt(path, lambda: 1):
        pass


@pytest.mark.parametrize("content", ["", "{", "[]", "7", '["a", "b"]', "[null, null]"])
def test_a_spoiled_record_counts_as_none(path: Path, content: str) -> None:
    path.write_text(content)
    with one_attempt(path, lambda: 1):
        pass


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    with one_attempt(tmp_path / "missing" / ".attempts", lambda: 1):
        pass
