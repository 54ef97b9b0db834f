"""Rows of interviews: a conversation over a questionnaire, each answer given, each judgement."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.extract.web.models import Pinpoint
from amparo.matters.web.models import Matter

__all__ = ["GivenAnswer", "Interview", "Judgement"]


class Interview(models.Model):
    """A questionnaire gone through with someone. ``held_on`` is EDTF, ``language`` the one spoken.

    ``who`` answered, in words; ``others`` were there (an interpreter, a guardian).
    """

    class Way(models.TextChoices):
        SCREEN = "screen", _("In a conversation, written on screen")
        PAPER = "paper", _("On the printed questionnaire, copied here")
        REMOTE = "remote", _("By telephone or video")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="interviews")
    questionnaire = models.CharField(_("questionnaire"), max_length=60)
    version = models.PositiveIntegerField()
    language = models.CharField(
        _("language spoken"),
        max_length=8,
        default="en",
        choices=[(each.code, each.own) for each in INTERFACE_LANGUAGES],
    )
    who = models.CharField(_("who answers"), max_length=200)
    others = models.CharField(_("who else is there"), max_length=300, blank=True)
    way = models.CharField(_("how"), max_length=10, choices=Way, default=Way.SCREEN)
    held_on = models.CharField(_("when"), max_length=80, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.questionnaire}: {self.who}"


class GivenAnswer(models.Model):
    """An answer as it was given: the table only grows, and the latest row of a question counts.

    ``values`` are texts, several for several ticks; none: the answer was taken back. ``who`` said
    it and on which day (``said_on``, EDTF), in which interview; ``pinpoint`` is where a document
    says so.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="given_answers")
    question = models.CharField(max_length=200)
    values = models.JSONField(default=list)
    interview = models.ForeignKey(
        Interview, null=True, on_delete=models.PROTECT, related_name="answers"
    )
    who = models.CharField(max_length=200, blank=True)
    said_on = models.CharField(max_length=80, blank=True)
    pinpoint = models.ForeignKey(Pinpoint, null=True, on_delete=models.PROTECT, related_name="+")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["matter", "question"], name="answers_of_question")]

    def __str__(self) -> str:
        return self.question


class Judgement(models.Model):
    """An attorney's word on a criterion of a screen, with its reason; the table only grows.

    ``verdict`` "" takes an earlier word back. ``computed`` is what the answers said then, and
    ``basis`` are those answers, so that one sees when they have changed since.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="judgements")
    screen = models.CharField(max_length=60)
    criterion = models.CharField(max_length=60)
    verdict = models.CharField(max_length=10, blank=True)
    reason = models.TextField(_("why"))
    computed = models.CharField(max_length=10)
    basis = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["matter", "screen"], name="judgements_of_screen")]

    def __str__(self) -> str:
        return f"{self.screen}, {self.criterion}"
