"""Rows of official forms: blanks, maps that people reviewed, what they decided, fillings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.base.ids import new_id
from amparo.evidence.web.models import LedgerEntry, StoredObject
from amparo.extract.web.models import Pinpoint
from amparo.matters.web.models import Matter

__all__ = ["FieldWord", "FormAnswer", "FormMapReview", "OfficialForm", "PreparedForm"]


class OfficialForm(models.Model):
    """An agency's blank form, as someone brought it to a matter.

    ``read`` is what was found in it (``forms.told``): edition by page, fields, questions, problems.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="official_forms")
    name = models.CharField(_("form"), max_length=40)
    edition = models.CharField(_("edition"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    blank = models.ForeignKey(StoredObject, on_delete=models.PROTECT, related_name="+")
    read = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class FormMapReview(models.Model):
    """A field map that is reviewed here: for one set of fields (``fingerprint``), in all matters.

    ``proposed`` is the map as it was proposed (YAML); what people say of its fields are
    ``FieldWord`` rows. A map holds nothing of any client.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    fingerprint = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("form"), max_length=40)
    edition = models.CharField(_("edition"), max_length=40, blank=True)
    proposed = models.TextField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "-made_at"]

    def __str__(self) -> str:
        return f"{self.name} {self.edition}".strip()


class FieldWord(models.Model):
    """What a person said of one field of a map; the table only grows, the latest row counts.

    ``entry`` is what the field asks from then on, as maps write it.
    """

    review = models.ForeignKey(FormMapReview, on_delete=models.PROTECT, related_name="words")
    key = models.CharField(max_length=500)
    verdict = models.CharField(max_length=10)
    entry = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["review", "key"], name="words_of_field")]

    def __str__(self) -> str:
        return f"{self.key}: {self.verdict}"


class FormAnswer(models.Model):
    """A matter's answer that is never filled in by itself, and who decided it: a safe address.

    All other answers are those of ``interviews``. ``values`` are texts, several for several ticks.
    """

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="form_answers")
    question = models.CharField(max_length=200)
    values = models.JSONField(default=list)
    pinpoint = models.ForeignKey(
        Pinpoint, null=True, on_delete=models.PROTECT, related_name="form_answers"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["question"]
        constraints = [
            models.UniqueConstraint(fields=["matter", "question"], name="one_answer_a_question")
        ]

    def __str__(self) -> str:
        return self.question


class PreparedForm(models.Model):
    """One filling of a form, as the answers stood then.

    ``facts`` say what each field shows, where the rest of an answer is, what it rests on, and what
    verification compared. ``object`` is the filled form; None when a check failed, for then it is
    not offered.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    form = models.ForeignKey(OfficialForm, on_delete=models.PROTECT, related_name="prepared")
    number = models.PositiveIntegerField(_("number"))
    facts = models.JSONField(default=dict)
    object = models.ForeignKey(StoredObject, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    entry = models.OneToOneField(LedgerEntry, null=True, on_delete=models.PROTECT)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="filling_counted")]

    def __str__(self) -> str:
        return f"{self.form} ({self.number})"

    @property
    def matter(self) -> Matter:
        return self.form.matter
