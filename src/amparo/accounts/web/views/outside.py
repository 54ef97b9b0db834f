"""Signing in with an account elsewhere: there and back again; and which providers there are."""

from __future__ import annotations

import hmac
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts import oidc
from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions.outside import (
    add_provider,
    connect,
    disconnect,
    remove_provider,
    sign_in_as,
    who_came_back,
)
from amparo.accounts.web.forms import ProviderForm
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.accounts.web.models import OutsideIdentity, Provider
from amparo.accounts.web.proofs import address_of
from amparo.accounts.web.queries import providers_shown
from amparo.accounts.web.views.session import after, enter
from amparo.base.errors import AmparoError, CallFailed, UsageError, VerificationError

__all__ = ["back", "connect_here", "disconnect_here", "elsewhere", "providers", "remove"]

ASKED = "asked elsewhere"


@login_not_required
@never_cache
@require_POST
def elsewhere(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On the way to a provider, to sign in with it."""
    return _leave(request, get_object_or_404(providers_shown(), pk=pk), connects=False)


@never_cache
@require_POST
@confirmed_lately
def connect_here(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On the way to a provider, to connect an account there with one's own."""
    return _leave(request, get_object_or_404(providers_shown(), pk=pk), connects=True)


@login_not_required
@never_cache
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """Back from a provider, with a code that it gives for one use."""
    kept = request.session.pop(ASKED, None)
    if not kept or not _is_answer(request, kept["state"]):
        return _refused(request, _("This answer belongs to no question of this browser."))
    provider = get_object_or_404(providers_shown(), pk=UUID(kept["provider"]))
    asked = oidc.Asked(kept["state"], kept["nonce"], kept["verifier"])
    try:
        code = request.GET.get("code", "")[:4000]
        told = who_came_back(provider, code, asked, back=_address_back(request))
        return _arrived(request, told, kept)
    except (CallFailed, VerificationError) as error:
        return _refused(request, _("The provider did not say who you are."), error)
    except AmparoError as error:
        return _refused(request, str(error))


@require_POST
@confirmed_lately
def disconnect_here(request: HttpRequest, pk: int) -> HttpResponse:
    """An account elsewhere that is no way in any more."""
    row = get_object_or_404(OutsideIdentity, pk=pk, user=person(request))
    disconnect(row, acting_user=person(request))
    messages.success(request, _("It is disconnected."))
    return redirect("accounts:signing-in")


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "POST"])
@may(WorkspaceVerb.MANAGE_PEOPLE)
@confirmed_lately
def providers(request: HttpRequest) -> HttpResponse:
    """The providers that people may sign in with, and one more."""
    form = ProviderForm(request.POST or None)
    if form.is_valid():
        try:
            made = add_provider(**form.cleaned_data, acting_user=person(request))
        except (CallFailed, UsageError, VerificationError) as error:
            form.add_error("issuer", str(error))
        else:
            told = _("People can connect %(provider)s now.") % {"provider": made}
            messages.success(request, told)
            return redirect("accounts:providers")
    context = {
        "form": form,
        "providers": Provider.objects.all(),
        "back": _address_back(request),
    }
    return render(request, "accounts/providers.html", context, status=422 if form.errors else 200)


@require_POST
@may(WorkspaceVerb.MANAGE_PEOPLE)
@confirmed_lately
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A provider that nobody signs in with any more."""
    row = get_object_or_404(Provider, pk=pk)
    remove_provider(row, acting_user=person(request))
    messages.success(request, _("Nobody signs in with %(provider)s now.") % {"provider": row})
    return redirect("accounts:providers")


def _leave(request: HttpRequest, provider: Provider, *, connects: bool) -> HttpResponse:
    """A page that leads to the provider: forms may send nobody elsewhere, links may."""
    asked = oidc.ask()
    request.session[ASKED] = {
        "provider": str(provider.pk),
        "connects": str(person(request).pk) if connects else "",
        "next": after(request),
        "state": asked.state,
        "nonce": asked.nonce,
        "verifier": asked.verifier,
    }
    address = oidc.address_to(
        provider.asks_at, asked, client_id=provider.client_id, back=_address_back(request)
    )
    context = {"provider": provider, "address": address}
    return render(request, "accounts/elsewhere.html", context)


def _arrived(request: HttpRequest, told: oidc.Told, kept: dict[str, str]) -> HttpResponse:
    if not kept["connects"]:
        user = sign_in_as(told, address=address_of(request))
        return enter(request, user, target=kept["next"])
    if not request.user.is_authenticated or str(request.user.pk) != kept["connects"]:
        raise Http404
    connect(person(request), told, acting_user=person(request))
    messages.success(request, _("It is connected. You can sign in with it from now on."))
    return redirect("accounts:signing-in")


def _is_answer(request: HttpRequest, state: str) -> bool:
    return hmac.compare_digest(request.GET.get("state", "").encode(), state.encode())


def _refused(request: HttpRequest, why: str, error: Exception | None = None) -> HttpResponse:
    context = {"why": why, "error": error}
    return render(request, "accounts/elsewhere_refused.html", context, status=403)


def _address_back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("accounts:back"))
