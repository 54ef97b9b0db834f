"""Everything that writes about people: accounts, sign-in, audit."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.accounts.roles import Role, WorkspaceVerb, allowed
from amparo.accounts.throttle import WINDOW, wait_before_next
from amparo.accounts.web.models import AuditEntry, SavedView, SignInAttempt, SignInLink, User
from amparo.base.errors import AccessDenied, TooManyAttempts, UsageError, WrongPassphrase
from amparo.base.web import calling_out

__all__ = [
    "allow_calling_out",
    "audit",
    "change_own_password",
    "change_person",
    "check_password",
    "create_first_user",
    "create_user",
    "forget_view",
    "issue_sign_in_link",
    "require_workspace",
    "save_preferences",
    "save_view",
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


def check_password(username: str, password: str, *, address: str, action: str) -> User:
    """The person whose password this is; ``action`` says in the audit what it was asked for.

    Each attempt is written down before the password is looked at, so that guesses made side by side
    are counted too. What was typed as a name is stored only when there is such a person: people
    type passwords into the wrong field. Raises ``TooManyAttempts`` or ``WrongPassphrase``, which do
    not tell whether such a person exists.
    """
    meant = User.objects.filter(username=username).first()
    attempt = _record_attempt(meant.username if meant else _digest(username), address)
    user = authenticate(username=username, password=password)
    if not isinstance(user, User):
        audit(f"{action} refused", acting_user=None, subject=meant, address=address)
        raise WrongPassphrase(
            _("This user name and password do not go together."),
            next_step=_("Check both, and whether the Caps Lock key is on."),
        )
    attempt.succeeded = True
    attempt.save(update_fields=["succeeded"])
    audit(action, acting_user=user, subject=user, address=address)
    return user


def change_own_password(user: User, old: str | None, new: str, *, address: str) -> None:
    """Give oneself a new password; the old one is asked for unless there is none yet."""
    if user.has_usable_password():
        check_password(user.username, old or "", address=address, action="confirm password")
    set_password(user, new, acting_user=user)


@transaction.atomic
def save_preferences(
    user: User,
    *,
    acting_user: User,
    language: str | None = None,
    theme: str | None = None,
    single_keys: bool | None = None,
) -> None:
    """Keep how someone wants the pages to be; what is None stays as it is."""
    if acting_user.pk != user.pk:
        raise AccessDenied(_("Only the person themselves sets their preferences."))
    chosen = {"language": language, "theme": theme, "single_keys": single_keys}
    changes = {name: value for name, value in chosen.items() if value is not None}
    for name, value in changes.items():
        setattr(user, name, value)
    user.save(update_fields=list(changes))


@transaction.atomic
def save_view(title: str, *, place: str, query: str, acting_user: User) -> SavedView:
    """Keep a list's filter and order under a name of one's own; the same name is replaced."""
    if not title.strip():
        raise UsageError(_("The view needs a name."))
    view, _made = SavedView.objects.update_or_create(
        user=acting_user,
        place=place[:300],
        title=title.strip()[:80],
        defaults={"query": query[:2000]},
    )
    return view


@transaction.atomic
def forget_view(view: SavedView, *, acting_user: User) -> None:
    """Drop a saved view of one's own."""
    if view.user_id != acting_user.pk:
        raise AccessDenied(_("Only the person themselves sets their preferences."))
    view.delete()


@transaction.atomic
def change_person(
    user: User, *, display_name: str, role: Role | str, is_active: bool, acting_user: User
) -> None:
    """Change who someone is and whether they may sign in; one administrator always stays."""
    require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    stays = is_active and Role(role) is Role.ADMINISTRATOR
    if not stays and not _other_administrators(user).exists():
        raise UsageError(
            _("Nobody else could manage the people of this workspace."),
            next_step=_("Make someone else an administrator first."),
        )
    before = {"role": user.role, "may sign in": user.is_active}
    user.display_name, user.role, user.is_active = display_name, Role(role).value, is_active
    user.save(update_fields=["display_name", "role", "is_active"])
    after = {"role": user.role, "may sign in": user.is_active}
    audit("change person", acting_user=acting_user, subject=user, before=before, after=after)


@transaction.atomic
def allow_calling_out(
    name: str, *, is_on: bool, addresses: list[str], acting_user: User
) -> calling_out.Purpose:
    """Decide whether the purpose ``name`` may call out, and to which addresses."""
    require_workspace(acting_user, WorkspaceVerb.ALLOW_CALLING_OUT)
    row = calling_out.switch(name, is_on=is_on, addresses=addresses, changed_by=acting_user.pk)
    action = "allow calling out" if is_on else "forbid calling out"
    audit(action, acting_user=acting_user, subject=row, addresses=calling_out.addresses_of(name))
    return calling_out.purpose(name)


def _other_administrators(user: User) -> QuerySet[User]:
    return User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)


def _record_attempt(username: str, address: str) -> SignInAttempt:
    now = timezone.now()
    with transaction.atomic():
        wait = max(
            wait_before_next(_failures(now, username=username), now),
            wait_before_next(_failures(now, address=address), now),
        )
        if wait:
            seconds = int(wait.total_seconds()) + 1
            raise TooManyAttempts(
                _("There were too many wrong passwords."),
                wait_seconds=seconds,
                next_step=ngettext(
                    "Wait one second, then try again.",
                    "Wait %(seconds)s seconds, then try again.",
                    seconds,
                )
                % {"seconds": seconds},
            )
        return SignInAttempt.objects.create(
            username=username, address=address, at=now, succeeded=False
        )


def _failures(now: datetime, **by: str) -> list[datetime]:
    """When attempts failed since the last that succeeded, inside the throttle's window."""
    recent = SignInAttempt.objects.filter(at__gt=now - WINDOW, **by)
    last_good = recent.filter(succeeded=True).order_by("-at").values_list("at", flat=True).first()
    failed = recent.filter(succeeded=False)
    if last_good is not None:
        failed = failed.filter(at__gt=last_good)
    return list(failed.values_list("at", flat=True))


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
