"""The list of a matter's evidence: filtered, sorted, tagged, taken away as a table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.actions import audit
from amparo.accounts.web.guards import confirmed_lately, person
from amparo.base.sheets import row_of
from amparo.base.web.downloads import as_attachment
from amparo.base.web.htmx import for_a_part
from amparo.evidence.web.actions.tagging import tag_items, untag_items
from amparo.evidence.web.forms import FilterForm
from amparo.evidence.web.queries import NEWEST, ORDERS, choices, every_item, items_of, page_of
from amparo.evidence.web.queries.lines import Line, lines
from amparo.evidence.web.queries.sorting import last_step
from amparo.evidence.web.views.selected import back_to, selected
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["items", "items_csv", "tag_several"]

ON_A_PAGE = 50
COLUMNS = (
    "path",
    "name",
    "title",
    "found inside",
    "type",
    "size in bytes",
    "SHA-256",
    "status",
    "reason",
    "pages",
    "language",
    "date of the document",
    "received",
    "tags",
)


@require_safe
@of_matter(Verb.VIEW)
def items(request: HttpRequest, matter: Matter) -> HttpResponse:
    """The matter's evidence as a list or as a grid; the list alone for htmx."""
    there = choices(matter)
    form = FilterForm(request.GET, there=there)
    wanted = form.wanted()
    order = request.GET.get("order", NEWEST)
    page = page_of(matter, wanted, order=order, key=request.GET.get("key", ""), size=ON_A_PAGE)
    listed = list(lines(page.items))
    context = {
        "matter": matter,
        "tab": "evidence",
        "verbs": verbs_of(person(request), matter),
        "form": form,
        "wanted": wanted,
        "there": there,
        "order": order if order in ORDERS else NEWEST,
        "page": page,
        "lines": listed,
        "last_step": last_step(matter, person(request)),
        "has_photographs": any(line.has_picture and line.is_photograph for line in listed),
        "as_grid": request.GET.get("as") == "grid",
        "any_at_all": page.count > 0 or items_of(matter).exists(),
    }
    if for_a_part(request):
        return render(request, "evidence/parts/list.html", context)
    return render(request, "evidence/items.html", context)


@require_safe
@of_matter(Verb.EXPORT)
@confirmed_lately
def items_csv(request: HttpRequest, matter: Matter) -> HttpResponseBase:
    """The same list, all of it, as a table to take away."""
    wanted = FilterForm(request.GET, there=choices(matter)).wanted()
    audit("export list of items", acting_user=person(request), matter_id=matter.pk)
    rows = every_item(items_of(matter, wanted))
    answer = StreamingHttpResponse(_table(lines(rows)), content_type="text/csv; charset=utf-8")
    return as_attachment(answer, "evidence.csv")


@require_POST
@of_matter(Verb.ANNOTATE)
def tag_several(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Give the selected items a tag, or take it off."""
    chosen, name = selected(request), request.POST.get("tag", "")
    if request.POST.get("do") == "untag":
        count = untag_items(matter, chosen, name, acting_user=person(request))
        told = ngettext("The tag is off %(count)s file.", "The tag is off %(count)s files.", count)
    else:
        count = tag_items(matter, chosen, name, acting_user=person(request))
        told = ngettext("%(count)s file is tagged.", "%(count)s files are tagged.", count)
    messages.success(request, told % {"count": count})
    return redirect(back_to(request, matter))


def _table(listed: Iterator[Line]) -> Iterator[str]:
    """The table's lines as text; a spreadsheet program takes none of its cells for a formula."""
    yield "\ufeff"
    page = StringIO()
    sheet = csv.writer(page)
    sheet.writerow(COLUMNS)
    for line in listed:
        item = line.item
        row = row_of(
            item.path,
            item.name,
            item.title,
            item.parent.name if item.parent else "",
            item.media_type,
            item.object.size,
            item.object_id,
            item.status,
            item.reason,
            item.page_count,
            item.language,
            item.dated,
            item.received_at.isoformat(timespec="seconds"),
            ", ".join(tag.name for tag in item.tags.all()),
        )
        sheet.writerow(row)
        yield page.getvalue()
        page.seek(0)
        page.truncate()
    yield page.getvalue()
