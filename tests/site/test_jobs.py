"""Background work in words: every task has its own, in every language."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.base.web import jobs
from amparo.base.web.models import Job
from amparo.matters.web.models import Matter
from amparo.site.jobs import JOBS, job_words
from tests.personas import Personas


def test_every_task_has_words() -> None:
    ours = {name for name, does in jobs._tasks.items() if does.__module__.startswith("amparo.")}
    assert ours == JOBS.keys()


def test_an_unknown_job_stays_as_it_is() -> None:
    assert job_words("something.else") == "something.else"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("en", "Linking tables"), ("fr", "Rapprochement des tableaux")]
)
def test_the_page_says_what_was_done(
    personas: Personas, matter: Matter, language: str, words: str
) -> None:
    now = timezone.now()
    Job.objects.create(
        name="linkage.link",
        matter_id=matter.pk,
        state=Job.State.DONE,
        message="Names are keyed.",
        not_before=now,
        created_at=now,
        started_at=now,
        finished_at=now,
    )
    client = Client(headers={"Accept-Language": language})
    client.force_login(personas.owner)
    page = client.get(reverse("extract:jobs")).content.decode()
    assert words in page
    assert "linkage.link" not in page
    assert ("Names are keyed." in page) is (language == "en")
