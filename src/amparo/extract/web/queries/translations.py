"""What is read about translations: the passages of an item now, and a version beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from amparo.base.languages import is_right_to_left
from amparo.base.pinpoints import PageSelector, to_fragment
from amparo.evidence.web.models import Item
from amparo.extract.translations.pairs import Pair, carry_over
from amparo.extract.translations.passages import Passage, of_lines, of_page, paragraph_ends
from amparo.extract.web.models import Translation, TranslationCertificate

__all__ = ["Beside", "beside", "filed_beside", "has_words", "passages_of", "started", "versions_of"]


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage beside its translation, with its number and the address of its place."""

    number: int
    pair: Pair
    address: str

    @property
    def page(self) -> int | None:
        return self.pair.passage.page

    @property
    def is_on_a_page(self) -> bool:
        """Whether its place is a page; else it is a minute of a recording."""
        return isinstance(self.pair.passage.place, PageSelector)

    @property
    def direction(self) -> str:
        """``rtl`` where the original runs from the right."""
        return "rtl" if is_right_to_left(self.pair.passage.original) else "ltr"


def passages_of(item: Item) -> list[Passage]:
    """The passages of an item as it is read now: its pages, or what is said in a recording."""
    written = item.transcripts.first()
    if written is not None:
        return list(of_lines(written.value))
    pages = [row.value for row in item.pages.filter(is_current=True).order_by("number")]
    return [
        passage
        for page in pages
        for passage in of_page(page.number, page.text, paragraph_ends(page))
    ]


def has_words(item: Item) -> bool:
    """Whether anything of an item is read or written down, so that it could be translated."""
    read = item.pages.filter(is_current=True).exclude(text="")
    return read.exists() or item.transcripts.exists()


def filed_beside(items: Iterable[Item]) -> dict[UUID, list[Item]]:
    """The certified translations of items that are files of the matter, newest of each language."""
    rows = TranslationCertificate.objects.exclude(item=None).filter(translation__item__in=items)
    found: dict[tuple[UUID, str], Item] = {}
    for row in rows.select_related("item", "translation").order_by("-made_at"):
        if row.item is not None and row.item.status != Item.Status.DISPOSED:
            found.setdefault((row.translation.item_id, row.translation.target), row.item)
    beside: dict[UUID, list[Item]] = defaultdict(list)
    for (original, _target), item in sorted(found.items(), key=lambda each: each[0][1]):
        beside[original].append(item)
    return beside


def versions_of(item: Item, target: str = "") -> QuerySet[Translation]:
    """The versions of an item's translations, or of those into ``target``, newest first."""
    rows = item.translations.select_related("made_by").prefetch_related("certificates")
    return rows.filter(target=target) if target else rows


def started(item: Item, row: Translation | None) -> list[Pair]:
    """The passages as they are read now, with what a version has for them."""
    return carry_over(row.value if row else (), passages_of(item))


def beside(item: Item, pairs: Sequence[Pair], first: int = 0) -> Iterator[Beside]:
    """Each pair with its number, counted from ``first``, and the address of its place."""
    here = reverse("extract:item", args=[item.pk])
    for number, pair in enumerate(pairs, first):
        place = pair.passage.short_place
        page = f"?{urlencode({'page': place.page})}" if isinstance(place, PageSelector) else ""
        yield Beside(number, pair, f"{here}{page}#{to_fragment(place)}")
