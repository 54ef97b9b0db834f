"""How long someone waits after wrong passwords.

The first few mistakes are free; then the wait doubles up to a ceiling. It is counted by name and by
address, so that neither guessing one name from many places nor many names from one place is cheap.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

__all__ = ["CEILING", "FREE_ATTEMPTS", "WINDOW", "wait_before_next"]

FREE_ATTEMPTS = 5
WINDOW = timedelta(hours=1)
FIRST_WAIT = timedelta(seconds=15)
CEILING = timedelta(minutes=15)


def wait_before_next(failures: Sequence[datetime], now: datetime) -> timedelta:
    """How long to wait still, given the times of the failures in the last ``WINDOW``.

    ``failures`` may come in any order; those after ``now`` or before the window do not count.
    """
    recent = sorted(at for at in failures if now - WINDOW < at <= now)
    beyond = len(recent) - FREE_ATTEMPTS
    if beyond < 0:
        return timedelta(0)
    wait = min(CEILING, FIRST_WAIT * (1 << min(beyond, 10)))
    return max(timedelta(0), recent[-1] + wait - now)
