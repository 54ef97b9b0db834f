"""Rows about proofs: what was found of a file's proofs, and whose keys are trusted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.proofs.findings import Finding, from_json
from amparo.evidence.web.models import Item
from amparo.matters.web.models import Matter

__all__ = ["ProofCheck", "TrustedKey"]


class ProofCheck(models.Model):
    """What one look at an item's proofs found; each look is kept, the last one is shown.

    ``findings`` are ``evidence.proofs.findings`` as JSON, ``sha256`` the digest of their canonical
    JSON (RFC 8785), which the ledger states. ``beside`` are the files that were held against it, as
    [item id, name, SHA-256]; ``trust_sha256`` names the list of trusted keys of that moment.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="proof_checks")
    findings = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    beside = models.JSONField(default=list)
    trust_sha256 = models.CharField(max_length=64)
    reason = models.TextField(_("reason"), blank=True)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["item", "-made_at"], name="proofs_of_item")]

    def __str__(self) -> str:
        return f"proofs of {self.item_id}"

    @property
    def matter(self) -> Matter:
        return self.item.matter

    @property
    def values(self) -> tuple[Finding, ...]:
        """The findings as values."""
        return from_json(self.findings)


class TrustedKey(models.Model):
    """A certificate or key that the organisation trusts, until someone withdraws it."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("Certificate of an authority")
        PGP = "pgp", _("OpenPGP key")
        MINISIGN = "minisign", _("minisign key")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("kind"), max_length=11, choices=Kind)
    name = models.CharField(_("name"), max_length=120)
    owner = models.CharField(_("what it says of its owner"), max_length=500, blank=True)
    text = models.TextField()
    fingerprint = models.CharField(_("fingerprint"), max_length=128)
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=models.Q(withdrawn_at=None),
                name="trusted_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
