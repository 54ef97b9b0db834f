"""Physical exhibits: the matter's list, one exhibit, what was done with it, its label."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import AmparoError, UsageError
from amparo.base.web.downloads import pdf_attachment
from amparo.base.web.forms import problems
from amparo.evidence.custody import exhibits as words
from amparo.evidence.custody.labels import Label, id_in, set_labels
from amparo.evidence.web.actions.exhibits import note_exhibit, receive_exhibit
from amparo.evidence.web.forms.exhibits import EventForm, ExhibitForm, LabelForm
from amparo.evidence.web.guards import of_exhibit
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.exhibits import PhysicalExhibit
from amparo.evidence.web.queries.exhibits import (
    exhibit_lines,
    exhibit_steps,
    kind_of_exhibit,
    label_words,
)
from amparo.evidence.web.queries.standing import standing_of
from amparo.evidence.web.views.custody_form import custody_form
from amparo.evidence.web.views.selected import ids_of
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of, visible_matters
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter
from amparo.matters.web.veiling import shows_nobody

__all__ = ["add_exhibit", "exhibit_page", "exhibits_page", "find", "labels", "note_event"]


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
    return custody_form(
        request,
        matter,
        form,
        heading=_("Take an exhibit into custody"),
        button=_("Take into custody"),
        back=("evidence:exhibits", _("Physical exhibits")),
    )


@require_safe
@of_exhibit(Verb.VIEW)
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
@of_exhibit(Verb.EDIT)
def note_event(request: HttpRequest, exhibit: PhysicalExhibit) -> HttpResponse:
    """Write down what was done with an exhibit."""
    form = EventForm(request.POST, matter=exhibit.matter)
    if not form.is_valid():
        messages.error(request, problems(form))
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
    chosen = matter.physical_exhibits.filter(pk__in=ids_of(request.POST.getlist("exhibit")))
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
    response = pdf_attachment(pdf, f"labels-{matter.number}")
    shows_nobody(response)
    return response


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
