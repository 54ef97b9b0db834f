"""Exhibits handed to somebody: the transfer, its receipt, and that it was acknowledged."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.base.web.downloads import pdf_attachment
from amparo.base.web.forms import problems
from amparo.evidence.custody.receipt import LABELS, set_receipt
from amparo.evidence.web.actions.exhibits import acknowledge, hand_over
from amparo.evidence.web.forms.exhibits import AcknowledgementForm, TransferForm
from amparo.evidence.web.guards import of_transfer
from amparo.evidence.web.models.exhibits import Transfer
from amparo.evidence.web.papers_words import in_words
from amparo.evidence.web.queries.exhibits import exhibit_lines, receipt_of
from amparo.evidence.web.views.custody_form import custody_form
from amparo.evidence.web.views.selected import ids_of
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["acknowledge_transfer", "new_transfer", "receipt", "transfer_page"]


@require_http_methods(["GET", "POST"])
@of_matter(Verb.EDIT)
def new_transfer(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Hand exhibits to somebody."""
    here = [line.exhibit for line in exhibit_lines(matter) if line.now.where == "held"]
    if not here:
        raise UsageError(_("No exhibit is in custody here."))
    chosen = ids_of(request.GET.getlist("exhibit"))
    form = TransferForm(
        request.POST or None, matter=matter, here=here, initial={"exhibits": chosen}
    )
    if form.is_valid():
        told = dict(form.cleaned_data)
        things = list(told.pop("exhibits"))
        try:
            made = hand_over(matter, things, **told, acting_user=person(request))
        except UsageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is written down. Print the receipt for both sides."))
            return redirect("evidence:transfer", made.pk)
    return custody_form(
        request,
        matter,
        form,
        heading=_("Hand exhibits over"),
        button=_("Hand over"),
        back=("evidence:exhibits", _("Physical exhibits")),
    )


@require_safe
@of_transfer(Verb.VIEW)
def transfer_page(request: HttpRequest, transfer: Transfer) -> HttpResponse:
    """A transfer, and whether its receipt is acknowledged."""
    in_person = transfer.to_user_id == person(request).pk
    context = {
        "matter": transfer.matter,
        "tab": "custody",
        "part": "exhibits",
        "transfer": transfer,
        "receipt": receipt_of(transfer),
        "acknowledgement": getattr(transfer, "acknowledgement", None),
        "in_person": in_person,
        "verbs": verbs_of(person(request), transfer),
        "form": AcknowledgementForm(matter=transfer.matter, in_person=in_person),
    }
    return render(request, "evidence/transfer.html", context)


@require_POST
@of_transfer(Verb.VIEW)
def acknowledge_transfer(request: HttpRequest, transfer: Transfer) -> HttpResponse:
    """Write down that the receiver confirmed."""
    in_person = transfer.to_user_id == person(request).pk
    form = AcknowledgementForm(request.POST, matter=transfer.matter, in_person=in_person)
    if not form.is_valid():
        messages.error(request, problems(form))
        return redirect("evidence:transfer", transfer.pk)
    try:
        acknowledge(transfer, **form.cleaned_data, acting_user=person(request))
    except UsageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The receipt is acknowledged."))
    return redirect("evidence:transfer", transfer.pk)


@require_safe
@of_transfer(Verb.VIEW)
def receipt(_request: HttpRequest, transfer: Transfer) -> HttpResponse:
    """The receipt as a PDF."""
    pdf = set_receipt(
        receipt_of(transfer),
        made_at=transfer.recorded_at,
        words=in_words(LABELS),
        language=get_language() or "en",
    )
    return pdf_attachment(pdf, f"receipt-{transfer.matter.number}-{transfer.code}")
