"""Care: what is marked as graphic in a matter, and one's own time with graphic material."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.numbers import whole
from amparo.evidence.web.actions.caring import (
    forget_exposure,
    mark_graphic,
    note_exposure,
    withdraw_mark,
)
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.care import CareMark
from amparo.evidence.web.queries.caring import days_of, folders_of, marks_in
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["care_page", "expose", "exposure_page", "forget", "mark", "unmark"]


@require_safe
@of_matter(Verb.VIEW)
def care_page(request: HttpRequest, matter: Matter) -> HttpResponse:
    """What is marked in a matter, and by whom; folders and tags to mark."""
    marks = marks_in(matter)
    marked = [each.value for each in marks if each.scope == CareMark.Scope.ITEM]
    items = {str(each.pk): each for each in Item.objects.filter(matter=matter, pk__in=marked)}
    context = {
        "matter": matter,
        "tab": "evidence",
        "verbs": verbs_of(person(request), matter),
        "marks": [(each, items.get(each.value)) for each in marks],
        "folders": folders_of(matter),
        "tags": list(matter.tags.values_list("name", flat=True)),
    }
    return render(request, "evidence/care.html", context)


@require_POST
@of_matter(Verb.ANNOTATE)
def mark(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Mark a file, a folder or a tag as graphic."""
    scope = request.POST.get("scope", "")
    mark_graphic(
        matter,
        scope=scope,
        value=request.POST.get(scope, ""),
        note=request.POST.get("note", ""),
        acting_user=person(request),
    )
    messages.success(request, _("It is marked. It stays blurred and silent until asked for."))
    return _back(request, matter)


@require_POST
@of_matter(Verb.ANNOTATE)
def unmark(request: HttpRequest, matter: Matter, mark_pk: UUID) -> HttpResponse:
    """Withdraw a mark."""
    withdraw_mark(
        get_object_or_404(CareMark, pk=mark_pk, matter=matter), acting_user=person(request)
    )
    messages.success(request, _("The mark is withdrawn."))
    return _back(request, matter)


@require_safe
def exposure_page(request: HttpRequest) -> HttpResponse:
    """One's own time with graphic material; nobody else's is ever shown."""
    days = days_of(person(request), today=timezone.localdate())
    longest = max((each.seconds for each in days), default=0)
    context = {"days": days, "longest": longest, "today": timezone.localdate()}
    return render(request, "evidence/exposure.html", context)


@require_POST
def expose(request: HttpRequest) -> HttpResponse:
    """Add some seconds to one's own day; gives the day's minutes."""
    seconds = whole(request.POST.get("seconds"), 0, digits=3)
    all_day = note_exposure(person(request), seconds, day=timezone.localdate())
    return JsonResponse({"minutes": all_day // 60})


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget one's own times."""
    forget_exposure(person(request))
    messages.success(request, _("Your times are forgotten."))
    return redirect("evidence:exposure")


def _back(request: HttpRequest, matter: Matter) -> HttpResponse:
    """To the page that asked, if it is one of ours."""
    back = request.POST.get("back", "")
    if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("evidence:care", matter.pk)
