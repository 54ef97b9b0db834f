"""Which pages may be drawn for someone from whom identities are sealed; who read what names them.

Drawn are only those of which the text is known and names nobody: a page that was not read, or that
shows more than its text, may show anyone.
"""

from __future__ import annotations

from django.http import HttpRequest

from amparo.accounts.web.actions import audit
from amparo.accounts.web.guards import person
from amparo.accounts.web.models import User
from amparo.accounts.web.proofs import address_of
from amparo.evidence.web.models import Item
from amparo.extract.captures import KINDS
from amparo.extract.web.actions.indexing import SOURCE
from amparo.extract.web.models import PageText
from amparo.matters.web.veils import veil_for, veil_of
from amparo.search.web.queries import names_sealed

__all__ = ["may_be_drawn", "note_reading"]

READ = "read restricted"
MOST_REMEMBERED = 500


def may_be_drawn(item: Item, number: int, user: User, *, is_set: bool = False) -> bool:
    """Whether ``user`` may see the page ``number`` as a picture; ``is_set``: as it was set."""
    veil = veil_for(user, item)
    if not veil or is_set or item.media_type in KINDS:  # screenshots show more than their text
        return not veil
    page = item.pages.filter(is_current=True, number=number).first()
    return page is not None and _is_known(page) and not veil.names_anyone(page.text)


def note_reading(request: HttpRequest, item: Item) -> None:
    """Write into the audit that someone opened an item that names a sealed identity.

    Once a session and item: who leafs through it has read it.
    """
    read = request.session.get(READ, [])
    if str(item.pk) in read or not _is_restricted(item):
        return
    request.session[READ] = [*read[-MOST_REMEMBERED:], str(item.pk)]
    audit(
        "read restricted item",
        acting_user=person(request),
        subject=item,
        matter_id=item.matter_id,
        address=address_of(request),
    )


def _is_restricted(item: Item) -> bool:
    veil = veil_of(item.matter_id)
    if not veil:
        return False
    texts = (item.name, item.title, item.path)
    return any(map(veil.names_anyone, texts)) or names_sealed(SOURCE, str(item.pk))


def _is_known(page: PageText) -> bool:
    return bool(page.text.strip()) and not page.needs_ocr
