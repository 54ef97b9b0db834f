"""Rows of deadlines: the facts that one is computed from, and who has been reminded."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.extract.web.models import Pinpoint
from amparo.matters.web.models import Matter

__all__ = ["CalendarFeed", "Deadline", "HeardReminder"]


class Deadline(models.Model):
    """A rule applied to a matter's facts.

    ``rule`` is an id of the rulebook, ``trigger`` EDTF (empty where only a set day counts).
    ``stops`` are those of a clock: ``[{first, last, reason}]``, ISO dates, ``last`` null while it
    stands. ``act_on``, ``opens_on`` and ``refused`` are the outcome when the facts were last said;
    lists sort by them, pages compute anew.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("No longer needed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="deadlines")
    rule = models.CharField(_("rule"), max_length=120)
    title = models.CharField(_("title"), max_length=300)
    trigger = models.CharField(_("counted from"), max_length=80, blank=True)
    note = models.TextField(_("note"), blank=True)
    pinpoint = models.ForeignKey(
        Pinpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    served_by = models.CharField(_("served by"), max_length=40, blank=True)
    filing = models.CharField(_("filed"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    fixed_on = models.DateField(_("day that was set"), null=True, blank=True)
    fixed_by = models.CharField(_("set by"), max_length=200, blank=True)
    fixed_pinpoint = models.ForeignKey(
        Pinpoint, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    stops = models.JSONField(default=list)
    plan = models.JSONField(default=list)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    outcome_words = models.TextField(_("what became of it"), blank=True)
    act_on = models.DateField(_("act by"), null=True)
    opens_on = models.DateField(_("opens"), null=True)
    refused = models.TextField(blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = [models.F("act_on").asc(nulls_last=True), "made_at"]
        indexes = [
            models.Index(fields=["matter", "status", "act_on"], name="deadline_of_matter"),
            models.Index(fields=["status", "act_on"], name="deadline_by_day"),
        ]

    def __str__(self) -> str:
        return self.title


class HeardReminder(models.Model):
    """Someone has seen the reminder that comes ``days_before`` the day ``act_on``."""

    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="heard")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    act_on = models.DateField()
    days_before = models.PositiveIntegerField()
    heard_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["deadline", "user", "act_on", "days_before"], name="reminder_heard_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.deadline_id} {self.days_before}"

    @property
    def matter(self) -> Matter:
        return self.deadline.matter


class CalendarFeed(models.Model):
    """A person's secret address for calendar programs; only its digest (SHA-256) is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)
