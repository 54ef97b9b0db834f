"""Recordings: played by ranges out of the safe, pictured by stills, pinned by seconds.

No part of a recording is written in clear anywhere: a range is opened chunk by chunk in memory,
and the browser is told to keep none of it.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UnreadableFile, UsageError
from amparo.base.numbers import whole
from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.reading import Limits
from amparo.extract.recordings.ranges import NotSatisfiable, Span, asked
from amparo.extract.recordings.timecodes import parse
from amparo.extract.sandbox.reception import Reception
from amparo.extract.web import actions
from amparo.extract.web.guards import of_item
from amparo.extract.web.queries import mark_of
from amparo.extract.web.queries.players import is_recording
from amparo.extract.web.room import reading_room
from amparo.matters.access import Verb

__all__ = ["play", "span", "still"]

PLAYED_AS = {"video/quicktime": "video/mp4", "audio/x-m4a": "audio/mp4"}
STILL_WIDTHS = (240, 960)
LONGEST_NOTE = 2_000


@require_safe
@of_item(Verb.VIEW)
def play(request: HttpRequest, item: Item) -> HttpResponse:
    """A range of a recording, at most 2 MiB of it; the whole is never given in one answer."""
    if not is_recording(item):
        raise Http404
    size = item.object.size
    try:
        wanted = asked(request.headers.get("Range", ""), size)
    except NotSatisfiable:
        wanted = None
    if wanted is None:
        response = HttpResponse(status=200 if request.method == "HEAD" else 416)
        response["Content-Range"] = f"bytes */{size}"
        return _private(response, item)
    response = HttpResponse(b"" if request.method == "HEAD" else _bytes(item, wanted), status=206)
    response["Content-Range"] = wanted.header
    response["Content-Length"] = str(wanted.length)
    return _private(response, item)


@require_safe
@of_item(Verb.VIEW)
def still(request: HttpRequest, item: Item, thousandths: int) -> HttpResponse:
    """The film's picture at a moment, drawn in the reading room."""
    wanted = whole(request.GET.get("width"), 240)
    width = min(STILL_WIDTHS, key=lambda each: abs(each - wanted))
    reception = Reception(Limits(seconds=30, cpu_seconds=30))
    with open_safe().open(item.object.object_name) as source:
        reading_room().run(
            "amparo.extract.recordings.stills:stills",
            source,
            name="",
            arguments={"at": [thousandths / 1000], "width": width, "exact": width > 240},
            reception=reception,
        )
    try:
        (picture,) = reception.drawn()
    except (UnreadableFile, ValueError) as error:
        raise Http404 from error
    response = HttpResponse(picture.data, content_type=picture.media_type)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@of_item(Verb.ANNOTATE)
def span(request: HttpRequest, item: Item) -> HttpResponse:
    """Pin a stretch of a recording, and show it pinned."""
    if not is_recording(item):
        raise UsageError("Only recordings have seconds.", next_step="Pin words or an area of it.")
    pinpoint = actions.pin_span(
        item,
        start=parse(request.POST.get("start", "")),
        end=parse(request.POST.get("end", "")),
        note=request.POST.get("note", "")[:LONGEST_NOTE],
        acting_user=person(request),
    )
    return redirect(mark_of(pinpoint).address)


def _bytes(item: Item, wanted: Span) -> bytes:
    with open_safe().open(item.object.object_name) as source:
        source.seek(wanted.first)
        return source.read(wanted.length)


def _private(response: HttpResponse, item: Item) -> HttpResponse:
    response["Content-Type"] = PLAYED_AS.get(item.media_type, item.media_type)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
