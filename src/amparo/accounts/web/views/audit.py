"""What everyone did, for administrators and auditors."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.forms import AuditFilterForm
from amparo.accounts.web.guards import may
from amparo.accounts.web.queries import audit_entries

__all__ = ["audit_page"]

ON_A_PAGE = 100


@require_safe
@may(WorkspaceVerb.SEE_AUDIT)
def audit_page(request: HttpRequest) -> HttpResponse:
    """Who did what when; what happened inside a matter is told in full on the matter's page."""
    form = AuditFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = audit_entries(
        person=getattr(chosen.get("person"), "username", ""),
        action=chosen.get("action") or "",
        since=chosen.get("since"),
        until=chosen.get("until"),
    )
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/audit.html", {"form": form, "page": page})
