"""Rows of people and of what they did."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from amparo.accounts import roles
from amparo.base.ids import new_id

__all__ = ["AuditEntry", "SavedView", "SignInAttempt", "SignInLink", "User", "UserManager"]


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
    """What someone did, or was refused. Rows are only ever added: triggers refuse the rest."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    action = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=80, blank=True)
    object_id = models.CharField(max_length=80, blank=True)
    matter_id = models.UUIDField(null=True)
    details = models.JSONField(default=dict)
    address = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["matter_id", "-id"], name="audit_of_matter")]

    def __str__(self) -> str:
        return f"{self.action} {self.object_kind} {self.object_id}".strip()
