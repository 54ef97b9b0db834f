"""Who is on the team of a matter, and what was done in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb, allowed
from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base.errors import UsageError
from amparo.matters.access import Verb
from amparo.matters.web.access import require, verbs_of
from amparo.matters.web.actions import add_member, lift_wall, raise_wall, remove_member
from amparo.matters.web.forms import MemberForm, PlaceForm, WallForm
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter, TeamMember, Wall
from amparo.matters.web.queries import history_lines, history_of, team_of, walls_of

__all__ = ["add", "change", "history", "remove", "take_down", "team", "wall_off"]

ON_A_PAGE = 100


@require_safe
@of_matter(Verb.VIEW)
def team(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The team and what each may do."""
    return _page(request, matter)


@require_POST
@of_matter(Verb.MANAGE)
@confirmed_lately
def add(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Someone more."""
    form = MemberForm(request.POST, matter=matter)
    if not form.is_valid():
        return _page(request, matter, form=form, status=422)
    chosen = form.cleaned_data
    user = chosen.pop("user")
    try:
        add_member(matter, user, **chosen, acting_user=person(request))
    except UsageError as error:
        form.add_error(None, str(error))
        return _page(request, matter, form=form, status=422)
    messages.success(request, _("%(name)s is on the team.") % {"name": user})
    return redirect("matters:team", matter.pk)


@require_http_methods(["GET", "POST"])
@of_matter(Verb.MANAGE)
@confirmed_lately
def change(request: HttpRequest, matter: Matter, member_pk: int) -> HttpResponse:
    """Another role on this matter, another end, or the sealed identities told."""
    member = get_object_or_404(
        TeamMember.objects.select_related("user"), pk=member_pk, matter=matter
    )
    now = {"role": member.role, "until": member.until, "knows": member.knows}
    form = PlaceForm(request.POST or None, initial=now, matter=matter)
    if form.is_valid():
        try:
            add_member(matter, member.user, **form.cleaned_data, acting_user=person(request))
        except UsageError as error:
            form.add_error(None, str(error))
        else:
            told = _("The place of %(name)s is changed.")
            messages.success(request, told % {"name": member.user})
            return redirect("matters:team", matter.pk)
    context = {"matter": matter, "form": form, "title": str(member.user), "back": "matters:team"}
    status = 422 if form.is_bound else 200
    return render(request, "matters/form.html", context, status=status)


@require_POST
@of_matter(Verb.MANAGE)
@confirmed_lately
def remove(request: HttpRequest, matter: Matter, member_pk: int) -> HttpResponse:
    """Someone less; the last one who can manage the matter stays."""
    member = get_object_or_404(TeamMember, pk=member_pk, matter=matter)
    try:
        remove_member(member, acting_user=person(request))
    except UsageError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is no longer on the team.") % {"name": member.user})
    if member.user == person(request):
        return redirect("matters:list")
    return redirect("matters:team", matter.pk)


@require_POST
@of_matter(Verb.MANAGE)
@confirmed_lately
def wall_off(request: HttpRequest, matter: Matter) -> HttpResponse:
    """A wall between someone and the matter."""
    form = WallForm(request.POST, matter=matter)
    if not form.is_valid():
        return _page(request, matter, wall_form=form, status=422)
    user = form.cleaned_data["user"]
    try:
        raise_wall(matter, user, form.cleaned_data["reason"], acting_user=person(request))
    except UsageError as error:
        form.add_error(None, str(error))
        return _page(request, matter, wall_form=form, status=422)
    told = _("A wall stands between %(name)s and this matter.")
    messages.success(request, told % {"name": user})
    return redirect("matters:team", matter.pk)


@require_POST
@of_matter(Verb.REVIEW)
@confirmed_lately
def take_down(request: HttpRequest, matter: Matter, wall_pk: UUID) -> HttpResponse:
    """A wall down again, with a reason."""
    wall = get_object_or_404(Wall.objects.select_related("user"), pk=wall_pk, matter=matter)
    lift_wall(wall, request.POST.get("reason", ""), acting_user=person(request))
    told = _("The wall is down. %(name)s is not on the team by that.")
    messages.success(request, told % {"name": wall.user})
    return redirect("matters:team", matter.pk)


@require_safe
@of_matter(Verb.VIEW)
def history(request: HttpRequest, matter: Matter) -> HttpResponse:
    """What was done in the matter: for who manages it, and for auditors on the team."""
    if not allowed(person(request).role, WorkspaceVerb.SEE_AUDIT):
        require(person(request), Verb.MANAGE, matter)
    page = Paginator(history_of(matter), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = history_lines(page.object_list)
    context = {"matter": matter, "tab": "history", "page": page, "lines": lines}
    return render(request, "matters/history.html", context)


def _page(
    request: HttpRequest,
    matter: Matter,
    *,
    form: MemberForm | None = None,
    wall_form: WallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    verbs = verbs_of(person(request), matter)
    context = {
        "matter": matter,
        "tab": "team",
        "verbs": verbs,
        "team": team_of(matter),
        "form": form or MemberForm(matter=matter),
        "walls": walls_of(matter) if Verb.MANAGE in verbs else (),
        "wall_form": wall_form or WallForm(matter=matter),
    }
    return render(request, "matters/team.html", context, status=status)
