"""Signing in and out, the second factor, locking and unlocking, showing again who one is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from amparo.accounts.web.actions import audit, check_passkey, check_password, use_sign_in_link
from amparo.accounts.web.forms import ProofForm, SecondForm, SignInForm
from amparo.accounts.web.guards import note_confirmation, person
from amparo.accounts.web.middleware import LOCKED
from amparo.accounts.web.models import User
from amparo.accounts.web.passkeys import can_be_used_at
from amparo.accounts.web.proofs import address_of, asked_of, prove, prove_second
from amparo.accounts.web.queries import providers_shown, ways_of
from amparo.accounts.web.sessions import SEEN
from amparo.accounts.web.views.preferences import remember_language
from amparo.base.errors import TooManyAttempts, WrongPassphrase

__all__ = [
    "HALF",
    "after",
    "confirm",
    "enter",
    "half_signed_in",
    "host_of",
    "link",
    "lock",
    "second",
    "sign_in",
    "sign_in_by_passkey",
    "sign_out",
    "unlock",
]

BACKEND = "django.contrib.auth.backends.ModelBackend"
HALF = "half"
HALF_SECONDS = 10 * 60


def host_of(request: HttpRequest) -> str:
    """The name of this server as the browser calls it, without the port."""
    return (
        request.get_host().rpartition(":")[0] if ":" in request.get_host() else request.get_host()
    )


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
    """User name and password; then the second factor, if the person has one."""
    if request.user.is_authenticated:
        return redirect(after(request))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        user = _checked(request, form)
        if user is not None:
            return enter(request, user)
    return _sign_in_page(request, form)


@login_not_required
@never_cache
@require_POST
def sign_in_by_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey that its owner opened, without a name and a password."""
    try:
        user = check_passkey(
            asked_of(request),
            request.POST.get("passkey", "")[:20_000],
            user=None,
            address=address_of(request),
            action="sign in by passkey",
        )
    except (TooManyAttempts, WrongPassphrase) as error:
        form = SignInForm({"username": "", "password": ""})
        form.errors.clear()
        form.add_error(None, str(error))
        return _sign_in_page(request, form)
    return enter(request, user, is_whole=True)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def second(request: HttpRequest) -> HttpResponse:
    """The second factor of someone whose password was right a moment ago."""
    user = half_signed_in(request)
    if user is None:
        return redirect("accounts:sign-in")
    form = SecondForm(request.POST or None)
    if form.is_valid() and prove_second(request, form, user):
        return enter(request, user, is_whole=True)
    ways = ways_of(user)
    context = {"form": form, "next": after(request), "ways": ways}
    return render(request, "accounts/second.html", context, status=_status(form))


@login_not_required
@never_cache
@require_http_methods(["GET"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that signs in once, as ``amparo serve`` and administrators make them."""
    user = use_sign_in_link(token, address=address_of(request))
    if user is None:
        return render(request, "accounts/link_spent.html", status=410)
    return enter(request, user)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    user = person(request)
    audit("sign out", acting_user=user, subject=user, address=address_of(request))
    logout(request)
    return redirect("accounts:sign-in")


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the session until the person shows again who they are."""
    user = person(request)
    if not ProofForm(user=user).fields:
        messages.warning(request, _("Set a password first: without one you could not unlock."))
        return redirect("accounts:password")
    audit("lock", acting_user=user, subject=user, address=address_of(request))
    request.session[LOCKED] = True
    return redirect(f"{reverse('accounts:unlock')}?{urlencode({'next': after(request)})}")


@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """The password or a second factor again, after the session locked."""
    if not request.session.get(LOCKED):
        return redirect(after(request))
    form = ProofForm(request.POST or None, user=person(request))
    if form.is_valid() and prove(request, form, "unlock"):
        for name in (LOCKED, SEEN):
            request.session.pop(name, None)
        note_confirmation(request)
        return redirect(after(request))
    context = {"form": form, "next": after(request)}
    return render(request, "accounts/unlock.html", context, status=_status(form))


@never_cache
@sensitive_post_parameters("password", "code")
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Who one is, again, before something that should not happen at an unattended desk."""
    form = ProofForm(request.POST or None, user=person(request))
    if not form.fields:
        messages.warning(request, _("Set a password first: this needs it."))
        return redirect("accounts:password")
    if form.is_valid() and prove(request, form, "confirm identity"):
        note_confirmation(request)
        return redirect(after(request))
    context = {"form": form, "carried": [("next", after(request))], "action": request.path}
    return render(request, "accounts/confirm.html", context, status=_status(form))


def half_signed_in(request: HttpRequest) -> User | None:
    """Who gave the right password and still owes the second factor; None after ten minutes."""
    half = request.session.get(HALF) or {}
    if timezone.now().timestamp() - half.get("at", 0) > HALF_SECONDS:
        return None
    return User.objects.filter(pk=UUID(half["user"]), is_active=True).first()


def enter(
    request: HttpRequest, user: User, *, is_whole: bool = False, target: str = ""
) -> HttpResponse:
    """Sign ``user`` in, or ask for the second factor first; ``is_whole`` when that was given.

    ``target`` is where to go then, otherwise the page asked for before.
    """
    target = target or after(request)
    if not is_whole and ways_of(user).has_second:
        request.session.cycle_key()
        request.session[HALF] = {"user": str(user.pk), "at": timezone.now().timestamp()}
        return redirect(f"{reverse('accounts:second')}?{urlencode({'next': target})}")
    request.session.pop(HALF, None)
    login(request, user, backend=BACKEND)
    note_confirmation(request)
    activate(user.language)
    return remember_language(redirect(target), user.language)


def _sign_in_page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    context = {
        "form": form,
        "next": after(request),
        "can_use_passkeys": can_be_used_at(host_of(request)),
        "providers": providers_shown(),
    }
    return render(request, "accounts/sign_in.html", context, status=_status(form))


def _checked(request: HttpRequest, form: SignInForm) -> User | None:
    """The person if the password is right; else None, with the reason on the form."""
    name, password = form.cleaned_data["username"], form.cleaned_data["password"]
    try:
        return check_password(name, password, address=address_of(request), action="sign in")
    except (TooManyAttempts, WrongPassphrase) as error:
        form.add_error(None, str(error))
        return None


def _status(form: SignInForm | ProofForm | SecondForm) -> int:
    return 422 if form.is_bound and form.errors else 200
