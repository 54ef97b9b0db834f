"""The pages of linked records: choose tables, wait, read groups, decide on people, take away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base import sheets
from amparo.base.web.jobs import cancel, retry
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item
from amparo.extract.web.queries.tables import tables_of
from amparo.linkage.records.roles import guess
from amparo.linkage.web.actions.linkages import (
    Chosen,
    ask_for_linkage,
    decide_on_people,
    take_linkage,
)
from amparo.linkage.web.forms.linkages import LinkForm, PeopleForm
from amparo.linkage.web.models import Linkage, LinkageResult, LinkedPair
from amparo.linkage.web.notebook import of_group, of_linkage, of_tables
from amparo.linkage.web.queries.linkages import (
    groups_of,
    labels_for,
    line_of,
    linkage_for,
    linkages_of,
    named_by,
    people_of,
    quality_of,
    records_of,
    steps_of,
)
from amparo.linkage.web.words import LAYER_WORDS, ROLES
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing, verbs_of
from amparo.matters.web.guards import of_matter, of_what
from amparo.matters.web.models import Matter

__all__ = [
    "again",
    "ask",
    "group",
    "learn_again",
    "linkages",
    "matter_panel",
    "result",
    "stop",
    "taken",
]

GROUPS_A_PAGE = 25
FILES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


@require_safe
@of_matter(Verb.VIEW)
def linkages(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The tables that can be linked, and what was linked before."""
    tables = tables_of(matter)
    context = _of_matter(request, matter) | {
        "tables": tables,
        "earlier": linkages_of(matter),
        "snippet": of_tables([table.item.name for table in tables]) if tables else "",
    }
    return render(request, "linkage/linkages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@of_matter(Verb.VIEW)
def ask(request: HttpRequest, matter: Matter) -> HttpResponse:
    """What each column of the chosen tables holds; then have them linked."""
    if request.method == "POST":
        require_knowing(person(request), Verb.PRODUCE, matter)
    wanted = request.GET.getlist("table")
    tables = [table for table in tables_of(matter) if table.value in wanted]
    if not tables:
        messages.info(request, _("Choose at least one table."))
        return redirect("linkage:linkages", matter.pk)
    described = [(table, table.head) for table in tables]
    form = LinkForm(request.POST or None, tables=described)
    if form.is_valid():
        chosen = [
            Chosen(table.item, table.sheet, table.name, form.roles(number))
            for number, table in enumerate(tables)
        ]
        made = ask_for_linkage(
            matter,
            chosen,
            within=form.cleaned_data.get("within", False),
            acting_user=person(request),
        )
        return redirect("linkage:linked", made.pk)
    context = _of_matter(request, matter) | {
        "form": form,
        "tables": tables,
        "snippet": of_tables(
            [table.item.name for table in tables],
            [{column: role for role, column in guess(table.head).items()} for table in tables],
        ),
    }
    return render(request, "linkage/linking.html", context, status=422 if form.is_bound else 200)


@require_safe
@of_what(linkage_for, Verb.VIEW)
def result(request: HttpRequest, asked: Linkage) -> HttpResponse:
    """A linkage: how far it is, or its groups, and how right it is."""
    line = line_of(asked)
    context = _of_linkage(request, asked) | {"line": line, "job": line.job}
    if request.htmx and line.is_under_way:  # type: ignore[attr-defined]
        return render(request, "linkage/parts/linking_now.html", context)
    if line.result:
        context |= _told(request, asked, line.result)
    answer = render(request, "linkage/linked.html", context)
    if request.htmx:  # type: ignore[attr-defined]
        answer["HX-Refresh"] = "true"
    return answer


def _told(request: HttpRequest, asked: Linkage, made: LinkageResult) -> dict[str, Any]:
    order = "size" if request.GET.get("order") == "size" else "link"
    groups = groups_of(asked).order_by("number" if order == "size" else "bits", "number")
    page = Paginator(groups, GROUPS_A_PAGE).get_page(request.GET.get("page"))
    shown = {number for row in page for number in row.records[:4]}
    records = records_of(made, shown)
    settled = {number: people for people in people_of(asked) for number in people}
    rows = []
    for row in page:
        holds = settled.get(row.records[0])
        is_settled = holds is not None and set(row.records) <= set(holds)
        names = [records[number] for number in row.records[:4]]
        rows.append({"group": row, "records": names, "is_settled": is_settled})
    found, unsure = quality_of(made)
    sample = LinkedPair.objects.filter(linkage=asked, sampled__isnull=False)
    return {
        "result": made,
        "page": page,
        "order": order,
        "rows": rows,
        "quality": found,
        "unsure": unsure,
        "sampled": sample.count(),
        "compared": sum(made.layers),
        "layers": list(zip(LAYER_WORDS, made.layers, strict=True)),
        "judged": len(labels_for(asked)),
        "snippet": of_linkage(asked, labels_for(asked.after)),
        "people": len(people_of(asked)),
        "named": named_by(made),
        "left_out": sorted({column for columns in made.left_out for column in columns}),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@of_what(linkage_for, Verb.VIEW)
def group(request: HttpRequest, asked: Linkage, number: int) -> HttpResponse:
    """A group: its rows, its weakest link in words, and the decision to merge or to part."""
    if request.method == "POST":
        require_knowing(person(request), Verb.EDIT, asked.matter)
    row = get_object_or_404(groups_of(asked), number=number)
    made = get_object_or_404(LinkageResult, linkage=asked)
    form = PeopleForm(request.POST or None, records=row.records)
    if form.is_valid():
        told = form.cleaned_data
        decide_on_people(
            asked, told["kind"], told["record"], told["reason"], acting_user=person(request)
        )
        messages.success(request, _("The decision is kept."))
        return redirect("linkage:group", asked.pk, number)
    records = records_of(made, row.records)
    pair = _weakest(asked, row.weakest)
    journal = [e for e in asked.journal.select_related("by") if set(e.records) & set(row.records)]
    context = _of_linkage(request, asked) | {
        "group": row,
        "form": form,
        "records": [records[each] for each in row.records],
        "roles": _roles_in(records.values()),
        "pair": pair,
        "both": [records[pair.first], records[pair.second]] if pair else [],
        "steps": steps_of(pair) if pair else [],
        "half": set(row.halves[0]) if len(row.records) > 2 else set(),
        "people": [each for each in people_of(asked) if set(each) & set(row.records)],
        "journal": journal,
        "next": groups_of(asked).filter(number__gt=number).first(),
        "snippet": of_group(asked, labels_for(asked.after), row.records),
        "previous": groups_of(asked).filter(number__lt=number).last(),
    }
    return render(request, "linkage/group.html", context, status=422 if form.is_bound else 200)


def _weakest(asked: Linkage, weakest: list[int] | None) -> LinkedPair | None:
    if not weakest:
        return None
    first, second = sorted(weakest)
    return LinkedPair.objects.filter(linkage=asked, first=first, second=second).first()


def _roles_in(records: Any) -> list[tuple[str, Any]]:
    """The roles that some record has, with their words, in the order of ``ROLES``."""
    said = {role for record in records for role, cell in record.cells.items() if cell}
    return [(role, words) for role, words in ROLES if role in said]


@require_POST
@of_what(linkage_for, Verb.PRODUCE, require_knowing)
def learn_again(request: HttpRequest, asked: Linkage) -> HttpResponse:
    """Link the same tables again with what people decided."""
    items = Item.objects.in_bulk([table["item"] for table in asked.tables])
    by_id = {str(pk): item for pk, item in items.items()}
    chosen = [
        Chosen(by_id[table["item"]], table["sheet"], table["name"], table["roles"])
        for table in asked.tables
    ]
    made = ask_for_linkage(
        asked.matter, chosen, within=asked.within, after=asked, acting_user=person(request)
    )
    return redirect("linkage:linked", made.pk)


@require_POST
@of_what(linkage_for, Verb.PRODUCE, require_knowing)
def stop(request: HttpRequest, asked: Linkage) -> HttpResponse:
    """Stop a linkage: at once when it waits, at its next step when it runs."""
    job = Job.objects.filter(pk=asked.job_id).first()
    if job and not job.is_over:
        cancel(job)
        messages.info(request, _("The linking is being stopped."))
    return redirect("linkage:linked", asked.pk)


@require_POST
@of_what(linkage_for, Verb.PRODUCE, require_knowing)
def again(request: HttpRequest, asked: Linkage) -> HttpResponse:
    """Queue a linkage again that failed or was stopped."""
    job = Job.objects.filter(pk=asked.job_id).first()
    if job and not line_of(asked).result:
        retry(job)
        messages.info(request, _("The linking is queued again."))
    return redirect("linkage:linked", asked.pk)


@require_safe
@of_what(linkage_for, Verb.EXPORT, require_knowing)
@confirmed_lately
def taken(request: HttpRequest, asked: Linkage, form: str) -> HttpResponse:
    """The groups as a table of rows, or the model as its file."""
    made = line_of(asked).result
    if form not in FILES or not made:
        raise Http404
    data = made.model.encode() if form == "json" else _groups_as_csv(asked, made)
    take_linkage(asked, form, acting_user=person(request))
    answer = HttpResponse(data, content_type=FILES[form])
    name = "linkage-model" if form == "json" else "linked-records"
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _groups_as_csv(asked: Linkage, made: LinkageResult) -> bytes:
    """Each row of a group: the program's group, the person by the journal, the table, the row."""
    settled = {number: people[0] for people in people_of(asked) for number in people}
    groups = list(groups_of(asked))
    records = records_of(made, [number for row in groups for number in row.records])
    lines = [
        (row.number, settled.get(number, ""), records[number].table, records[number].place.row)
        for row in groups
        for number in row.records
    ]
    return sheets.write(("group", "merged as", "table", "row"), lines)


def matter_panel(request: HttpRequest, matter: Matter) -> SafeString | None:
    """What was linked in the matter; nothing where there is no table."""
    earlier = linkages_of(matter)
    if not earlier and not tables_of(matter):
        return None
    context = {"matter": matter, "earlier": earlier[:3], "verbs": verbs_of(person(request), matter)}
    return render_to_string("linkage/parts/linkage_panel.html", context, request)


def _of_matter(request: HttpRequest, matter: Matter) -> dict[str, Any]:
    return {"matter": matter, "tab": "patterns", "verbs": verbs_of(person(request), matter)}


def _of_linkage(request: HttpRequest, asked: Linkage) -> dict[str, Any]:
    return _of_matter(request, asked.matter) | {"asked": asked}
