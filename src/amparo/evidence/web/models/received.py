"""Rows of evidence: what was received, how it came, what was done with it, and the ledger."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.ledger.verification import Broken
from amparo.matters.web.models import Matter

__all__ = [
    "Acquisition",
    "Checkpoint",
    "CustodyEvent",
    "Export",
    "Intake",
    "Item",
    "LedgerEntry",
    "StoredObject",
    "Tag",
    "TimeStamp",
    "Verification",
]


class StoredObject(models.Model):
    """The sealed bytes themselves, kept once however often they are received."""

    sha256 = models.CharField("SHA-256", primary_key=True, max_length=64)
    blake3 = models.CharField("BLAKE3", max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    object_name = models.CharField(max_length=80, unique=True)
    media_type = models.CharField(_("type by content"), max_length=120)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256[:12]


class Tag(models.Model):
    """A word of the team's own to sort a matter's items by."""

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["matter", "name"], name="tag_once")]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """A piece of evidence in a matter: a received file, or one found inside another."""

    class Status(models.TextChoices):
        SEALED = "sealed", _("Sealed, not read yet")
        READ = "read", _("Read")
        PARTIAL = "partial", _("Read in part")
        FAILED = "failed", _("Not readable")
        DISPOSED = "disposed", _("Disposed of")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="items")
    object = models.ForeignKey(StoredObject, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.TextField(_("received path"))
    name = models.TextField(_("file name"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    media_type = models.CharField(_("type"), max_length=120)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SEALED)
    reason = models.TextField(_("reason"), blank=True)
    page_count = models.PositiveIntegerField(_("pages"), null=True)
    language = models.CharField(_("language"), max_length=12, blank=True)
    dated = models.CharField(_("date of the document"), max_length=80, blank=True)
    received_at = models.DateTimeField(_("received"))
    tags = models.ManyToManyField(Tag, related_name="items", blank=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "object"],
                condition=models.Q(parent=None),
                name="one_item_for_the_same_bytes",
            ),
            models.UniqueConstraint(fields=["parent", "path"], name="one_child_at_a_path"),
        ]
        indexes = [
            models.Index(fields=["matter", "-received_at", "-id"], name="item_newest"),
            models.Index(fields=["matter", "name", "id", "title"], name="item_by_name"),
            models.Index(fields=["matter", "media_type", "received_at", "id"], name="item_by_type"),
            models.Index(fields=["matter", "status", "received_at", "id"], name="item_by_status"),
            models.Index(
                fields=["matter", "language", "received_at", "id"], name="item_by_language"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name


class Intake(models.Model):
    """One delivery: a folder or files taken in together, resumable until it is finished."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="intakes")
    root = models.TextField(_("from"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    tool = models.CharField(max_length=80)
    details = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.root} ({self.started_at:%Y-%m-%d})"


class Acquisition(models.Model):
    """How bytes came into the matter; receiving the same bytes again adds one more."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="acquisitions")
    intake = models.ForeignKey(Intake, null=True, on_delete=models.PROTECT)
    path = models.TextField(_("received path"))
    from_whom = models.CharField(_("from whom"), max_length=300, blank=True)
    acquired_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    occurred_at = models.CharField(_("when"), max_length=80, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))
    place = models.CharField(_("where"), max_length=300, blank=True)
    method = models.CharField(_("how"), max_length=120, blank=True)
    device = models.CharField(_("device"), max_length=200, blank=True)
    tool = models.CharField(_("tool"), max_length=120, blank=True)
    modified_at = models.CharField(_("file time as received"), max_length=80, blank=True)
    is_reconstruction = models.BooleanField(_("written down later"), default=False)

    class Meta:
        ordering = ["recorded_at"]
        indexes = [models.Index(fields=["intake", "path"], name="acquired_in_intake")]

    def __str__(self) -> str:
        return self.path

    @property
    def matter(self) -> Matter:
        return self.item.matter


class LedgerEntry(models.Model):
    """One line of the ledger. Rows are only ever added: triggers refuse the rest."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    matter_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=80, blank=True)
    recorded_at = models.CharField(max_length=40)
    canonical = models.TextField()
    entry_hash = models.CharField(max_length=64, unique=True)
    previous_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["matter_id", "seq"], name="ledger_of_matter"),
            models.Index(fields=["subject", "seq"], name="ledger_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind}"


class CustodyEvent(models.Model):
    """What was done with an item, by whom and why, with its hash before and after."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="custody")
    kind = models.CharField(_("what"), max_length=30)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    by_whom = models.CharField(_("by whom"), max_length=300, blank=True)
    occurred_at = models.CharField(_("when"), max_length=80)
    recorded_at = models.DateTimeField(_("recorded"))
    hash_before = models.CharField(max_length=64, blank=True)
    hash_after = models.CharField(max_length=64, blank=True)
    is_reconstruction = models.BooleanField(_("written down later"), default=False)
    entry = models.OneToOneField(LedgerEntry, on_delete=models.PROTECT, related_name="custody")

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.item_id}"

    @property
    def matter(self) -> Matter:
        return self.item.matter


class Checkpoint(models.Model):
    """A signed statement of the ledger's size and Merkle tree head (RFC 6962, C2SP checkpoint)."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    note = models.TextField()
    frontier = models.JSONField(default=list)
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["size"]

    def __str__(self) -> str:
        return f"checkpoint at {self.size}"


class TimeStamp(models.Model):
    """An RFC 3161 time stamp of a checkpoint, asked for when calling out is allowed."""

    class Status(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        GRANTED = "granted", _("Granted and verified")
        FAILED = "failed", _("Refused")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="stamps")
    authority = models.URLField()
    status = models.CharField(max_length=8, choices=Status, default=Status.QUEUED)
    request = models.BinaryField(null=True)
    response = models.BinaryField(null=True)
    stamped_at = models.DateTimeField(null=True)
    signer = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    queued_at = models.DateTimeField()

    class Meta:
        ordering = ["queued_at"]

    def __str__(self) -> str:
        return f"{self.authority} ({self.status})"


class Export(models.Model):
    """A matter's evidence that left, or is about to leave, as a sealed package."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="exports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    files = models.PositiveIntegerField(_("files"), null=True)
    object = models.ForeignKey(StoredObject, null=True, on_delete=models.PROTECT)
    entry = models.OneToOneField(LedgerEntry, null=True, on_delete=models.PROTECT)
    job_id = models.UUIDField(null=True)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"package of {self.matter_id} ({self.started_at:%Y-%m-%d})"


class Verification(models.Model):
    """One verification of the whole workspace, and what it found."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    holds = models.BooleanField()
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"verification of {self.started_at:%Y-%m-%d %H:%M}"

    @property
    def first_broken(self) -> Broken | None:
        """The first thing that did not hold."""
        named = (each for part in self.outcome["parts"] for each in part["broken"])
        return next((Broken(**each) for each in named), None)
