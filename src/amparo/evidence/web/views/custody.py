"""What the ledger says of a matter, and of one item beside its pages."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import AmparoError
from amparo.base.web.forms import problems
from amparo.evidence.web.actions import note_custody, signer
from amparo.evidence.web.forms.proof import CustodyForm, ExportForm
from amparo.evidence.web.guards import of_item
from amparo.evidence.web.models import Item
from amparo.evidence.web.queries.timeline import ledger_lines, ledger_of, packages_of, timeline_of
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["custody_page", "custody_panel", "note"]

ON_A_PAGE = 50


@require_safe
@of_matter(Verb.VIEW)
def custody_page(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The matter's packages and its part of the ledger."""
    lines = packages_of(matter)
    page = Paginator(ledger_of(matter), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "matter": matter,
        "tab": "custody",
        "part": "ledger",
        "verbs": verbs_of(person(request), matter),
        "page": page,
        "lines": ledger_lines(page),
        "exports": lines,
        "making": any(line.job and not line.job.is_over for line in lines),
        "export_form": ExportForm(),
        "holds_files": matter.items.exists() or matter.physical_exhibits.exists(),
        "fingerprint": signer().key.fingerprint,
    }
    return render(request, "evidence/custody.html", context)


@require_POST
@of_item(Verb.EDIT)
def note(request: HttpRequest, item: Item) -> HttpResponse:
    """Write down what was done with an item outside the program."""
    form = CustodyForm(request.POST)
    if not form.is_valid():
        messages.error(request, problems(form))
        return _back(request, item)
    try:
        note_custody(item, **form.cleaned_data, acting_user=person(request))
    except AmparoError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is written down, for good."))
    return _back(request, item)


def custody_panel(request: HttpRequest, item: Item) -> SafeString:
    """How an item came and what was done with it since, for the item's page."""
    context = {
        "item": item,
        "steps": timeline_of(item),
        "form": CustodyForm(),
        "verbs": verbs_of(person(request), item),
        "here": request.path,
    }
    return render_to_string("evidence/parts/timeline.html", context, request)


def _back(request: HttpRequest, item: Item) -> HttpResponse:
    after = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(after, None):
        return redirect(after)
    return redirect("evidence:custody", item.matter_id)
