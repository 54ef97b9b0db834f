from __future__ import annotations

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from amparo.base.web.models import Job
from amparo.evidence.web.backups.account import note
from amparo.evidence.web.models import BackupEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(settings, "METRICS_TOKEN", "a token")
    return "Bearer a token"


def numbers(said: str) -> dict[str, float]:
    answer = Client().get("/metrics", headers={"Authorization": said})
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    families = text_string_to_metric_families(answer.content.decode())
    return {
        f"{sample.name} {','.join(sample.labels.values())}".strip(): sample.value
        for family in families
        for sample in family.samples
    }


@pytest.mark.parametrize("said", ["", "Bearer another", "a token", "Bearer ä"])
def test_without_the_token_there_is_no_such_address(token: str, said: str) -> None:
    assert Client().get("/metrics", headers={"Authorization": said}).status_code == 404


def test_without_any_token_set_nobody_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "METRICS_TOKEN", "")
    assert Client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_jobs_and_their_waiting_are_told(token: str) -> None:
    Job.objects.create(name="tests.x", not_before=timezone.now())
    found = numbers(token)
    assert found["amparo_jobs queued"] == 1
    assert found["amparo_jobs failed"] == 0
    assert found["amparo_oldest_waiting_job_seconds"] >= 0


def test_the_last_backup_is_told(token: str) -> None:
    assert numbers(token)["amparo_last_backup_timestamp_seconds"] == 0
    with transaction.atomic():
        note(BackupEntry.Kind.MADE, {"snapshot": "x"}, acting_user=None)
    assert numbers(token)["amparo_last_backup_timestamp_seconds"] > 1_700_000_000
