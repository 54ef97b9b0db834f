"""Signing in: passwords, one-time links, and what wrong ones cost."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.throttle import WINDOW, wait_before_next
from amparo.accounts.web.actions.auditing import audit, require_workspace
from amparo.accounts.web.models import SignInAttempt, SignInLink, User
from amparo.base.errors import TooManyAttempts, WrongPassphrase

__all__ = ["check_password", "digest", "issue_sign_in_link", "record_attempt", "use_sign_in_link"]

LINK_LIFETIME = timedelta(minutes=10)


@transaction.atomic
def issue_sign_in_link(user: User, *, acting_user: User) -> str:
    """A token that signs ``user`` in once within ten minutes; only its digest is stored."""
    if acting_user.pk != user.pk:
        require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    token = secrets.token_urlsafe(32)
    SignInLink.objects.create(
        digest=digest(token), user=user, expires_at=timezone.now() + LINK_LIFETIME
    )
    audit("issue sign-in link", acting_user=acting_user, subject=user)
    return token


@transaction.atomic
def use_sign_in_link(token: str, *, address: str = "") -> User | None:
    """The person whose unused, unexpired link this is, or None; the link is spent."""
    now = timezone.now()
    spent = SignInLink.objects.filter(
        digest=digest(token), used_at=None, expires_at__gt=now, user__is_active=True
    ).update(used_at=now)
    if not spent:
        return None
    user = SignInLink.objects.select_related("user").get(digest=digest(token)).user
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
    attempt = record_attempt(meant.username if meant else digest(username), address)
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


def record_attempt(username: str, address: str) -> SignInAttempt:
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


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
