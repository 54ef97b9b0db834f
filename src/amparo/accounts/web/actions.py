"""Everything that writes about people: accounts, sign-in, audit."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from amparo.accounts.roles import Role, WorkspaceVerb, allowed
from amparo.accounts.web.models import AuditEntry, SignInLink, User
from amparo.base.errors import AccessDenied, UsageError

__all__ = [
    "audit",
    "create_first_user",
    "create_user",
    "issue_sign_in_link",
    "require_workspace",
    "set_password",
    "use_sign_in_link",
]

LINK_LIFETIME = timedelta(minutes=10)


def audit(
    action: str,
    *,
    acting_user: User | None,
    subject: object = None,
    matter_id: UUID | None = None,
    address: str = "",
    **details: Any,
) -> AuditEntry:
    """Write down that ``acting_user`` did ``action`` to ``subject``."""
    return AuditEntry.objects.create(
        at=timezone.now(),
        user=acting_user,
        action=action,
        object_kind=type(subject).__name__.lower() if subject is not None else "",
        object_id=str(getattr(subject, "pk", "") or ""),
        matter_id=matter_id,
        details=details,
        address=address,
    )


def require_workspace(user: User, verb: WorkspaceVerb) -> None:
    """Raise ``AccessDenied`` unless ``user`` may do ``verb`` to the workspace."""
    if not (user.is_active and allowed(user.role, verb)):
        raise AccessDenied(
            f"Your role does not allow you to {verb}.", next_step="Ask an administrator."
        )


@transaction.atomic
def create_first_user(username: str, display_name: str) -> User:
    """Make the owner of a new workspace, an administrator; refused once anyone exists."""
    if User.objects.exists():
        raise UsageError("This workspace already has people in it.")
    user = User(username=username, display_name=display_name, role=Role.ADMINISTRATOR)
    user.set_unusable_password()
    user.save()
    audit("create first user", acting_user=None, subject=user)
    return user


@transaction.atomic
def create_user(
    username: str,
    *,
    display_name: str,
    role: Role | str,
    password: str | None,
    acting_user: User,
    language: str = "en",
) -> User:
    """Make an account. Without a password the person signs in by a one-time link."""
    require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    if User.objects.filter(username=username).exists():
        raise UsageError(f"There is already a person with the user name {username!r}.")
    user = User(
        username=username, display_name=display_name, role=Role(role).value, language=language
    )
    _assign_password(user, password)
    user.save()
    audit("create user", acting_user=acting_user, subject=user, role=user.role)
    return user


@transaction.atomic
def set_password(user: User, password: str, *, acting_user: User) -> None:
    """Give ``user`` a new password: one's own, or anyone's for an administrator."""
    if acting_user.pk != user.pk:
        require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    _assign_password(user, password)
    user.save(update_fields=["password"])
    audit("set password", acting_user=acting_user, subject=user)


@transaction.atomic
def issue_sign_in_link(user: User, *, acting_user: User) -> str:
    """A token that signs ``user`` in once within ten minutes; only its digest is stored."""
    if acting_user.pk != user.pk:
        require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        digest=_digest(token), user=user, expires_at=timezone.now() + LINK_LIFETIME
    )
    audit("issue sign-in link", acting_user=acting_user, subject=user)
    return token


@transaction.atomic
def use_sign_in_link(token: str, *, address: str = "") -> User | None:
    """The person whose unused, unexpired link this is, or None; the link is spent."""
    now = timezone.now()
    spent = SignInLink.objects.filter(
        digest=_digest(token), used_at=None, expires_at__gt=now, user__is_active=True
    ).update(used_at=now)
    if not spent:
        return None
    user = SignInLink.objects.select_related("user").get(digest=_digest(token)).user
    audit("sign in by link", acting_user=user, subject=user, address=address)
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _assign_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    user.set_password(password)
