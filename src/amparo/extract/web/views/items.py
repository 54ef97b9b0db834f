"""An item: its pages on the screen, and what is known of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.base.numbers import whole
from amparo.base.web.forms import problems
from amparo.base.web.htmx import by_htmx
from amparo.base.web.panels import panels_at
from amparo.evidence.web.models import Item
from amparo.evidence.web.queries.caring import care_of
from amparo.extract.recordings.containers import FOR_THE_PLAYER
from amparo.extract.web.actions import describe, pages_to_recognise
from amparo.extract.web.forms import RecogniseForm
from amparo.extract.web.guards import of_item
from amparo.extract.web.queries import can_be_set, derivatives_of, marks_of, shown, shown_as_set
from amparo.extract.web.queries.conversations import conversation_of
from amparo.extract.web.queries.players import is_recording, player_of
from amparo.extract.web.queries.sheets import table_of
from amparo.extract.web.queries.withholding import may_be_drawn
from amparo.extract.web.tasks import ask_to_recognise, ask_to_reread, ask_to_set
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of

__all__ = ["describe_item", "item", "read_again", "recognise", "set_to_pages", "text"]

ZOOMS = (100, 150, 200, 300)


@require_safe
@of_item(Verb.VIEW)
def item(request: HttpRequest, item: Item) -> HttpResponse:
    """An item with one of its pages; the stage alone for htmx."""
    context = {
        "item": item,
        "verbs": verbs_of(person(request), item),
        "care": care_of(item),
        "is_shown": "show" in request.GET,
        **_stage(request, item),
    }
    if by_htmx(request):
        return render(request, "extract/parts/stage.html", context)
    readings = list(derivatives_of(item))
    told: dict[str, str] = next((each.metadata for each in readings if each.kind == "text"), {})
    context |= {
        "matter": item.matter,
        "tab": "evidence",
        "folder": "" if item.parent_id else item.path.strip("/").rpartition("/")[0],
        "marks": marks_of(item),
        "readings": readings,
        "outline": readings[0].outline if readings else [],
        "facts": sorted(
            ((name, value) for name, value in told.items() if name not in FOR_THE_PLAYER),
            key=lambda pair: (":" in pair[0], pair[0]),
        ),
        "player": player_of(item) if is_recording(item) else None,
        "inside": item.children.order_by("path"),
        "waiting": pages_to_recognise(item),
        "recognise_form": RecogniseForm(last=item.page_count or 0),
        "panels": list(panels_at("item", request, item)),
    }
    return render(request, "extract/item.html", context)


@require_safe
@of_item(Verb.VIEW)
def text(_request: HttpRequest, item: Item, number: int) -> HttpResponse:
    """The text of a page, plain."""
    page = shown(item, number).page
    words = page.text if page and page.number == number else ""
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_POST
@of_item(Verb.EDIT)
def describe_item(request: HttpRequest, item: Item) -> HttpResponse:
    """Give the item a title and a date."""
    title, dated = request.POST.get("title", ""), request.POST.get("dated", "")
    describe(item, title=title, dated=dated, acting_user=person(request))
    messages.success(request, _("Title and date are kept. The name as received stays."))
    return redirect("extract:item", item.pk)


@require_POST
@of_item(Verb.ADD)
def recognise(request: HttpRequest, item: Item) -> HttpResponse:
    """Recognise pages of the item in the background, in languages asked for or found."""
    form = RecogniseForm(request.POST, last=item.page_count or 0)
    if not form.is_valid():
        raise UsageError(problems(form))
    pages = form.cleaned_data["pages"] or pages_to_recognise(item)
    if not pages:
        raise UsageError(
            _("No page of it waits to be recognised."), next_step=_("Say which pages, as 1, 4-6.")
        )
    languages = form.cleaned_data["languages"]
    ask_to_recognise(item, pages, languages, user=person(request))
    told = ngettext(
        "%(count)s page will be recognised.", "%(count)s pages will be recognised.", len(pages)
    )
    messages.success(request, told % {"count": len(pages)})
    return redirect("extract:item", item.pk)


@require_POST
@of_item(Verb.ADD)
def set_to_pages(request: HttpRequest, item: Item) -> HttpResponse:
    """Set the item to pages in the background."""
    ask_to_set(item, user=person(request))
    messages.success(request, _("It is being set to pages. Look again in a moment."))
    return redirect("extract:item", item.pk)


@require_POST
@of_item(Verb.ADD)
def read_again(request: HttpRequest, item: Item) -> HttpResponse:
    """Read the item anew in the background."""
    ask_to_reread(item, user=person(request))
    messages.success(request, _("It will be read again. Earlier readings are kept."))
    return redirect("extract:item", item.pk)


def _stage(request: HttpRequest, item: Item) -> dict[str, object]:
    number = whole(request.GET.get("page"), 1)
    mode = request.GET.get("as", "")
    set_page = shown_as_set(item, number) if mode == "pages" else None
    page = set_page or shown(item, number)
    zoom = whole(request.GET.get("zoom"), 100)
    zoom = zoom if zoom in ZOOMS else 100
    at = ZOOMS.index(zoom)
    as_text = mode == "text"
    return {
        "page": page,
        "mode": "pages" if set_page else "text" if as_text else "",
        "can_be_set": can_be_set(item) and item.status in ("read", "partial"),
        "is_set": bool(set_page) or item.readings.filter(kind="pages").exists(),
        "zoom": zoom,
        "zoom_in": ZOOMS[at + 1] if at + 1 < len(ZOOMS) else None,
        "zoom_out": ZOOMS[at - 1] if at else None,
        "as_text": as_text,
        "drawn": page.is_drawn and not as_text and may_be_drawn(item, page.number, person(request)),
        "picture_width": 1200 * zoom // 100,
        "here": reverse("extract:item", args=[item.pk]),
        **({} if mode else _entries(request, item)),
    }


def _entries(request: HttpRequest, item: Item) -> dict[str, object]:
    """What is shown in the place of a page's text: a conversation or a table, if it is one."""
    return conversation_of(item, request.GET) or table_of(item, request.GET)
