"""How one signs in: second factors, recovery codes, sign-in elsewhere, and open sessions."""

from __future__ import annotations

from uuid import UUID

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts import factors
from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web import passkeys
from amparo.accounts.web.actions import (
    add_app,
    add_passkey,
    end_sessions,
    forget_factors,
    remove_factor,
    renew_recovery_codes,
)
from amparo.accounts.web.actions.factors import PASSKEY
from amparo.accounts.web.forms import AppForm, PasskeyForm
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.accounts.web.models import Factor, Session, User
from amparo.accounts.web.proofs import address_of, asked_of, remember_asked
from amparo.accounts.web.queries import mark_of, providers_shown, sessions_of, ways_of
from amparo.accounts.web.strongbox import unseal
from amparo.accounts.web.views.session import half_signed_in, host_of
from amparo.base.errors import UsageError, WrongPassphrase

__all__ = [
    "app",
    "ask_passkey",
    "end",
    "forget",
    "new_codes",
    "new_passkey",
    "new_passkey_options",
    "page",
    "remove",
]

NEW_SECRET = "new secret"  # noqa: S105 the session's name for it


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All ways into one's account, and where it is open."""
    user = person(request)
    connected = {each.issuer for each in user.outside_identities.all()}
    context = {
        "ways": ways_of(user),
        "factors": user.factors.all(),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
        "can_use_passkeys": passkeys.can_be_used_at(host_of(request)),
        "passkey_form": PasskeyForm(),
        "outside": user.outside_identities.all(),
        "providers": [each for each in providers_shown() if each.issuer not in connected],
        "sessions": sessions_of(user, request.session.session_key),
    }
    return render(request, "accounts/signing_in.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@confirmed_lately
def app(request: HttpRequest) -> HttpResponse:
    """A new authenticator app: its QR code, and the first code as a proof that it works."""
    secret = _new_secret(request)
    form = AppForm(request.POST or None)
    if form.is_valid():
        try:
            codes = add_app(
                person(request), secret, form.cleaned_data["code"], acting_user=person(request)
            )
        except UsageError as error:
            form.add_error("code", str(error))
        else:
            request.session.pop(NEW_SECRET, None)
            messages.success(request, _("Your app is asked for a code from now on."))
            return _done(request, codes)
    uri = factors.key_uri(secret, person=person(request).username, place="Amparo")
    picture = segno.make(uri, error="m").svg_inline(scale=5, border=2, svgclass="qr", omitsize=True)
    context = {"form": form, "picture": mark_safe(picture), "spelled": factors.spelled(secret)}  # noqa: S308 our own drawing
    return render(request, "accounts/app.html", context, status=422 if form.errors else 200)


@require_POST
@confirmed_lately
def new_passkey_options(request: HttpRequest) -> HttpResponse:
    """What the browser is to make."""
    user = person(request)
    options, asked = passkeys.ask_new(
        host_of(request),
        person=str(user.pk),
        name=user.username,
        title=str(user),
        known=_public_parts(user),
    )
    remember_asked(request, asked)
    return JsonResponse(options)


@require_POST
@confirmed_lately
def new_passkey(request: HttpRequest) -> HttpResponse:
    """The passkey that the browser made."""
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        raise UsageError(_("The browser made no passkey."), next_step=_("Try again."))
    given = form.cleaned_data
    try:
        made = passkeys.make(asked_of(request), given["passkey"])
    except (ValueError, WrongPassphrase) as error:
        raise UsageError(_("The browser made no passkey."), next_step=_("Try again.")) from error
    codes = add_passkey(person(request), given["name"], made, acting_user=person(request))
    messages.success(request, _("The passkey is kept."))
    return _done(request, codes)


@login_not_required
@require_POST
def ask_passkey(request: HttpRequest) -> HttpResponse:
    """What a browser is to answer: for who signs in, with a password before or without."""
    user = person(request) if request.user.is_authenticated else half_signed_in(request)
    known = _public_parts(user) if user else None
    options, asked = passkeys.ask(host_of(request), known, alone=user is None)
    remember_asked(request, asked)
    return JsonResponse(options)


@require_POST
@confirmed_lately
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A second factor of one's own, away."""
    factor = get_object_or_404(Factor.objects.select_related("user"), pk=pk, user=person(request))
    remove_factor(factor, acting_user=person(request))
    messages.success(request, _("%(name)s is no longer asked for.") % {"name": factor})
    return redirect("accounts:signing-in")


@never_cache
@require_POST
@confirmed_lately
def new_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown this once."""
    if not person(request).factors.exists():
        raise UsageError(
            _("Recovery codes stand in for a second factor, and you have none."),
            next_step=_("Add an app or a passkey first."),
        )
    codes = renew_recovery_codes(person(request), acting_user=person(request))
    return _done(request, codes)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End a session of one's own elsewhere, or all but this one."""
    user, mark = person(request), request.POST.get("session", "")
    this = request.session.session_key
    keys = [
        key
        for key in Session.objects.filter(user=user).values_list("session_key", flat=True)
        if key != this and mark in ("others", mark_of(key))
    ]
    ended = end_sessions(user, keys=keys, acting_user=user, address=address_of(request))
    told = ngettext("%(count)s session has ended.", "%(count)s sessions have ended.", ended)
    messages.success(request, told % {"count": ended})
    return redirect("accounts:signing-in")


@require_POST
@may(WorkspaceVerb.MANAGE_PEOPLE)
@confirmed_lately
def forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget the second factors of someone who lost them, and end their sessions."""
    subject = get_object_or_404(User, pk=pk)
    forget_factors(subject, acting_user=person(request))
    keys = list(Session.objects.filter(user=subject).values_list("session_key", flat=True))
    end_sessions(subject, keys=keys, acting_user=person(request), address=address_of(request))
    told = _("%(name)s signs in without a second factor until a new one is set.")
    messages.success(request, told % {"name": subject})
    return redirect("accounts:person", subject.pk)


def _new_secret(request: HttpRequest) -> bytes:
    """The secret that the page shows, the same until it is used."""
    kept = request.session.setdefault(NEW_SECRET, factors.new_secret().hex())
    return bytes.fromhex(kept)


def _public_parts(user: User) -> list[bytes]:
    rows = user.factors.filter(kind=Factor.Kind.PASSKEY)
    return [unseal(bytes(row.sealed), PASSKEY) for row in rows]


def _done(request: HttpRequest, codes: tuple[str, ...]) -> HttpResponse:
    if not codes:
        return redirect("accounts:signing-in")
    return render(request, "accounts/recovery_codes.html", {"codes": codes})
