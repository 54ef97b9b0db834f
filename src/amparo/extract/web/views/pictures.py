"""Pages as pictures, drawn in the reading room when they are looked at, and kept nowhere."""

from __future__ import annotations

from html import escape
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import UnreadableFile
from amparo.base.numbers import whole
from amparo.evidence.web.models import Item, StoredObject
from amparo.evidence.web.safes import open_safe
from amparo.extract.captures import KINDS
from amparo.extract.web.guards import of_item
from amparo.extract.web.queries.captured import screenshot_of
from amparo.extract.web.queries.withholding import may_be_drawn
from amparo.extract.web.room import reading_room
from amparo.matters.access import Verb
from amparo.matters.web.veiling import shows_nobody

__all__ = ["page"]

WIDTHS = (120, 480, 1200, 1800, 2400, 3600)


@require_safe
@of_item(Verb.VIEW)
def page(request: HttpRequest, item: Item, number: int) -> HttpResponse:
    """The page as a picture about as wide as asked for; why not, as a picture too."""
    wanted = whole(request.GET.get("width"), 1200)
    if not may_be_drawn(item, number, person(request), is_set=bool(request.GET.get("of"))):
        return _private(HttpResponse(_in_words(_withheld()), content_type="image/svg+xml"))
    width = min(WIDTHS, key=lambda each: abs(each - wanted))
    try:
        drawn = screenshot_of(item, number) or _drawn(item, request.GET.get("of", ""))
        at = number if item.media_type not in KINDS else 1
        with open_safe().open(drawn.object_name) as source:
            (picture,) = reading_room().render(
                source, media_type=drawn.media_type, pages=[at], width=width
            )
    except UnreadableFile as error:
        return _private(HttpResponse(_in_words(str(error)), content_type="image/svg+xml"))
    response = _private(HttpResponse(picture.data, content_type=picture.media_type))
    shows_nobody(response)
    return response


def _drawn(item: Item, reading: str) -> StoredObject:
    """The file itself, or the PDF that it was set to by a reading of its own."""
    if not reading:
        return item.object
    try:
        made = item.readings.filter(pk=UUID(reading)).exclude(object=None).first()
    except ValueError:
        made = None
    if made is None or made.object is None:
        raise Http404
    return made.object


def _withheld() -> str:
    return _("It may show someone whose identity is sealed from you. Read its text instead.")


def _private(response: HttpResponse) -> HttpResponse:
    """No copy of a page is left in the browser's store."""
    response["Cache-Control"] = "no-store, private"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _in_words(reason: str) -> str:
    """A picture that says why the page cannot be shown."""
    title = escape(_("This page cannot be shown."))
    lines = "".join(
        f'<text x="306" y="{150 + 24 * row}" text-anchor="middle">{escape(line)}</text>'
        for row, line in enumerate(_lines(reason, 62))
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 612 396" width="612" height="396"'
        ' font-family="sans-serif" font-size="16" fill="#444">'
        '<rect width="612" height="396" fill="#fff"/>'
        f'<text x="306" y="110" text-anchor="middle" font-size="20">{title}</text>{lines}</svg>'
    )


def _lines(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line][:9]
