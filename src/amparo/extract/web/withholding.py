"""Which pages may be drawn for someone from whom identities of the matter are sealed.

Only those of which the text is known and names nobody: a page that was not read, or that shows more
than its text, may show anyone.
"""

from __future__ import annotations

from amparo.accounts.web.models import User
from amparo.evidence.web.models import Item
from amparo.extract.captures import KINDS
from amparo.extract.web.models import PageText
from amparo.matters.sealing import Veil
from amparo.matters.web.veils import veil_for, veil_of

__all__ = ["may_be_drawn", "names_anyone"]


def may_be_drawn(item: Item, number: int, user: User, *, is_set: bool = False) -> bool:
    """Whether ``user`` may see the page ``number`` as a picture; ``is_set``: as it was set."""
    veil = veil_for(user, item)
    if not veil or is_set or item.media_type in KINDS:  # screenshots show more than their text
        return not veil
    page = item.pages.filter(is_current=True, number=number).first()
    return page is not None and _is_known(page) and not veil.names_anyone(page.text)


def names_anyone(item: Item, page: PageText | None) -> bool:
    """Whether a sealed identity of the matter stands in an item's names or on this page of it."""
    veil: Veil = veil_of(item.matter_id)
    texts = [item.name, item.title, item.path, page.text if page else ""]
    return bool(veil) and any(veil.names_anyone(text) for text in texts)


def _is_known(page: PageText) -> bool:
    return bool(page.text.strip()) and not page.needs_ocr
