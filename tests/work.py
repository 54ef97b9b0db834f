"""Do what waits, as a worker would."""

from __future__ import annotations

__all__ = ["work_off"]


def work_off() -> int:
    """Do every job that is due, those of earlier tests too; gives how many there were."""
    from amparo.base.web.jobs import work_once

    done = 0
    while work_once("test"):
        done += 1
    return done
