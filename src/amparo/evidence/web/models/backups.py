"""Rows about backups: which entries of the ledger tell of them, and when one is too old."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.evidence.web.models.received import LedgerEntry

__all__ = ["BackupEntry", "BackupWatch"]


class BackupEntry(models.Model):
    """An entry of the ledger that tells of a backup, found without reading the whole ledger.

    What happened stands in the entry. Rows are only ever added: triggers refuse the rest.
    """

    class Kind(models.TextChoices):
        MADE = "backed up", _("Backed up")
        TRIED = "restore tried", _("Restore tried")
        RESTORED = "restored from a backup", _("Restored from a backup")

    entry = models.OneToOneField(
        LedgerEntry, primary_key=True, on_delete=models.PROTECT, related_name="backup"
    )
    kind = models.CharField(max_length=30, choices=Kind)

    class Meta:
        ordering = ["-entry_id"]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind}"


class BackupWatch(models.Model):
    """After how many days without a backup there is an alarm; one row, none means a week."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    alarm_days = models.PositiveIntegerField(_("alarm after so many days"), default=7)

    def __str__(self) -> str:
        return f"after {self.alarm_days} days"
