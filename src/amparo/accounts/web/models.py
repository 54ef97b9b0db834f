"""Rows of people and of what they did."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.accounts import roles
from amparo.accounts.chain import Link
from amparo.base.ids import new_id

__all__ = [
    "AuditEntry",
    "Factor",
    "OutsideIdentity",
    "Provider",
    "RecoveryCode",
    "SavedView",
    "Session",
    "SignInAttempt",
    "SignInLink",
    "User",
    "UserManager",
    "link_of",
]


class UserManager(BaseUserManager["User"]):
    """Finds people by user name; creating one is ``accounts.web.actions.create_user``."""


class User(AbstractBaseUser):
    """A person who signs in."""

    class Role(models.TextChoices):
        ADMINISTRATOR = roles.Role.ADMINISTRATOR.value, _("Administrator")
        ATTORNEY = roles.Role.ATTORNEY.value, _("Attorney")
        PARALEGAL = roles.Role.PARALEGAL.value, _("Paralegal")
        INVESTIGATOR = roles.Role.INVESTIGATOR.value, _("Investigator")
        INTERPRETER = roles.Role.INTERPRETER.value, _("Interpreter")
        CLIENT = roles.Role.CLIENT.value, _("Client")
        AUDITOR = roles.Role.AUDITOR.value, _("Auditor")

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the computer")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(_("user name"), max_length=80, unique=True)
    display_name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARALEGAL)
    language = models.CharField(_("language"), max_length=5, default="en")
    theme = models.CharField(_("theme"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    single_keys = models.BooleanField(_("single-key shortcuts"), default=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        ordering = ["display_name"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.display_name or self.username


class SignInAttempt(models.Model):
    """One attempt to sign in, kept for throttling."""

    username = models.CharField(max_length=80)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()
    succeeded = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["username", "at"], name="attempt_by_name"),
            models.Index(fields=["address", "at"], name="attempt_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.username} at {self.at:%Y-%m-%d %H:%M}"


class SignInLink(models.Model):
    """A link that signs one person in, once, within minutes; only its digest is kept."""

    digest = models.CharField(primary_key=True, max_length=64)
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link for {self.user_id}"


class Session(AbstractBaseSession):
    """A browser that someone is signed in with, or is about to; ``sessions`` is its engine."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    since = models.DateTimeField(null=True)
    seen = models.DateTimeField(null=True)
    address = models.CharField(max_length=64, blank=True)
    browser = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-seen"]

    def __str__(self) -> str:
        return f"session of {self.user_id}"


class Factor(models.Model):
    """A second factor: an authenticator app's secret, or a passkey; sealed under the data key."""

    class Kind(models.TextChoices):
        APP = "app", _("Authenticator app")
        PASSKEY = "passkey", _("Passkey")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    name = models.CharField(_("name"), max_length=80)
    sealed = models.BinaryField()
    credential = models.CharField(max_length=200, blank=True)
    counter = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(kind="app"), name="one_app_each"
            ),
            models.UniqueConstraint(
                fields=["credential"],
                condition=~models.Q(credential=""),
                name="one_passkey_a_credential",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code that stands in once for a lost second factor; only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery code of {self.user_id}"


class Provider(models.Model):
    """An OpenID Connect provider that people of this workspace may sign in with.

    The last three are the addresses that it published when it was added.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(_("name"), max_length=80, unique=True)
    issuer = models.URLField(_("issuer"), unique=True)
    client_id = models.CharField(_("client id"), max_length=200)
    sealed_secret = models.BinaryField(default=bytes)
    asks_at = models.URLField(default="")
    token_at = models.URLField(default="")
    keys_at = models.URLField(default="")

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class OutsideIdentity(models.Model):
    """Who someone is at a provider: its issuer and subject, which never change hands.

    ``shown_as`` is what the provider called the person when they connected, for them to recognise;
    nobody is ever found by it.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="outside_identities")
    issuer = models.URLField()
    subject = models.CharField(max_length=255)
    shown_as = models.CharField(max_length=200, blank=True)
    connected_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["connected_at"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_a_subject")
        ]

    def __str__(self) -> str:
        return self.shown_as or self.subject


class SavedView(models.Model):
    """A filter and order of a list that someone wants to come back to: a page's path and query."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    place = models.CharField(max_length=300)
    title = models.CharField(_("name of the view"), max_length=80)
    query = models.CharField(max_length=2000)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["user", "place", "title"], name="one_view_of_a_name")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        return f"{self.place}?{self.query}"


class AuditEntry(models.Model):
    """What someone did, or was refused. Rows are only ever added: triggers refuse the rest.

    ``digest`` is of the entry and of the one before it (``amparo.accounts.chain``).
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    action = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=80, blank=True)
    matter_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    address = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="audit_of_person"),
            models.Index(fields=["action", "-id"], name="audit_of_action"),
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["matter_id", "-id"], name="audit_of_matter"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}".strip()


def link_of(entry: AuditEntry) -> Link:
    """An entry as the chain knows it."""
    return Link(
        number=entry.pk or 0,
        at=entry.at,
        user=str(entry.user_id or ""),
        action=entry.action,
        object_kind=entry.object_kind,
        object_id=entry.object_id,
        matter=str(entry.matter_id or ""),
        details=entry.details,
        address=entry.address,
        digest=entry.digest,
    )
