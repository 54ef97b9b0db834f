"""Physical exhibits: the matter's list, one exhibit, labels, transfers and their receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.accounts.web.models import User
from amparo.base.errors import AmparoError, UsageError
from amparo.base.web.downloads import as_attachment
from amparo.evidence.custody import exhibits as words
from amparo.evidence.custody.labels import Label, id_in, set_labels
from amparo.evidence.custody.receipt import LABELS, set_receipt
from amparo.evidence.web.actions.exhibits import (
    acknowledge,
    hand_over,
    note_exhibit,
    receive_exhibit,
)
from amparo.evidence.web.forms.exhibits import (
    AcknowledgementForm,
    EventForm,
    ExhibitForm,
    LabelForm,
    TransferForm,
)
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.exhibits import PhysicalExhibit, Transfer
from amparo.evidence.web.papers_words import in_words
from amparo.evidence.web.queries.exhibits import (
    exhibit_lines,
    exhibit_steps,
    kind_of_exhibit,
    label_words,
    receipt_of,
)
from amparo.evidence.web.queries.standing import standing_of
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of, visible_matters
from amparo.matters.web.guards import View, of_matter, of_what
from amparo.matters.web.models import Matter
from amparo.matters.web.veiling import shows_nobody

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "acknowledge_transfer",
    "add_exhibit",
    "exhibit_page",
    "exhibits_page",
    "find",
    "labels",
    "new_transfer",
    "note_event",
    "receipt",
    "transfer_page",
]


def _of(model: Any, verb: Verb) -> Callable[[View], View]:
    """Guard ``view(request, row, …)`` for a row of ``model``."""

    def find(user: User, pk: UUID) -> Any:
        rows = model.objects.filter(matter__in=visible_matters(user))
        return get_object_or_404(rows.select_related("matter", "entry"), pk=pk)

    return of_what(find, verb)


@require_safe
@of_matter(Verb.VIEW)
def exhibits_page(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Every exhibit of the matter as it stands, and what was handed to whom."""
    transfers = matter.transfers.select_related("handed_by", "acknowledgement")
    context = {
        "matter": matter,
        "tab": "custody",
        "part": "exhibits",
        "verbs": verbs_of(person(request), matter),
        "lines": exhibit_lines(matter),
        "transfers": transfers,
        "label_form": LabelForm(),
    }
    return render(request, "evidence/exhibits.html", context)


@require_http_methods(["GET", "POST"])
@of_matter(Verb.ADD)
def add_exhibit(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Take a thing into custody."""
    form = ExhibitForm(request.POST or None, matter=matter)
    if form.is_valid():
        try:
            made = receive_exhibit(matter, **form.cleaned_data, acting_user=person(request))
        except UsageError as error:
            form.add_error(None, str(error))
        else:
            told = _("It is in custody as %(code)s. Print its label and put it on.")
            messages.success(request, told % {"code": made.code})
            return redirect("evidence:exhibit", made.pk)
    return _form(request, matter, form, _("Take an exhibit into custody"), _("Take into custody"))


@require_safe
@_of(PhysicalExhibit, Verb.VIEW)
def exhibit_page(request: HttpRequest, exhibit: PhysicalExhibit) -> HttpResponse:
    """One exhibit: how it stands, and everything that was done with it."""
    now = standing_of(exhibit)
    shown = Item.objects.filter(pk__in=now.photographs, matter=exhibit.matter_id)
    context = {
        "matter": exhibit.matter,
        "tab": "custody",
        "part": "exhibits",
        "exhibit": exhibit,
        "kind": kind_of_exhibit(exhibit.kind),
        "now": now,
        "photographs": shown,
        "steps": exhibit_steps(exhibit),
        "verbs": verbs_of(person(request), exhibit),
        "form": EventForm(matter=exhibit.matter),
        "label_form": LabelForm(),
    }
    return render(request, "evidence/exhibit.html", context)


@require_POST
@_of(PhysicalExhibit, Verb.EDIT)
def note_event(request: HttpRequest, exhibit: PhysicalExhibit) -> HttpResponse:
    """Write down what was done with an exhibit."""
    form = EventForm(request.POST, matter=exhibit.matter)
    if not form.is_valid():
        messages.error(request, _problems(form))
        return redirect("evidence:exhibit", exhibit.pk)
    told = form.cleaned_data
    storage = told["storage"]
    event = words.Event(
        told["kind"],
        occurred_at=told["occurred_at"],
        purpose=told["purpose"],
        seal=told["seal"],
        place=storage.full_name if storage else "",
        holder=told["holder"],
        condition=told["condition"],
        items=tuple(str(item.pk) for item in told["items"]),
    )
    try:
        note_exhibit(
            exhibit,
            event,
            acting_user=person(request),
            by_whom=told["by_whom"],
            storage=storage,
            items=list(told["items"]),
        )
    except AmparoError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is written down, for good."))
    return redirect("evidence:exhibit", exhibit.pk)


@require_POST
@of_matter(Verb.VIEW)
def labels(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The labels of the selected exhibits, as a PDF to print."""
    form = LabelForm(request.POST)
    chosen = matter.physical_exhibits.filter(pk__in=_ids(request.POST.getlist("exhibit")))
    if not form.is_valid() or not chosen:
        raise UsageError(_("No exhibit is selected."), next_step=_("Select some in the list."))
    lines = [
        Label(
            id=str(each.pk),
            code=each.code,
            matter=matter.number,
            kind=kind_of_exhibit(each.kind),
            seal=standing_of(each).seal,
        )
        for each in chosen
    ]
    told = form.cleaned_data
    pdf = set_labels(
        lines,
        sheet=told["sheet"],
        skip=told["skip"] or 0,
        words=label_words(),
        language=get_language() or "en",
    )
    response = _pdf(pdf, f"labels-{matter.number}")
    shows_nobody(response)
    return response


@require_http_methods(["GET", "POST"])
@of_matter(Verb.EDIT)
def new_transfer(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Hand exhibits to somebody."""
    here = [line.exhibit for line in exhibit_lines(matter) if line.now.where == "held"]
    if not here:
        raise UsageError(_("No exhibit is in custody here."))
    chosen = _ids(request.GET.getlist("exhibit"))
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
    return _form(request, matter, form, _("Hand exhibits over"), _("Hand over"))


@require_safe
@_of(Transfer, Verb.VIEW)
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
@_of(Transfer, Verb.VIEW)
def acknowledge_transfer(request: HttpRequest, transfer: Transfer) -> HttpResponse:
    """Write down that the receiver confirmed."""
    in_person = transfer.to_user_id == person(request).pk
    form = AcknowledgementForm(request.POST, matter=transfer.matter, in_person=in_person)
    if not form.is_valid():
        messages.error(request, _problems(form))
        return redirect("evidence:transfer", transfer.pk)
    try:
        acknowledge(transfer, **form.cleaned_data, acting_user=person(request))
    except UsageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The receipt is acknowledged."))
    return redirect("evidence:transfer", transfer.pk)


@require_safe
@_of(Transfer, Verb.VIEW)
def receipt(_request: HttpRequest, transfer: Transfer) -> HttpResponse:
    """The receipt as a PDF."""
    pdf = set_receipt(
        receipt_of(transfer),
        made_at=transfer.recorded_at,
        words=in_words(LABELS),
        language=get_language() or "en",
    )
    return _pdf(pdf, f"receipt-{transfer.matter.number}-{transfer.code}")


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The exhibit whose label was scanned."""
    code = request.GET.get("code", "")
    mine = PhysicalExhibit.objects.filter(matter__in=visible_matters(person(request)))
    found = mine.filter(pk=id_in(code)).first()
    if found is None:
        raise UsageError(
            _("None of your matters has this exhibit."), next_step=_("Ask who works on it.")
        )
    return redirect("evidence:exhibit", found.pk)


def _form(
    request: HttpRequest, matter: Matter, form: Any, heading: str, button: str
) -> HttpResponse:
    context = {
        "matter": matter,
        "form": form,
        "heading": heading,
        "button": button,
        "back": "evidence:exhibits",
        "back_title": _("Physical exhibits"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/custody_form.html", context, status=status)


def _problems(form: Any) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise UsageError(_("This is not a list of exhibits.")) from error


def _pdf(data: bytes, name: str) -> HttpResponse:
    return as_attachment(HttpResponse(data, content_type="application/pdf"), f"{name}.pdf")
