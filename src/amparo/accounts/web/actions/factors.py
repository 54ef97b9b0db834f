"""Second factors: added, used, taken away, replaced by a recovery code."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts import factors
from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web import passkeys
from amparo.accounts.web.actions.auditing import audit, require_workspace
from amparo.accounts.web.actions.signing_in import digest, record_attempt
from amparo.accounts.web.models import Factor, RecoveryCode, User
from amparo.accounts.web.strongbox import seal, unseal
from amparo.base.errors import AccessDenied, UsageError, WrongPassphrase

__all__ = [
    "add_app",
    "add_passkey",
    "check_code",
    "check_passkey",
    "forget_factors",
    "remove_factor",
    "renew_recovery_codes",
]

APP = "authenticator app"
PASSKEY = "passkey"


@transaction.atomic
def add_app(user: User, secret: bytes, code: str, *, acting_user: User) -> tuple[str, ...]:
    """Let an authenticator app be ``user``'s second factor, once it shows the right ``code``.

    Gives the recovery codes when this is their first factor, else nothing. One app each: a new one
    takes the place of the old.
    """
    _refuse_others(user, acting_user)
    now = timezone.now()
    step = factors.matching_step(secret, code, now=now.timestamp(), after=0)
    if step is None:
        raise UsageError(
            _("This is not the code that the app shows now."),
            next_step=_("Check the clock of the telephone, and type the six digits anew."),
        )
    user.factors.filter(kind=Factor.Kind.APP).delete()
    row = Factor.objects.create(
        user=user,
        kind=Factor.Kind.APP,
        name=_("Authenticator app"),
        sealed=seal(secret, APP),
        counter=step,
        made_at=now,
    )
    audit("add second factor", acting_user=acting_user, subject=row, kind=row.kind)
    return _first_codes(user)


@transaction.atomic
def add_passkey(
    user: User, name: str, made: passkeys.Made, *, acting_user: User
) -> tuple[str, ...]:
    """Let a passkey be a second factor of ``user``; gives codes as ``add_app`` does."""
    _refuse_others(user, acting_user)
    if Factor.objects.filter(credential=made.credential).exists():
        raise UsageError(_("This passkey is here already."))
    row = Factor.objects.create(
        user=user,
        kind=Factor.Kind.PASSKEY,
        name=name.strip()[:80] or _("Passkey"),
        sealed=seal(made.public, PASSKEY),
        credential=made.credential,
        counter=made.counter,
        made_at=timezone.now(),
    )
    audit("add second factor", acting_user=acting_user, subject=row, kind=row.kind)
    return _first_codes(user)


@transaction.atomic
def remove_factor(factor: Factor, *, acting_user: User) -> None:
    """Take a second factor of one's own away; with the last one the recovery codes go too."""
    _refuse_others(factor.user, acting_user)
    audit("remove second factor", acting_user=acting_user, subject=factor, kind=factor.kind)
    factor.delete()
    if not factor.user.factors.exists():
        factor.user.recovery_codes.all().delete()


@transaction.atomic
def forget_factors(user: User, *, acting_user: User) -> None:
    """Drop all second factors of someone who lost them; for administrators."""
    require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    user.factors.all().delete()
    user.recovery_codes.all().delete()
    audit("forget second factors", acting_user=acting_user, subject=user)


@transaction.atomic
def renew_recovery_codes(user: User, *, acting_user: User) -> tuple[str, ...]:
    """Ten new recovery codes, told this once; the old ones are worth nothing any more."""
    _refuse_others(user, acting_user)
    codes = factors.new_recovery_codes()
    user.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=digest(factors.plain_recovery_code(code))) for code in codes
    )
    audit("renew recovery codes", acting_user=acting_user, subject=user)
    return codes


def check_code(user: User, typed: str, *, address: str, action: str) -> None:
    """Take a code of the app or a recovery code, once; WrongPassphrase or TooManyAttempts.

    Wrong codes are counted by themselves: a right password does not make one forget them.
    """
    attempt = record_attempt(digest(f"second factor of {user.pk}"), address)
    used = _take_app_code(user, typed) or _take_recovery_code(user, typed)
    if not used:
        audit(f"{action} refused", acting_user=None, subject=user, address=address)
        raise WrongPassphrase(
            _("This code is not right, or it was used before."),
            next_step=_("Wait for the next code of the app, or use a recovery code."),
        )
    attempt.succeeded = True
    attempt.save(update_fields=["succeeded"])
    audit(action, acting_user=user, subject=user, address=address, by=used)


def check_passkey(
    asked: passkeys.Asked, response: str, *, user: User | None, address: str, action: str
) -> User:
    """Take the answer of a passkey to what was ``asked``; WrongPassphrase when it is not right.

    ``user`` is whose passkey it must be; None for whoever signs in with it alone.
    """
    attempt = record_attempt(digest(f"passkey of {user.pk if user else address}"), address)
    try:
        credential = passkeys.credential_in(response)
        rows = Factor.objects.filter(kind=Factor.Kind.PASSKEY, user__is_active=True)
        rows = rows.filter(user=user) if user else rows
        row = rows.select_related("user").get(credential=credential)
        counter = passkeys.check(asked, response, unseal(bytes(row.sealed), PASSKEY))
    except (Factor.DoesNotExist, ValueError) as error:
        audit(f"{action} refused", acting_user=None, subject=user, address=address)
        raise WrongPassphrase(
            _("This passkey is not known here."),
            next_step=_("Use another one, or a code."),
        ) from error
    _refuse_copy(row, counter)
    row.counter, row.used_at = counter, timezone.now()
    row.save(update_fields=["counter", "used_at"])
    attempt.succeeded = True
    attempt.save(update_fields=["succeeded"])
    audit(action, acting_user=row.user, subject=row.user, address=address, by=row.kind)
    return row.user


def _refuse_copy(row: Factor, counter: int) -> None:
    """A counter that does not grow is a sign that the passkey was copied (WebAuthn, 6.1.1)."""
    if (counter or row.counter) and counter <= row.counter:
        raise WrongPassphrase(
            _("This passkey seems to have been copied: its counter did not go on."),
            next_step=_("Use another factor, and remove this passkey."),
        )


def _take_app_code(user: User, typed: str) -> str:
    now = timezone.now()
    for row in user.factors.filter(kind=Factor.Kind.APP):
        secret = unseal(bytes(row.sealed), APP)
        step = factors.matching_step(secret, typed, now=now.timestamp(), after=row.counter)
        taken = step is not None and Factor.objects.filter(pk=row.pk, counter__lt=step).update(
            counter=step, used_at=now
        )
        if taken:
            return str(row.kind)
    return ""


def _take_recovery_code(user: User, typed: str) -> str:
    if not user.factors.exists():
        return ""
    wanted = digest(factors.plain_recovery_code(typed))
    rows = user.recovery_codes.filter(digest=wanted, used_at=None)
    return "recovery code" if rows.update(used_at=timezone.now()) else ""


def _first_codes(user: User) -> tuple[str, ...]:
    if user.recovery_codes.filter(used_at=None).exists():
        return ()
    return renew_recovery_codes(user, acting_user=user)


def _refuse_others(user: User, acting_user: User) -> None:
    if user.pk != acting_user.pk:
        raise AccessDenied(_("Only the person themselves sets how they sign in."))
