"""Rows of what was read: readings with their provenance, pages of text, and pinpoints."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.base.pinpoints import Pinpoint as Place
from amparo.base.pinpoints import from_annotation
from amparo.evidence.web.models import Item, StoredObject
from amparo.extract.reading import PageText as Page
from amparo.extract.reading import Words
from amparo.matters.web.models import Matter

__all__ = [
    "PageText",
    "Pinpoint",
    "PinpointNote",
    "Reading",
]


class Reading(models.Model):
    """A derivative of an item: what one tool, in one version with these settings, made of it.

    Readings are kept; a newer one of the same kind takes the place of an older one page by page.
    ``parent_sha256`` is the digest of the file that was read, ``sha256`` of the pages it gave
    (``extract/derivative.py``), "" while there are none. A file set to pages is sealed itself: then
    ``object`` is that PDF and ``sha256`` its digest.
    """

    class Kind(models.TextChoices):
        TEXT = "text", _("Text of the file")
        OCR = "ocr", _("Text recognised in pictures")
        PAGES = "pages", _("Set to pages")

    class Status(models.TextChoices):
        READ = "read", _("Read")
        PARTIAL = "partial", _("Read in part")
        FAILED = "failed", _("Not readable")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="readings")
    kind = models.CharField(_("kind"), max_length=5, choices=Kind, default=Kind.TEXT)
    parent_sha256 = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)
    object = models.ForeignKey(StoredObject, null=True, on_delete=models.PROTECT, related_name="+")
    tool = models.CharField(_("tool"), max_length=80, blank=True)
    tool_version = models.CharField(_("version"), max_length=80, blank=True)
    tool_settings = models.JSONField(_("settings"), default=dict)
    status = models.CharField(_("status"), max_length=7, choices=Status)
    reason = models.TextField(_("reason"), blank=True)
    page_count = models.PositiveIntegerField(_("pages"), default=0)
    language = models.CharField(_("language"), max_length=35, blank=True)
    metadata = models.JSONField(default=dict)
    outline = models.JSONField(default=list)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["item", "-made_at"], name="reading_of_item")]

    def __str__(self) -> str:
        return f"{self.tool} {self.tool_version} ({self.status})"

    @property
    def matter(self) -> Matter:
        return self.item.matter


class PageText(models.Model):
    """A page as one reading gave it. ``is_current`` is the one that is shown and searched."""

    reading = models.ForeignKey(Reading, on_delete=models.CASCADE, related_name="pages")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=200, blank=True)
    width = models.FloatField()
    height = models.FloatField()
    text = models.TextField()
    packed = models.BinaryField(default=bytes)
    language = models.CharField(max_length=35, blank=True)
    source = models.CharField(max_length=12)
    needs_ocr = models.BooleanField(default=False)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "number"], name="page_once_in_reading"),
            models.UniqueConstraint(
                fields=["item", "number"],
                condition=models.Q(is_current=True),
                name="one_current_page",
            ),
        ]

    def __str__(self) -> str:
        return f"page {self.number}"

    @property
    def value(self) -> Page:
        """The page as the value that ``extract`` works with."""
        return Page(
            number=self.number,
            width=self.width,
            height=self.height,
            text=self.text,
            words=Words(bytes(self.packed)),
            source=self.source,  # type: ignore[arg-type]
            language=self.language or None,
            needs_ocr=self.needs_ocr,
            label=self.label,
        )


class Pinpoint(models.Model):
    """A passage that someone marked: a place in a file (``base/pinpoints``), kept for good.

    ``place_id`` is the place's own id, ``annotation`` the place as a W3C Web Annotation.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="pinpoints")
    sha256 = models.CharField(max_length=64)
    place_id = models.CharField(max_length=64)
    page = models.PositiveIntegerField(null=True)
    quote = models.TextField(blank=True)
    annotation = models.JSONField()
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["page", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "place_id"],
                condition=models.Q(withdrawn_at=None),
                name="one_pinpoint_at_a_place",
            )
        ]

    def __str__(self) -> str:
        return self.quote[:80] or f"page {self.page}"

    @property
    def matter(self) -> Matter:
        return self.item.matter

    @property
    def place(self) -> Place:
        """The place as a value."""
        return from_annotation(self.annotation)


class PinpointNote(models.Model):
    """What someone wrote at a pinpoint after it was made. Notes are only added."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    pinpoint = models.ForeignKey(Pinpoint, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("note"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def matter(self) -> Matter:
        return self.pinpoint.matter
