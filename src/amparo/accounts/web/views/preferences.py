"""One's own choices: language, light or dark, keys, password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from amparo.accounts.web.actions import change_own_password, save_preferences
from amparo.accounts.web.forms import PasswordForm, PreferencesForm
from amparo.accounts.web.guards import note_confirmation, person
from amparo.accounts.web.models import User
from amparo.base.errors import AmparoError, UsageError
from amparo.base.web.htmx import by_htmx

__all__ = ["language", "password", "preferences", "remember_language", "theme"]

YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """All of one's choices on one page."""
    user = person(request)
    now = {"language": user.language, "theme": user.theme, "single_keys": user.single_keys}
    form = PreferencesForm(request.POST or None, initial=now)
    if not form.is_valid():
        return render(request, "accounts/preferences.html", {"form": form})
    save_preferences(user, acting_user=user, **form.cleaned_data)
    with override(user.language):
        messages.success(request, _("Your preferences are kept."))
    return remember_language(redirect("accounts:preferences"), user.language)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Another language, from the menu; before signing in it is kept in the browser."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        raise UsageError(_("Amparo does not speak this language."))
    if request.user.is_authenticated:
        save_preferences(person(request), acting_user=person(request), language=chosen)
    return remember_language(redirect(_back(request)), chosen)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the computer says."""
    chosen = request.POST.get("theme", "")
    if chosen not in User.Theme.values:
        raise UsageError(_("There is no such look."))
    save_preferences(person(request), acting_user=person(request), theme=chosen)
    if by_htmx(request):
        return HttpResponse(status=204)
    return redirect(_back(request))


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """A new password for oneself; other sessions of the same person end."""
    user = person(request)
    form = PasswordForm(request.POST or None, has_password=user.has_usable_password())
    if form.is_valid() and _change(request, form, user):
        update_session_auth_hash(request, user)
        note_confirmation(request)
        messages.success(request, _("Your password is changed. Your other sessions have ended."))
        return redirect("accounts:preferences")
    return render(request, "accounts/password.html", {"form": form})


def remember_language(response: HttpResponse, code: str) -> HttpResponse:
    """Keep the language in the browser, where the pages before the sign-in find it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response


def _change(request: HttpRequest, form: PasswordForm, user: User) -> bool:
    old, new = form.cleaned_data.get("old"), form.cleaned_data["new"]
    try:
        change_own_password(user, old, new, address=str(request.META.get("REMOTE_ADDR", "")))
    except AmparoError as error:
        form.add_error("old" if isinstance(error, UsageError) is False else "new", str(error))
        return False
    return True


def _back(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if ours else "/"
