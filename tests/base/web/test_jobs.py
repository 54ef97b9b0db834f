"""The queue: nothing is lost with its worker."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from amparo.base.errors import StorageError, UnreadableFile, UsageError
from amparo.base.web import jobs, queues
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


@task("tests.away")
def away(progress: Progress) -> None:
    seen.append(1)
    raise StorageError("The store does not answer.", next_step="Wait for it.")


@pytest.fixture(autouse=True)
def forget() -> None:
    seen.clear()


def falls_silent(worker: str) -> None:
    """The worker has not said for an hour that it lives, and somebody is about to look."""
    long_ago = timezone.now() - timedelta(hours=1)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = %s", [long_ago])
        queues._tickets._looked.clear()
    else:
        Job.objects.filter(worker=worker).update(lease_until=long_ago)


def rests_no_more(job: Job) -> None:
    """The time until when it was put off has come."""
    Job.objects.filter(pk=job.pk).update(not_before=timezone.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = NULL")


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
    falls_silent("dies")
    assert claim("lives") == job


def test_a_job_that_kills_its_workers_fails_aloud() -> None:
    job = enqueue("tests.count", to=1)
    for number in range(MAX_ATTEMPTS):
        assert claim(f"dies {number}") == job
        falls_silent(f"dies {number}")
    assert claim("lives") is None
    assert state(job)[0] == "failed"


def test_what_a_worker_held_that_was_seen_to_die_is_claimed_at_once() -> None:
    job, other = enqueue("tests.count", to=1), enqueue("tests.count", to=1)
    assert (claim("dies"), claim("lives")) == (job, other)
    jobs.take_from("dies")
    assert claim("lives too") == job
    jobs.take_from("dies")
    assert claim("another") is None


def test_a_job_whose_workers_are_seen_to_die_fails_aloud() -> None:
    job = enqueue("tests.count", to=1)
    for number in range(MAX_ATTEMPTS):
        assert claim(f"dies {number}") == job
        jobs.take_from(f"dies {number}")
    assert claim("lives") is None
    assert state(job) == ("failed", "Its worker stopped each time it was tried.")


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


def test_a_job_whose_database_went_away_is_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    job = enqueue("tests.count", to=1)
    claimed = claim("w")
    assert claimed is not None
    with monkeypatch.context() as away:
        away.setattr(Progress, "report", _no_answer)
        with pytest.raises(OperationalError):
            jobs.run(claimed)
    jobs.give_back(claimed)
    assert state(job) == ("queued", "")
    assert jobs.work_once("other")
    assert state(job)[0] == "done"


def test_a_job_is_not_given_back_for_ever() -> None:
    job = enqueue("tests.count", to=1)
    for _ in range(MAX_ATTEMPTS):
        claimed = claim("w")
        assert claimed is not None
        jobs.give_back(claimed)
    assert claim("w") is None
    assert state(job)[0] == "failed"


def test_an_outage_is_not_counted_against_the_job() -> None:
    job = enqueue("tests.count", to=1)
    for _ in range(MAX_ATTEMPTS + 1):
        assert claim("w") == job
        jobs.give_back_all("other", blameless=True)
        assert state(job)[0] == "running"
        jobs.give_back_all("w", blameless=True)
        assert state(job)[0] == "queued"
    assert jobs.work_once("w")
    assert state(job) == ("done", "")


def test_who_lost_a_job_does_not_end_it() -> None:
    job = enqueue("tests.count", to=1)
    late = claim("late")
    assert late is not None
    Job.objects.update(worker="other")
    jobs._finish(late, "done", "")
    jobs.give_back(late)
    assert state(job)[0] == "running"


def test_a_worker_that_beats_keeps_its_job() -> None:
    enqueue("tests.count", to=1)
    claim("slow")
    falls_silent("slow")
    queues.queue().beat("slow")
    assert claim("other") is None


def _no_answer(*_: object) -> None:
    raise OperationalError("server closed the connection unexpectedly")


def test_an_unknown_task_is_refused() -> None:
    with pytest.raises(UsageError, match="no task"):
        enqueue("tests.nothing")


def test_a_store_that_does_not_answer_is_tried_again_and_in_the_end_fails() -> None:
    job = enqueue("tests.away")
    while jobs.work_once("worker"):
        rests_no_more(job)
    job.refresh_from_db()
    assert seen == [1] * MAX_ATTEMPTS
    assert job.state == Job.State.FAILED
    assert "does not answer" in job.error
