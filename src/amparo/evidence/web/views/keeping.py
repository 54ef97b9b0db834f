"""What is kept and what is destroyed: holds, retention, disposals by two people."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base.errors import AmparoError, UsageError
from amparo.evidence.web.actions.disposal import decide_disposal, propose_disposal
from amparo.evidence.web.actions.holds import lift_hold, place_hold, set_retention
from amparo.evidence.web.forms.keeping import (
    DecisionForm,
    DisposalForm,
    HoldForm,
    LiftForm,
    RetentionForm,
)
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.disposal import Disposal
from amparo.evidence.web.models.exhibits import PhysicalExhibit
from amparo.evidence.web.queries.disposal import disposal_line, disposal_lines, hold_lines
from amparo.evidence.web.queries.holding import holds_on, kept_until, objections, with_contents
from amparo.evidence.web.views.selected import ids_of
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["decide", "disposal_page", "hold", "keeping_page", "keeping_panel", "lift"]
__all__ += ["propose", "retain"]


@require_safe
@of_matter(Verb.VIEW)
def keeping_page(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The matter's holds, its rule, and what was proposed and decided."""
    context = {
        "matter": matter,
        "tab": "custody",
        "part": "keeping",
        "verbs": verbs_of(person(request), matter),
        "holds": hold_lines(matter),
        "kept": kept_until(matter),
        "disposals": disposal_lines(matter),
        "hold_form": HoldForm(matter=matter),
        "lift_form": LiftForm(),
        "retention_form": RetentionForm(),
    }
    return render(request, "evidence/keeping.html", context)


@require_POST
@of_matter(Verb.MANAGE)
def hold(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Place a legal hold."""
    form = HoldForm(request.POST, matter=matter)
    if form.is_valid():
        place_hold(matter, **form.cleaned_data, acting_user=person(request))
        messages.success(request, _("The hold stands. Nothing that it covers can be disposed of."))
    else:
        messages.error(request, _("A hold needs its reason."))
    return redirect("evidence:keeping", matter.pk)


@require_POST
@of_matter(Verb.MANAGE)
@confirmed_lately
def lift(request: HttpRequest, matter: Matter, hold_pk: UUID) -> HttpResponse:
    """Lift a legal hold."""
    row = get_object_or_404(matter.holds, pk=hold_pk)
    form = LiftForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it ends."))
    else:
        lift_hold(row, reason=form.cleaned_data["reason"], acting_user=person(request))
        messages.success(request, _("The hold is lifted."))
    return redirect("evidence:keeping", matter.pk)


@require_POST
@of_matter(Verb.MANAGE)
def retain(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Choose how long the matter's evidence is kept."""
    form = RetentionForm(request.POST)
    try:
        if not form.is_valid():
            raise UsageError(_("Choose a rule from the list."))
        set_retention(matter, **form.cleaned_data, acting_user=person(request))
    except UsageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The rule is set. It destroys nothing: two people decide."))
    return redirect("evidence:keeping", matter.pk)


@require_POST
@of_matter(Verb.EDIT)
def propose(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Show what is proposed with what stands against it; with a ground, propose it."""
    items, exhibits = _items(request, matter), _exhibits(request, matter)
    form = DisposalForm(request.POST if "ground" in request.POST else None)
    if form.is_valid():
        try:
            made = propose_disposal(
                matter, items, exhibits=exhibits, **form.cleaned_data, acting_user=person(request)
            )
        except UsageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is proposed. Another person decides."))
            return redirect("evidence:disposal", matter.pk, made.pk)
    chosen = with_contents(items)
    context = {
        "matter": matter,
        "form": form,
        "items": items,
        "inside": [item for item in chosen if item not in items],
        "exhibits": exhibits,
        "objections": objections(matter, chosen, exhibits),
    }
    return render(request, "evidence/propose.html", context, status=422 if form.errors else 200)


@require_safe
@of_matter(Verb.VIEW)
def disposal_page(request: HttpRequest, matter: Matter, disposal_pk: UUID) -> HttpResponse:
    """A disposal: what, why, who proposed, who decided, and what became of the bytes."""
    row = get_object_or_404(matter.disposals.select_related("proposed_by"), pk=disposal_pk)
    line = disposal_line(row)
    items = list(Item.objects.filter(pk__in=row.items).select_related("matter", "parent"))
    exhibits = list(PhysicalExhibit.objects.filter(pk__in=row.exhibits))
    waiting = line.decision is None
    context = {
        "matter": matter,
        "tab": "custody",
        "part": "keeping",
        "verbs": verbs_of(person(request), matter),
        "line": line,
        "items": items,
        "exhibits": exhibits,
        "objections": objections(matter, items, exhibits, but=row) if waiting else [],
        "is_mine": row.proposed_by_id == person(request).pk,
        "form": DecisionForm(),
    }
    return render(request, "evidence/disposal.html", context)


@require_POST
@of_matter(Verb.EDIT)
@confirmed_lately
def decide(request: HttpRequest, matter: Matter, disposal_pk: UUID) -> HttpResponse:
    """Approve or refuse a disposal."""
    row = get_object_or_404(Disposal, pk=disposal_pk, matter=matter)
    form = DecisionForm(request.POST)
    form.is_valid()
    approved = request.POST.get("do") == "approve"
    note = form.cleaned_data.get("note", "")
    try:
        decide_disposal(row, approved=approved, note=note, acting_user=person(request))
    except AmparoError as error:
        messages.error(request, str(error))
    else:
        told = _("It is decided, and being carried out.") if approved else _("It is refused.")
        messages.success(request, told)
    return redirect("evidence:disposal", matter.pk, row.pk)


def keeping_panel(request: HttpRequest, item: Item) -> SafeString | None:
    """On an item's page: the holds on it, and the way to its disposal or what became of it."""
    verbs = verbs_of(person(request), item)
    mine = [line for line in disposal_lines(item.matter) if str(item.pk) in line.disposal.items]
    holds = holds_on(item.matter, [str(item.pk)])
    if not holds and not mine and Verb.EDIT not in verbs:
        return None
    context = {"item": item, "holds": holds, "disposals": mine, "verbs": verbs}
    return render_to_string("evidence/parts/keeping.html", context, request)


def _items(request: HttpRequest, matter: Matter) -> list[Item]:
    chosen = ids_of(request.POST.getlist("item"))
    rows = matter.items.filter(pk__in=chosen).select_related("matter", "parent", "object")
    return list(rows.order_by("path", "pk"))


def _exhibits(request: HttpRequest, matter: Matter) -> list[PhysicalExhibit]:
    chosen = ids_of(request.POST.getlist("exhibit"))
    return list(matter.physical_exhibits.filter(pk__in=chosen).select_related("matter"))
