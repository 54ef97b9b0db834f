"""How the workspace fares, for monitoring: numbers in the OpenMetrics text format, and no names.

(https://prometheus.io/docs/specs/om/open_metrics_spec/.) The address answers only to who knows the
token in ``AMPARO_METRICS_TOKEN``; without a token set there is no such address.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, Min, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector, CollectorRegistry

from amparo.base.web.models import Job
from amparo.evidence.web.backups.telling import last_of
from amparo.evidence.web.models import (
    BackupEntry,
    Item,
    LedgerEntry,
    StoredObject,
    Verification,
)

__all__ = ["metrics"]


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The numbers of this moment; 404 for who has not the token."""
    token: str = settings.METRICS_TOKEN
    said = request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(said.encode(), f"Bearer {token}".encode()):
        raise Http404
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Workspace())
    text: bytes = generate_latest(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


class _Workspace(Collector):
    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("amparo", "The program.", {"version": version("amparo")})
        yield from _jobs()
        yield from _evidence()
        yield from _safety()


def _jobs() -> Iterator[Metric]:
    jobs = GaugeMetricFamily("amparo_jobs", "Background jobs by state.", labels=["state"])
    found = dict(Job.objects.values_list("state").annotate(number=Count("pk")))
    for state in Job.State:
        jobs.add_metric([str(state.value)], found.get(state.value, 0))
    yield jobs
    waiting = Job.objects.filter(state=Job.State.QUEUED, not_before__lte=timezone.now())
    yield _seconds_since(
        "amparo_oldest_waiting_job_seconds",
        "How long the job that has waited longest has been due; 0 when none waits.",
        waiting.aggregate(first=Min("not_before"))["first"],
    )
    busy = Job.objects.filter(state=Job.State.RUNNING).values("worker").distinct().count()
    yield GaugeMetricFamily("amparo_busy_workers", "Workers that do a job now.", value=busy)


def _evidence() -> Iterator[Metric]:
    items = GaugeMetricFamily("amparo_items", "Items of evidence by status.", labels=["status"])
    for status, number in Item.objects.values_list("status").annotate(number=Count("pk")):
        items.add_metric([status], number)
    yield items
    size = StoredObject.objects.aggregate(size=Sum("size"))["size"] or 0
    yield GaugeMetricFamily("amparo_object_bytes", "Bytes of all originals.", value=size)
    entries = LedgerEntry.objects.aggregate(last=Max("seq"))["last"] or 0
    yield GaugeMetricFamily("amparo_ledger_entries", "Entries of the ledger.", value=entries)


def _safety() -> Iterator[Metric]:
    backup = last_of(BackupEntry.Kind.MADE)
    yield _moment(
        "amparo_last_backup_timestamp_seconds",
        "When the last backup was finished; 0 when there is none.",
        backup.at if backup else None,
    )
    last = Verification.objects.order_by("-started_at").first()
    yield _moment(
        "amparo_last_verification_timestamp_seconds",
        "When everything was last verified; 0 when never.",
        last.finished_at if last else None,
    )
    yield GaugeMetricFamily(
        "amparo_last_verification_holds",
        "1 when the last verification found everything as it was sealed.",
        value=int(bool(last and last.holds)),
    )


def _moment(name: str, what: str, moment: datetime | None) -> Metric:
    return GaugeMetricFamily(name, what, value=moment.timestamp() if moment else 0)


def _seconds_since(name: str, what: str, moment: datetime | None) -> Metric:
    seconds = (timezone.now() - moment).total_seconds() if moment else 0
    return GaugeMetricFamily(name, what, value=max(0.0, seconds))
