"""Who is on the team of a matter, and what was done in it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb, allowed
from amparo.accounts.web.guards import person
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.matters.access import Verb
from amparo.matters.web.access import require, verbs_of
from amparo.matters.web.actions import add_member, remove_member
from amparo.matters.web.forms import MemberForm
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter, TeamMember
from amparo.matters.web.queries import history_lines, history_of, team_of

__all__ = ["add", "change", "history", "remove", "team"]

ON_A_PAGE = 100


@require_safe
@of_matter(Verb.VIEW)
def team(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The team and what each may do."""
    return _page(request, matter, MemberForm(matter=matter))


@require_POST
@of_matter(Verb.MANAGE)
def add(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Someone more."""
    form = MemberForm(request.POST, matter=matter)
    if not form.is_valid():
        return _page(request, matter, form)
    chosen = form.cleaned_data
    add_member(matter, chosen["user"], chosen["role"], acting_user=person(request))
    messages.success(request, _("%(name)s is on the team.") % {"name": chosen["user"]})
    return redirect("matters:team", matter.pk)


@require_POST
@of_matter(Verb.MANAGE)
def change(request: HttpRequest, matter: Matter, member_pk: int) -> HttpResponse:
    """Another role on this matter."""
    member = get_object_or_404(
        TeamMember.objects.select_related("user"), pk=member_pk, matter=matter
    )
    role = request.POST.get("role", "")
    if role not in User.Role.values:
        raise UsageError(_("Choose a role."))
    add_member(matter, member.user, role, acting_user=person(request))
    messages.success(request, _("The role of %(name)s is changed.") % {"name": member.user})
    return redirect("matters:team", matter.pk)


@require_POST
@of_matter(Verb.MANAGE)
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


def _page(request: HttpRequest, matter: Matter, form: MemberForm) -> HttpResponse:
    context = {
        "matter": matter,
        "tab": "team",
        "verbs": verbs_of(person(request), matter),
        "team": team_of(matter),
        "form": form,
        "roles": User.Role.choices,
    }
    return render(request, "matters/team.html", context)
