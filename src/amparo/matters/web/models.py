"""Rows of a matter: itself, its parties, team, tasks and notes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.accounts.web.models import User
from amparo.base.ids import new_id

__all__ = ["Matter", "Note", "Party", "Task", "TeamMember", "Wall"]


class Matter(models.Model):
    """A case or an investigation: the unit of access."""

    class Kind(models.TextChoices):
        ASYLUM = "asylum", _("Asylum")
        IMMIGRATION = "immigration", _("Immigration")
        INVESTIGATION = "investigation", _("Investigation")
        STRATEGIC = "strategic", _("Strategic litigation")
        COMMUNICATION = "communication", _("Communication to a treaty body")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        ON_HOLD = "on hold", _("On hold")
        CLOSED = "closed", _("Closed")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.CharField(_("number"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=300)
    kind = models.CharField(_("type"), max_length=20, choices=Kind, default=Kind.OTHER)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    summary = models.TextField(_("summary"), blank=True)
    forum = models.CharField(_("court or body"), max_length=300, blank=True)
    reference = models.CharField(_("their reference"), max_length=120, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def matter(self) -> Matter:
        """A matter is gated by itself."""
        return self


class TeamMember(models.Model):
    """Someone's place on a matter's team; it ends by itself at ``until``, if that is set.

    ``knows``: who is who of the parties whose identity is sealed.
    """

    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role on this matter"), max_length=20, choices=User.Role)
    since = models.DateTimeField(auto_now_add=True)
    until = models.DateTimeField(_("until"), null=True, blank=True)
    knows = models.BooleanField(_("knows the sealed identities"), default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "user"], name="one_place_each")]

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class Wall(models.Model):
    """Someone who must never see a matter nor be put on it, administrators included.

    A wall that was taken down stays written: ``lifted_at``, by whom and why.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="walls")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="walls"
    )
    reason = models.TextField(_("why"))
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.TextField(blank=True)

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "user"],
                condition=models.Q(lifted_at=None),
                name="one_standing_wall_each",
            )
        ]

    def __str__(self) -> str:
        return f"wall between {self.user} and {self.matter_id}"


class Party(models.Model):
    """A person, group or body that takes part in the matter.

    With a ``pseudonym`` the identity is sealed: who does not know it sees the pseudonym instead of
    the name, the name in the original script and the ``spellings`` (one a line).
    """

    class Role(models.TextChoices):
        CLIENT = "client", _("Client")
        APPLICANT = "applicant", _("Applicant")
        RESPONDENT = "respondent", _("Respondent")
        WITNESS = "witness", _("Witness")
        VICTIM = "victim", _("Victim")
        FAMILY = "family", _("Family member")
        COUNSEL = "counsel", _("Counsel")
        OPPOSING = "opposing", _("Opposing counsel")
        AUTHORITY = "authority", _("Authority")
        EXPERT = "expert", _("Expert")
        OTHER = "other", _("Other")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="parties")
    name = models.CharField(_("name"), max_length=300)
    original_name = models.CharField(_("name in the original script"), max_length=300, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    pronouns = models.CharField(_("pronouns"), max_length=60, blank=True)
    languages = models.CharField(_("languages"), max_length=200, blank=True)
    safe_contact = models.TextField(_("safe way and time to make contact"), blank=True)
    remarks = models.TextField(_("remarks"), blank=True)
    pseudonym = models.CharField(_("pseudonym"), max_length=80, blank=True)
    spellings = models.TextField(_("other spellings and short forms"), blank=True)

    class Meta:
        ordering = ["role", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "pseudonym"],
                condition=~models.Q(pseudonym=""),
                name="one_party_a_pseudonym",
            )
        ]
        verbose_name_plural = _("parties")

    def __str__(self) -> str:
        return self.name

    @property
    def is_sealed(self) -> bool:
        """Whether the identity is sealed from those who do not know it."""
        return bool(self.pseudonym)


class Task(models.Model):
    """Something that someone is to do by a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="tasks")
    title = models.CharField(_("what"), max_length=300)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL
    )
    due = models.DateField(_("by"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = [models.F("done_at").asc(nulls_first=True), models.F("due").asc(nulls_last=True)]

    def __str__(self) -> str:
        return self.title


class Note(models.Model):
    """What a member of the team wrote down about the matter."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    text = models.TextField(_("note"))
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-written_at"]

    def __str__(self) -> str:
        return self.text[:80]
