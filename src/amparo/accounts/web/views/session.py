"""Signing in and out, locking and unlocking, confirming the password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from amparo.accounts.web.actions import audit, check_password, use_sign_in_link
from amparo.accounts.web.forms import ConfirmForm, SignInForm
from amparo.accounts.web.guards import note_confirmation, person
from amparo.accounts.web.middleware import LOCKED, SEEN
from amparo.accounts.web.models import User
from amparo.accounts.web.views.preferences import remember_language
from amparo.base.errors import TooManyAttempts, WrongPassphrase

__all__ = ["address_of", "after", "confirm", "link", "lock", "sign_in", "sign_out", "unlock"]

BACKEND = "django.contrib.auth.backends.ModelBackend"


def address_of(request: HttpRequest) -> str:
    """Where the request came from, for the audit and the throttle."""
    return str(request.META.get("REMOTE_ADDR", ""))[:64]


def after(request: HttpRequest, default: str = "/") -> str:
    """The page asked for before this one, if it is ours."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if ours else default


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password."""
    if request.user.is_authenticated:
        return redirect(after(request))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        user = _checked(request, form, form.cleaned_data["username"], "sign in")
        if user is not None:
            return _enter(request, user)
    context = {"form": form, "next": after(request)}
    return render(request, "accounts/sign_in.html", context, status=_status(form))


@login_not_required
@never_cache
@require_http_methods(["GET"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that signs in once, as ``amparo serve`` and administrators make them."""
    user = use_sign_in_link(token, address=address_of(request))
    if user is None:
        return render(request, "accounts/link_spent.html", status=410)
    return _enter(request, user)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    user = person(request)
    audit("sign out", acting_user=user, subject=user, address=address_of(request))
    logout(request)
    return redirect("accounts:sign-in")


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the session until the password is given again."""
    user = person(request)
    if not user.has_usable_password():
        messages.warning(request, _("Set a password first: without one you could not unlock."))
        return redirect("accounts:password")
    audit("lock", acting_user=user, subject=user, address=address_of(request))
    request.session[LOCKED] = True
    return redirect(f"{reverse('accounts:unlock')}?{urlencode({'next': after(request)})}")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """The password again, after the session locked."""
    if not request.session.get(LOCKED):
        return redirect(after(request))
    form = ConfirmForm(request.POST or None)
    if form.is_valid() and _checked(request, form, person(request).username, "unlock"):
        for name in (LOCKED, SEEN):
            request.session.pop(name, None)
        note_confirmation(request)
        return redirect(after(request))
    context = {"form": form, "next": after(request)}
    return render(request, "accounts/unlock.html", context, status=_status(form))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The password again, before something that should not happen at an unattended desk."""
    if not person(request).has_usable_password():
        messages.warning(request, _("Set a password first: this needs it."))
        return redirect("accounts:password")
    form = ConfirmForm(request.POST or None)
    if form.is_valid() and _checked(request, form, person(request).username, "confirm password"):
        note_confirmation(request)
        return redirect(after(request))
    context = {"form": form, "next": after(request)}
    return render(request, "accounts/confirm.html", context, status=_status(form))


def _checked(
    request: HttpRequest, form: SignInForm | ConfirmForm, username: str, action: str
) -> User | None:
    """The person if the password is right; else None, with the reason on the form."""
    password = form.cleaned_data["password"]
    try:
        return check_password(username, password, address=address_of(request), action=action)
    except (TooManyAttempts, WrongPassphrase) as error:
        form.add_error(None, str(error))
        return None


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    login(request, user, backend=BACKEND)
    note_confirmation(request)
    activate(user.language)
    return remember_language(redirect(after(request)), user.language)


def _status(form: SignInForm | ConfirmForm) -> int:
    return 422 if form.is_bound and form.errors else 200
