"""Online work: the plan, the threat assessment, the activity log, a file's collection record."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.evidence.custody import online
from amparo.evidence.web.actions.online import write_paper
from amparo.evidence.web.forms.online import PaperForm
from amparo.evidence.web.guards import of_item
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.watch import OnlinePaper
from amparo.evidence.web.queries.online import collection_of, papers_of, versions_of
from amparo.evidence.web.views.custody_form import custody_form
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["collect", "collection_panel", "online_page", "paper", "write"]


@require_safe
@of_matter(Verb.VIEW)
def online_page(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The matter's papers, form by form."""
    asked = [form for form in online.forms().values() if form.about == "matter"]
    context = {
        "matter": matter,
        "tab": "custody",
        "part": "online",
        "verbs": verbs_of(person(request), matter),
        "forms": [
            {
                "form": form,
                "title": gettext(form.title),
                "purpose": gettext(form.purpose),
                "papers": papers_of(matter, form.name),
            }
            for form in asked
        ],
        "records": papers_of(matter, "collection"),
    }
    return render(request, "evidence/online.html", context)


@require_http_methods(["GET", "POST"])
@of_matter(Verb.EDIT)
def write(request: HttpRequest, matter: Matter, form: str) -> HttpResponse:
    """Write a paper, or its next version."""
    if form not in online.forms() or online.form(form).about != "matter":
        raise Http404
    asked = online.form(form)
    before = _before(request, matter, asked)
    return _write(request, matter, asked, before, None)


@require_http_methods(["GET", "POST"])
@of_item(Verb.EDIT)
def collect(request: HttpRequest, item: Item) -> HttpResponse:
    """Write how a file was captured online."""
    known = collection_of(item)
    before = known.paper if known else None
    return _write(request, item.matter, online.form("collection"), before, item)


@require_safe
@of_matter(Verb.VIEW)
def paper(request: HttpRequest, matter: Matter, thread: UUID) -> HttpResponse:
    """A paper with every version of it."""
    versions = versions_of(matter, thread)
    if not versions:
        raise Http404
    context = {
        "matter": matter,
        "tab": "custody",
        "part": "online",
        "verbs": verbs_of(person(request), matter),
        "newest": versions[0],
        "versions": versions,
        "form": online.form(versions[0].paper.form),
    }
    return render(request, "evidence/paper.html", context)


def collection_panel(request: HttpRequest, item: Item) -> SafeString | None:
    """A file's collection record on its page; nothing where there is none and none may be made."""
    known = collection_of(item)
    verbs = verbs_of(person(request), item)
    if known is None and Verb.EDIT not in verbs:
        return None
    agrees = online.agreement(known.paper.content, item.object_id) if known else None
    context = {"item": item, "record": known, "agreement": agrees, "verbs": verbs}
    return render_to_string("evidence/parts/collection.html", context, request)


def _write(
    request: HttpRequest,
    matter: Matter,
    asked: online.Form,
    before: OnlinePaper | None,
    item: Item | None,
) -> HttpResponse:
    known = dict(before.content) if before else {"collector": str(person(request))}
    form = PaperForm(request.POST or None, asked=asked, initial=known)
    if form.is_valid():
        try:
            made = write_paper(
                matter,
                asked.name,
                form.answers(),
                acting_user=person(request),
                item=item,
                before=before,
                occurred_at=form.cleaned_data.get("occurred_at", ""),
            )
        except UsageError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is written down, for good."))
            return redirect("evidence:paper", matter.pk, made.thread)
    return custody_form(
        request,
        matter,
        form,
        heading=gettext(asked.title),
        button=_("Keep this version") if before else _("Write it down"),
        back=("evidence:online", _("Online work")),
        lede=gettext(asked.purpose),
        source=asked.source,
        item=item,
    )


def _before(request: HttpRequest, matter: Matter, asked: online.Form) -> OnlinePaper | None:
    """The paper that is written anew: the named one, or the only one of its form."""
    rows = matter.online_papers.filter(form=asked.name).order_by("-version")
    if not asked.many:
        return rows.first()
    named = request.GET.get("of") or request.POST.get("of")
    if not named:
        return None
    try:
        found = rows.filter(thread=UUID(named)).first()
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found
