"""Checks for conflicts of interest: what was asked, what was found, who decided what and why.

Rows only grow; what stands is read from the log. Parties and matters that were hit are kept by id
and not as foreign keys: a party may be taken off its matter, what was found stays written.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.matters.web.models import Matter

__all__ = ["ConflictCheck", "ConflictHit", "ConflictRequest", "ConflictRuling"]


class ConflictCheck(models.Model):
    """That the names of a matter were looked for among the parties of all matters.

    ``names``: each name that was asked, ``{"name", "party"}``; ``party`` is "" for a name that was
    given for the check only.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="conflict_checks")
    names = models.JSONField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"check of {self.matter_id}"


class ConflictHit(models.Model):
    """A party of another matter whose name is like one that was asked.

    ``pair`` is the digest of what was asked in this matter and what was found: a decision holds
    for the same pair in later checks too.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    check_made = models.ForeignKey(ConflictCheck, on_delete=models.PROTECT, related_name="hits")
    pair = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=300)
    found_matter = models.UUIDField(db_index=True)
    found_party = models.UUIDField()
    found_name = models.CharField(max_length=300)
    score = models.FloatField()
    reasons = models.JSONField()

    class Meta:
        ordering = ["name", "-score"]

    def __str__(self) -> str:
        return f"hit of {self.check_made_id}"


class ConflictRequest(models.Model):
    """That an attorney let those who may decide on hidden hits read the names asked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    check_made = models.ForeignKey(ConflictCheck, on_delete=models.PROTECT, related_name="requests")
    note = models.TextField(_("note"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"request of {self.check_made_id}"


class ConflictRuling(models.Model):
    """What an attorney decided on a hit; the latest on a ``pair`` stands."""

    class Verdict(models.TextChoices):
        CLEARED = "cleared", _("No conflict")
        DECLARED = "declared", _("Conflict of interest")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    hit = models.ForeignKey(ConflictHit, on_delete=models.PROTECT, related_name="rulings")
    pair = models.CharField(max_length=64, db_index=True)
    verdict = models.CharField(_("decision"), max_length=10, choices=Verdict)
    reason = models.TextField(_("why"))
    ruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ruled_at = models.DateTimeField()

    class Meta:
        ordering = ["-ruled_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.verdict} by {self.ruled_by}"
