"""Rows of the ground: background jobs, and what may call out and did."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id

__all__ = ["CallSwitch", "Job", "OutgoingCall"]


class Job(models.Model):
    """A piece of work that outlives a request, held by one worker while it is done.

    ``lease_until`` and ``ticket`` belong to the two queues (``queues``).
    ``matter_id`` and ``user_id`` are plain values: this floor knows neither slice.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    matter_id = models.UUIDField(null=True)
    user_id = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    message = models.TextField(blank=True)
    error = models.TextField(blank=True)
    cancel_requested = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True)
    ticket = models.BigIntegerField(null=True, unique=True)
    not_before = models.DateTimeField()
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["state", "not_before"], name="job_due"),
            models.Index(fields=["matter_id", "-created_at"], name="job_of_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"

    @property
    def fraction(self) -> float | None:
        """How far, from 0 to 1; None while the size is not known."""
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED, self.State.CANCELLED}


class CallSwitch(models.Model):
    """Whether one purpose of calling out is allowed, and which addresses it may call."""

    name = models.CharField(primary_key=True, max_length=60)
    is_on = models.BooleanField(default=False)
    addresses = models.JSONField(default=list)
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)

    def __str__(self) -> str:
        return f"{self.name} ({'on' if self.is_on else 'off'})"


class OutgoingCall(models.Model):
    """One call that left this computer. Rows are only ever added: triggers refuse the rest."""

    at = models.DateTimeField()
    purpose = models.CharField(max_length=60)
    address = models.TextField()
    what = models.TextField()
    sent = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(null=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.address}"
