"""Wrong passphrases are counted in a file, so that a restart does not forget them.

Three are free; each further one in a row makes the next wait twice as long, up to five minutes.
One attempt at a time: they hold a lock on the file where the platform has one.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from amparo.base import files
from amparo.base.errors import TooManyAttempts, WrongPassphrase

__all__ = ["FREE", "LONGEST_WAIT", "one_attempt", "wait_after"]

FREE = 3
LONGEST_WAIT = 300


def wait_after(failures: int) -> int:
    """Seconds to wait after so many wrong passphrases in a row."""
    return 0 if failures < FREE else min(2 ** min(failures - FREE + 1, 16), LONGEST_WAIT)


@contextmanager
def one_attempt(path: Path, clock: Callable[[], float]) -> Iterator[None]:
    """Guard one attempt: TooManyAttempts before it, a note of WrongPassphrase after it.

    A folder that cannot be written (a read-only copy) is not guarded: its owner could copy it.
    """
    try:
        record = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+")
    except OSError:
        yield
        return
    with record:
        files.lock(record)
        failures, last = _read(record)
        _refuse_early(failures, last, clock())
        try:
            yield
        except WrongPassphrase:
            _write(record, failures + 1, clock())
            raise
        if failures:
            _write(record, 0, 0)


def _refuse_early(failures: int, last: float, now: float) -> None:
    wait = wait_after(failures)
    left = math.ceil(min(wait, last + wait - now))
    if left > 0:
        raise TooManyAttempts(
            f"{failures} wrong passphrases in a row.",
            wait_seconds=left,
            next_step=f"Wait {left} seconds, then try again.",
        )


def _read(record: IO[str]) -> tuple[int, float]:
    """Give failures and the time of the last; a spoiled file counts as none."""
    try:
        failures, last = json.load(record)
        return max(0, int(failures)), float(last)
    except (ValueError, TypeError):
        return 0, 0.0


def _write(record: IO[str], failures: int, last: float) -> None:
    with suppress(OSError):  # a full disk must not hide the answer
        record.seek(0)
        record.truncate()
        json.dump([failures, last], record)
        record.flush()
