"""Providers that people sign in with, and who is who there, by issuer and subject for good."""

from __future__ import annotations

import base64
from urllib.parse import quote, urlencode

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from amparo.accounts import oidc
from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions.auditing import audit, require_workspace
from amparo.accounts.web.models import OutsideIdentity, Provider, User
from amparo.accounts.web.queries import OIDC
from amparo.accounts.web.strongbox import seal, unseal
from amparo.base.errors import AccessDenied, UsageError, WrongPassphrase
from amparo.base.web import calling_out

__all__ = [
    "add_provider",
    "connect",
    "disconnect",
    "remove_provider",
    "sign_in_as",
    "who_came_back",
]

SECRET = "client secret"  # noqa: S105 what the box is for
PURPOSE = calling_out.register(
    calling_out.Purpose(
        name=OIDC,
        title=gettext_lazy("Sign-in elsewhere"),
        why=gettext_lazy("People sign in with an account of another organisation."),
        leaves=gettext_lazy("That someone signs in here, when, and from which address."),
        addresses=(),
    )
)


def add_provider(
    title: str, issuer: str, client_id: str, secret: str, *, acting_user: User
) -> Provider:
    """Let people sign in with a provider: it is asked at once what it publishes of itself.

    By this it may be called. UsageError for an issuer that is none or here already; CallFailed,
    VerificationError when it does not answer as it should, and then it may not be called.
    """
    require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    place = oidc.discovery_of(issuer)
    if Provider.objects.filter(issuer=issuer).exists():
        raise UsageError(_("This provider is here already."))
    _allow([issuer], acting_user)
    try:
        found = oidc.discovered(issuer, calling_out.get(OIDC, place, what="discovery"))
    except Exception:
        _allow([], acting_user)
        raise
    with transaction.atomic():
        row = Provider.objects.create(
            title=title.strip(),
            issuer=issuer,
            client_id=client_id.strip(),
            sealed_secret=seal(secret.encode(), SECRET),
            asks_at=found.asks_at,
            token_at=found.token_at,
            keys_at=found.keys_at,
        )
        _allow([], acting_user)
        audit("add provider", acting_user=acting_user, subject=row, name=row.title, issuer=issuer)
    return row


@transaction.atomic
def remove_provider(provider: Provider, *, acting_user: User) -> None:
    """Let nobody sign in with a provider any more; who is who there is kept for its return."""
    require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    audit("remove provider", acting_user=acting_user, subject=provider, name=provider.title)
    provider.delete()
    _allow([], acting_user)


def who_came_back(provider: Provider, code: str, asked: oidc.Asked, *, back: str) -> oidc.Told:
    """Exchange the code with the provider, outside any transaction, and check what it says."""
    body = urlencode(
        {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "client_id": provider.client_id,
            "code_verifier": asked.verifier,
        }
    ).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", **_credentials(provider)}
    answer = calling_out.post(OIDC, provider.token_at, body, what="sign-in", headers=headers)
    keys = calling_out.get(OIDC, provider.keys_at, what="keys of the provider")
    return oidc.told(
        answer,
        keys,
        issuer=provider.issuer,
        client_id=provider.client_id,
        asked=asked,
        now=timezone.now().timestamp(),
    )


@transaction.atomic
def connect(user: User, told: oidc.Told, *, acting_user: User) -> OutsideIdentity:
    """Bind an identity elsewhere to oneself; UsageError when it is bound already."""
    if user.pk != acting_user.pk:
        raise AccessDenied(_("Only the person themselves sets how they sign in."))
    if OutsideIdentity.objects.filter(issuer=told.issuer, subject=told.subject).exists():
        raise UsageError(_("This account is connected with someone already."))
    row = OutsideIdentity.objects.create(
        user=user,
        issuer=told.issuer,
        subject=told.subject,
        shown_as=told.shown_as,
        connected_at=timezone.now(),
    )
    audit("connect outside identity", acting_user=acting_user, subject=row, issuer=told.issuer)
    return row


@transaction.atomic
def disconnect(identity: OutsideIdentity, *, acting_user: User) -> None:
    """Let an identity elsewhere be nobody's again."""
    if identity.user_id != acting_user.pk:
        raise AccessDenied(_("Only the person themselves sets how they sign in."))
    audit(
        "disconnect outside identity",
        acting_user=acting_user,
        subject=identity,
        issuer=identity.issuer,
    )
    identity.delete()


def sign_in_as(told: oidc.Told, *, address: str) -> User:
    """Whose identity it is, by issuer and subject alone; WrongPassphrase when it is nobody's."""
    rows = OutsideIdentity.objects.filter(user__is_active=True).select_related("user")
    row = rows.filter(issuer=told.issuer, subject=told.subject).first()
    if row is None:
        audit("sign in elsewhere refused", acting_user=None, address=address, issuer=told.issuer)
        raise WrongPassphrase(
            _("This account is not connected with anyone here."),
            next_step=_("Sign in by password or link, then connect it under Preferences."),
        )
    row.used_at = timezone.now()
    row.save(update_fields=["used_at"])
    audit("sign in elsewhere", acting_user=row.user, subject=row.user, address=address)
    return row.user


def _allow(besides: list[str], acting_user: User) -> None:
    """Keep the list of what may be called at what the providers need, no more and no less."""
    known = Provider.objects.values_list("issuer", "token_at", "keys_at")
    addresses = list(dict.fromkeys([each for row in known for each in row if each] + besides))
    calling_out.switch(OIDC, is_on=bool(addresses), addresses=addresses, changed_by=acting_user.pk)


def _credentials(provider: Provider) -> dict[str, str]:
    """HTTP Basic as RFC 6749, section 2.3.1, has it; nothing for a client without a secret."""
    secret = unseal(bytes(provider.sealed_secret), SECRET).decode()
    if not secret:
        return {}
    pair = f"{quote(provider.client_id, safe='')}:{quote(secret, safe='')}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
