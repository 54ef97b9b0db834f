"""What may call out: every purpose, its switch, and every call that was made."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import allow_calling_out
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.accounts.web.queries import calls_made, purposes_for_decision
from amparo.base.errors import UsageError

__all__ = ["calling_out_page"]

ON_A_PAGE = 50


@require_http_methods(["GET", "POST"])
@may(WorkspaceVerb.ALLOW_CALLING_OUT)
@confirmed_lately
def calling_out_page(request: HttpRequest) -> HttpResponse:
    """One list of everything that may leave this computer on its own, with its switches."""
    if request.method == "POST":
        _decide(request)
        return redirect("accounts:calling-out")
    page = Paginator(calls_made(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"purposes": purposes_for_decision(), "page": page}
    return render(request, "accounts/calling_out.html", context)


def _decide(request: HttpRequest) -> None:
    """Switch a purpose on or off, with its addresses."""
    is_on = request.POST.get("is_on") == "yes"
    addresses = request.POST.get("addresses", "").split()
    name = request.POST.get("purpose", "")
    try:
        made = allow_calling_out(
            name, is_on=is_on, addresses=addresses, acting_user=person(request)
        )
    except UsageError as error:
        messages.error(request, str(error))
    else:
        told = _("%(purpose)s may call out now.") if is_on else _("%(purpose)s: off now.")
        messages.success(request, told % {"purpose": made.title})
