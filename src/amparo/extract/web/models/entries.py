"""Rows of what the lines of pages are: messages of conversations, rows of tables."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.evidence.web.models import Item
from amparo.extract.reading import Message as Value

__all__ = ["Message", "TableRows"]


class Message(models.Model):
    """A message as its archive says it (``reading.Message``); its words are in its page's text.

    ``day`` is the day, or year, that ``at`` begins with, "" when it is not known.
    """

    class Kind(models.TextChoices):
        SAID = "said", _("Said")
        NOTICE = "notice", _("Notice of the service")
        DELETED = "deleted", _("Deleted")
        CALL = "call", _("Call")

    page = models.ForeignKey("extract.PageText", on_delete=models.CASCADE, related_name="messages")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="messages")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.PositiveIntegerField()
    sender = models.CharField(_("sender"), max_length=300, blank=True)
    written = models.CharField(_("time as written"), max_length=80, blank=True)
    at = models.CharField(_("time"), max_length=80, blank=True)
    day = models.CharField(_("day"), max_length=10, blank=True)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.SAID)
    outgoing = models.BooleanField(null=True)
    attachments = models.JSONField(default=list)
    conversation = models.CharField(_("conversation"), max_length=300, blank=True)
    own_id = models.CharField(max_length=300, blank=True)
    reply_to = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="message_once_on_page")
        ]
        indexes = [
            models.Index(fields=["item", "number"], name="message_of_item"),
            models.Index(fields=["item", "day", "number"], name="message_by_day"),
            models.Index(fields=["item", "sender", "number"], name="message_by_sender"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.sender}"

    @classmethod
    def of(cls, value: Value, **more: object) -> Message:
        """The row of a value, not yet saved."""
        return cls(
            number=value.number,
            start=value.start,
            end=value.end,
            words=value.words,
            sender=value.sender,
            written=value.written,
            at=value.at,
            day=value.at[:10],
            kind=value.kind,
            outgoing=value.outgoing,
            attachments=list(value.attachments),
            conversation=value.conversation,
            own_id=value.own_id,
            reply_to=value.reply_to,
            **more,
        )


class TableRows(models.Model):
    """Which rows of a sheet the lines of a page are, as runs of ``[first row, how many]``."""

    page = models.OneToOneField(
        "extract.PageText", primary_key=True, on_delete=models.CASCADE, related_name="table"
    )
    sheet = models.CharField(max_length=300, blank=True)
    runs = models.JSONField(default=list)

    class Meta:
        ordering = ["page"]

    def __str__(self) -> str:
        return self.sheet

    @property
    def numbers(self) -> list[int]:
        """The row of each line."""
        return [row for first, count in self.runs for row in range(first, first + count)]
