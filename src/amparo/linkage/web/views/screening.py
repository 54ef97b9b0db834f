"""Pages of screening: the workspace's lists, who is asked, the hits, a ruling, the memo."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.base.errors import UnreadableFile, UsageError
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.room import reading_room
from amparo.linkage.screening.memo import set_memo
from amparo.linkage.web.actions.screening import (
    LARGEST,
    ask_for_screening,
    bring_list,
    rule_on_hit,
    take_memo,
)
from amparo.linkage.web.forms.screening import BringListForm, HitRulingForm, ScreenForm
from amparo.linkage.web.models import Screening, ScreeningHit
from amparo.linkage.web.notebook import of_lists, of_screening
from amparo.linkage.web.queries.memos import memo_of
from amparo.linkage.web.queries.screening import (
    brought_lists,
    hit_for,
    hit_line,
    line_of,
    list_items,
    names_of,
    owned_in,
    screening_for,
    screenings_of,
    unscreened,
)
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing, verbs_of
from amparo.matters.web.guards import of_matter, of_what
from amparo.matters.web.models import Matter

__all__ = ["ask", "memo", "name_lists", "one_hit", "result", "screenings"]


@require_http_methods(["GET", "HEAD", "POST"])
@may(WorkspaceVerb.BRING_LISTS)
def name_lists(request: HttpRequest) -> HttpResponse:
    """The lists of the workspace, and bringing one."""
    sent = request.method == "POST"
    form = BringListForm(*((request.POST, request.FILES) if sent else ()))
    if form.is_valid():
        file, dated = form.cleaned_data["file"], form.cleaned_data["dated"]
        try:
            if file.size > LARGEST:
                raise UsageError(_("The file is larger than any list of names."))
            bring_list(
                file.read(),
                file.name,
                dated=dated.isoformat() if dated else "",
                acting_user=person(request),
                room=reading_room(),
                safe=open_safe(),
            )
        except (UnreadableFile, UsageError) as error:
            form.add_error("file", error.message)
        else:
            messages.success(request, _("The list is kept."))
            return redirect("linkage:name-lists")
    lists = brought_lists()
    context = {"lists": lists, "form": form, "snippet": of_lists([each.name for each in lists])}
    return render(request, "linkage/name_lists.html", context, status=422 if form.is_bound else 200)


@require_safe
@of_matter(Verb.VIEW)
def screenings(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Who can be asked on which lists, and what was screened before."""
    require_knowing(person(request), Verb.VIEW, matter)
    return _page(request, matter, _form(matter))


@require_POST
@of_matter(Verb.EDIT)
def ask(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Have the names looked for."""
    require_knowing(person(request), Verb.EDIT, matter)
    form = _form(matter, request)
    if not form.is_valid():
        return _page(request, matter, form, status=422)
    made = ask_for_screening(matter, form.asked(), form.chosen(), acting_user=person(request))
    return redirect("linkage:screened", made.pk)


def _form(matter: Matter, request: HttpRequest | None = None) -> ScreenForm:
    return ScreenForm(
        request.POST if request else None,
        parties=list(matter.parties.all()),
        brought=list(brought_lists()),
        items=list_items(matter),
    )


def _page(
    request: HttpRequest, matter: Matter, form: ScreenForm, status: int = 200
) -> HttpResponse:
    earlier = screenings_of(matter)
    context = _of_matter(request, matter) | {
        "form": form,
        "earlier": earlier,
        "unscreened": unscreened(matter, earlier),
        "has_lists": bool(form.fields["lists"].choices),  # type: ignore[attr-defined]
        "snippet": of_lists(
            [*(each.name for each in brought_lists()), *(each.name for each in list_items(matter))]
        ),
    }
    return render(request, "linkage/screenings.html", context, status=status)


@require_safe
@of_what(screening_for, Verb.VIEW, require_knowing)
def result(request: HttpRequest, asked: Screening) -> HttpResponse:
    """A screening: how far it is, or its hits, list by list and name by name."""
    line = line_of(asked)
    context = _of_matter(request, asked.matter) | {"asked": asked, "line": line, "job": line.job}
    if request.htmx and line.is_under_way:  # type: ignore[attr-defined]
        return render(request, "linkage/parts/screening_now.html", context)
    if line.result:
        names = names_of(line.result)
        context |= {
            "result": line.result,
            "names": [each for each in names if each.hits],
            "snippet": of_screening(
                [each["name"] for each in line.result.lists], line.result.asked
            ),
            "without": [each for each in names if not each.hits],
            "owned": owned_in(line.result, names),
            "unscreened": unscreened(asked.matter, [line]),
            "open": sum(hit.standing == "open" for each in names for hit in each.hits),
        }
    answer = render(request, "linkage/screened.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        answer["HX-Refresh"] = "true"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@of_what(hit_for, Verb.VIEW, require_knowing)
def one_hit(request: HttpRequest, hit: ScreeningHit) -> HttpResponse:
    """Both sides of a hit, and the ruling."""
    user = person(request)
    if request.method == "POST":
        require_knowing(user, Verb.REVIEW, hit.matter)
    form = HitRulingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        rule_on_hit(hit, **form.cleaned_data, acting_user=user)
        messages.success(request, _("The ruling is kept."))
        return redirect("linkage:screened", hit.screening_id)
    line = hit_line(hit)
    context = _of_matter(request, hit.matter) | {
        "line": line,
        "snippet": of_screening([line.listed["name"]], [hit.screening.result.asked[hit.asked]]),
        "rulings": hit.rulings.select_related("ruled_by"),
        "form": form,
    }
    return render(
        request, "linkage/screening_hit.html", context, status=422 if form.is_bound else 200
    )


@require_safe
@of_what(screening_for, Verb.EXPORT, require_knowing)
@confirmed_lately
def memo(request: HttpRequest, asked: Screening) -> HttpResponse:
    """The memo as a PDF, with the rulings as they stand."""
    made = line_of(asked).result
    if made is None:
        raise Http404
    now = timezone.now()
    data = set_memo(memo_of(made, now), made_at=now)
    take_memo(asked, acting_user=person(request))
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="screening-memo.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _of_matter(request: HttpRequest, matter: Matter) -> dict[str, Any]:
    return {"matter": matter, "tab": "overview", "verbs": verbs_of(person(request), matter)}
