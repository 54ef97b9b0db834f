"""The queue: nothing is lost with its worker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from amparo.base.errors import UnreadableFile, UsageError
from amparo.base.web import jobs
from amparo.base.web.jobs import MAX_ATTEMPTS, Progress, cancel, claim, enqueue, retry, task
from amparo.base.web.models import Job

pytestmark = pytest.mark.django_db
seen: list[int] = []


@task("tests.count")
def count(progress: Progress, *, to: int) -> None:
    for number in range(1, to + 1):
        seen.append(number)
        progress.report(number, to, f"number {number}")


@task("tests.refuse")
def refuse(progress: Progress) -> None:
    raise UnreadableFile("This file is torn.", next_step="Ask for it again.")


@task("tests.break")
def break_down(progress: Progress) -> None:
    raise ZeroDivisionError


@pytest.fixture(autouse=True)
def forget() -> None:
    seen.clear()


def state(job: Job) -> tuple[str, str]:
    job.refresh_from_db()
    return job.state, job.error


def test_work_is_done_in_order_and_reported() -> None:
    job = enqueue("tests.count", to=3)
    assert jobs.work_once("w")
    assert not jobs.work_once("w")
    assert seen == [1, 2, 3]
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.message) == ("done", 3, 3, "number 3")


def test_a_claimed_job_is_nobody_elses() -> None:
    enqueue("tests.count", to=1)
    assert claim("one") is not None
    assert claim("two") is None


def test_a_job_of_a_dead_worker_is_claimed_again() -> None:
    job = enqueue("tests.count", to=1)
    claim("dies")
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claim("lives") == job


def test_a_job_that_kills_its_workers_fails_aloud() -> None:
    job = enqueue("tests.count", to=1)
    for _ in range(MAX_ATTEMPTS):
        assert claim("dies") == job
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claim("lives") is None
    assert state(job)[0] == "failed"


@pytest.mark.parametrize(
    ("name", "words"),
    [("tests.refuse", "torn. Ask for it again."), ("tests.break", "ZeroDivisionError")],
)
def test_a_failure_is_kept_in_words(name: str, words: str) -> None:
    job = enqueue(name)
    jobs.work_once("w")
    assert state(job)[0] == "failed"
    assert words in job.error


def test_a_waiting_job_is_cancelled_at_once_and_can_be_retried() -> None:
    job = enqueue("tests.count", to=1)
    cancel(job)
    assert state(job)[0] == "cancelled"
    retry(job)
    assert jobs.work_once("w")
    assert state(job)[0] == "done"


def test_a_running_job_stops_at_its_next_report() -> None:
    job = enqueue("tests.count", to=5)
    claimed = claim("w")
    assert claimed is not None
    cancel(job)
    jobs.run(claimed)
    assert seen == [1]
    assert state(job)[0] == "cancelled"


def test_a_worker_that_lost_its_lease_stops() -> None:
    enqueue("tests.count", to=5)
    late = claim("late")
    assert late is not None
    Job.objects.update(worker="other")
    jobs.run(late)
    assert seen == [1]


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(UsageError, match="no task"):
        enqueue("tests.nothing")
