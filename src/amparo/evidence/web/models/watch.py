"""Rows of papers about online work, of the watch over the objects, and of OpenTimestamps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.canonical import Json
from amparo.base.ids import new_id
from amparo.evidence.ledger import moment
from amparo.evidence.web.models.stated import StatedRow
from amparo.matters.web.models import Matter

__all__ = ["Alarm", "AlarmAnswer", "ObjectCheck", "OnlinePaper", "OpenStamp", "Watch"]

_BY = settings.AUTH_USER_MODEL


class OnlinePaper(StatedRow):
    """One version of a paper (``evidence/custody/online.yaml``).

    ``thread`` is its first version's id.
    """

    LEDGER_KIND = "online paper"
    PART = "online_paper"

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="online_papers")
    form = models.CharField(max_length=40)
    thread = models.UUIDField()
    version = models.PositiveIntegerField()
    item = models.ForeignKey(
        "evidence.Item", null=True, on_delete=models.PROTECT, related_name="online_papers"
    )
    content = models.JSONField(default=dict)
    made_by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")
    occurred_at = models.CharField(_("when"), max_length=80)
    is_reconstruction = models.BooleanField(_("written down later"), default=False)

    class Meta:
        ordering = ["entry_id"]
        constraints = [
            models.UniqueConstraint(fields=["thread", "version"], name="one_version_of_a_paper")
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.version}"

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "form": self.form,
            "thread": str(self.thread),
            "version": self.version,
            "item": str(self.item_id) if self.item_id else None,
            "content": dict(self.content),
            "made_by": str(self.made_by_id),
            "occurred_at": self.occurred_at,
            "recorded_at": moment(self.recorded_at),
            "is_reconstruction": self.is_reconstruction,
        }


class Watch(models.Model):
    """How often every object is hashed again; one row, and none means the usual 30 days."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    every_days = models.PositiveIntegerField(_("every so many days"), default=30)
    is_on = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"every {self.every_days} days" if self.is_on else "off"


class ObjectCheck(models.Model):
    """When an object was last read whole and found to be what was sealed."""

    object = models.OneToOneField(
        "evidence.StoredObject", primary_key=True, on_delete=models.CASCADE, related_name="check_of"
    )
    checked_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.object_id[:12]} {self.checked_at:%Y-%m-%d}"


class Alarm(StatedRow):
    """An object was found not to be what was sealed. ``sha256`` is what it should be."""

    LEDGER_KIND = "alarm"
    PART = "alarm"

    sha256 = models.CharField(max_length=64)
    what = models.TextField()
    got = models.TextField()
    expected = models.TextField()

    class Meta:
        ordering = ["-recorded_at"]
        indexes = [models.Index(fields=["sha256"], name="alarm_of_bytes")]

    def __str__(self) -> str:
        return self.what

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "sha256": self.sha256,
            "what": self.what,
            "got": self.got,
            "expected": self.expected,
            "recorded_at": moment(self.recorded_at),
        }


class AlarmAnswer(StatedRow):
    """What a person did about an alarm, which ends it."""

    LEDGER_KIND = "alarm answered"
    PART = "alarm_answer"

    alarm = models.OneToOneField(Alarm, on_delete=models.PROTECT, related_name="answer")
    said = models.TextField(_("what was done"))
    by = models.ForeignKey(_BY, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.said[:80]

    def facts(self) -> dict[str, Json]:
        return {
            "id": str(self.pk),
            "alarm": str(self.alarm_id),
            "said": self.said,
            "by": str(self.by_id),
            "recorded_at": moment(self.recorded_at),
        }


class OpenStamp(models.Model):
    """An OpenTimestamps proof of a checkpoint: waiting, given to a calendar, or in a block."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        PENDING = "pending", _("Taken by the calendar, not in a block yet")
        COMPLETE = "complete", _("Names its block")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    checkpoint = models.ForeignKey(
        "evidence.Checkpoint", on_delete=models.PROTECT, related_name="open_stamps"
    )
    calendar = models.URLField()
    status = models.CharField(max_length=8, choices=Status, default=Status.QUEUED)
    proof = models.BinaryField(null=True)
    blocks = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-checkpoint_id", "calendar"]

    def __str__(self) -> str:
        return f"{self.calendar} ({self.status})"
