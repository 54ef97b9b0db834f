"""A matter's bundles, and the builder of one: its exhibits, its cover, how it will look."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base.errors import UsageError
from amparo.base.ids import read_ids
from amparo.base.web.htmx import by_htmx
from amparo.evidence.web.safes import open_safe
from amparo.filing.web.actions import (
    ExhibitWords,
    change_bundle,
    open_bundle,
    remove_bundle,
    remove_exhibits,
    set_exhibits,
)
from amparo.filing.web.exhibits import profile_of
from amparo.filing.web.forms import BundleForm, CoverForm
from amparo.filing.web.guards import of_bundle
from amparo.filing.web.models import Bundle, Exhibit
from amparo.filing.web.previews import Line, draw, lines_of, preview_of
from amparo.filing.web.queries.bundles import bundles_of, productions_of
from amparo.filing.web.words import READ
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing, verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = [
    "builder",
    "bundles",
    "cover",
    "open_new",
    "preview",
    "remove",
    "save",
]


@require_safe
@of_matter(Verb.VIEW)
def bundles(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The matter's bundles."""
    context = {
        "matter": matter,
        "tab": "bundles",
        "verbs": verbs_of(person(request), matter),
        "bundles": bundles_of(matter),
    }
    return render(request, "filing/bundles.html", context)


@require_http_methods(["GET", "POST"])
@of_matter(Verb.PRODUCE)
def open_new(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Begin a bundle."""
    form = BundleForm(request.POST or None, initial={"title": matter.title})
    if form.is_valid():
        made = open_bundle(matter, acting_user=person(request), **form.cleaned_data)
        return redirect("filing:choose", made.pk)
    status = 422 if form.errors else 200
    context = {"matter": matter, "tab": "bundles", "form": form}
    return render(request, "filing/open.html", context, status=status)


@require_safe
@of_bundle(Verb.VIEW)
def builder(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """A bundle: its exhibits in order, how it will look, and what was produced of it."""
    return _builder(request, bundle)


@require_POST
@of_bundle(Verb.PRODUCE)
def save(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Keep what was said of the exhibits, and their order; take out the one that was chosen."""
    user, said = person(request), _said(request)
    try:
        set_exhibits(bundle, said, acting_user=user)
    except UsageError as error:
        return _builder(request, bundle, problem=error, said=said)
    if leaving := read_ids(request.POST.getlist("remove")):
        remove_exhibits(bundle, leaving, acting_user=user)
    if by_htmx(request):
        return _builder(request, bundle)
    messages.success(request, _("It is kept."))
    return redirect("filing:bundle", bundle.pk)


@require_http_methods(["GET", "POST"])
@of_bundle(Verb.PRODUCE)
def cover(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """What the bundle is called, for whom it is, what stands on its cover, its certificates."""
    initial = {"title": bundle.title, "profile": bundle.profile, "language": bundle.language}
    form = BundleForm(request.POST or None, initial=initial)
    lines = CoverForm(request.POST or None, profile=profile_of(bundle), bundle=bundle)
    if form.is_valid() and lines.is_valid():
        change_bundle(
            bundle,
            acting_user=person(request),
            **form.cleaned_data,
            fields={**bundle.fields, **lines.said()},
            certificates=lines.certificates(),
        )
        messages.success(request, _("It is kept."))
        again = "profile" in form.changed_data
        return redirect("filing:cover" if again else "filing:bundle", bundle.pk)
    context = {
        "matter": bundle.matter,
        "tab": "bundles",
        "bundle": bundle,
        "form": form,
        "lines": lines,
        "profile": profile_of(bundle),
    }
    return render(
        request, "filing/cover.html", context, status=422 if form.errors or lines.errors else 200
    )


@require_safe
@of_bundle(Verb.VIEW)
def preview(request: HttpRequest, bundle: Bundle, number: int) -> HttpResponse:
    """The cover or a page of the index, as a picture; it names the exhibits."""
    require_knowing(person(request), Verb.VIEW, bundle)
    if not bundle.exhibits.exists():
        raise Http404
    picture = draw(preview_of(bundle, open_safe()), number)
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/webp")


@require_POST
@of_bundle(Verb.PRODUCE)
@confirmed_lately
def remove(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Remove a bundle of which nothing was produced."""
    matter = bundle.matter
    remove_bundle(bundle, acting_user=person(request))
    messages.success(request, _("The bundle is removed. Its files are where they were."))
    return redirect("filing:bundles", matter.pk)


def _builder(
    request: HttpRequest,
    bundle: Bundle,
    *,
    problem: UsageError | None = None,
    said: Mapping[UUID, ExhibitWords] | None = None,
) -> HttpResponse:
    """The page, or for htmx its exhibits; with a problem, what was ``said`` stands as it was."""
    rows = list(bundle.exhibits.select_related("item"))
    layout = preview_of(bundle, open_safe()) if rows else None
    lines = lines_of(layout) if layout else []
    productions = productions_of(bundle)
    profile = profile_of(bundle)
    context = {
        "matter": bundle.matter,
        "tab": "bundles",
        "bundle": bundle,
        "verbs": verbs_of(person(request), bundle),
        "profile": profile,
        "sources": [(note, READ[note.read]) for note in profile.sources],
        "exhibits": _as_said(list(zip(rows, lines, strict=True)), said or {}),
        "problem": problem,
        "pages": layout.volumes[-1].last if layout else 0,
        "index_pages": range(1, min(layout.index_pages, 3) + 2) if layout else [],
        "version": f"{bundle.changed_at.timestamp():.6f}",
        "productions": productions,
        "making": any(line.is_under_way for line in productions),
    }
    if by_htmx(request):
        return render(request, "filing/parts/exhibits.html", context)
    return render(request, "filing/bundle.html", context, status=422 if problem else 200)


def _as_said(
    exhibits: list[tuple[Exhibit, Line]], said: Mapping[UUID, ExhibitWords]
) -> list[tuple[Exhibit, Line]]:
    """Show exhibits with the words and in the order that a person gave them, kept or not."""
    order = {pk: number for number, pk in enumerate(said)}
    for row, _line in exhibits:
        if row.pk in said:
            words = said[row.pk]
            row.tab, row.description, row.date = words.tab, words.description, words.date
    return sorted(exhibits, key=lambda pair: order.get(pair[0].pk, len(order)))


def _said(request: HttpRequest) -> dict[UUID, ExhibitWords]:
    """What the form says of each exhibit, in the order in which it lists them."""
    post = request.POST
    return {
        pk: ExhibitWords(
            post.get(f"tab-{pk}", ""), post.get(f"description-{pk}", ""), post.get(f"date-{pk}", "")
        )
        for pk in read_ids(post.getlist("exhibit"))
    }
