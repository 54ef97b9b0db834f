"""What the page of a conversation reads: a stretch of its messages, its people and its days."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import urlencode

from django.db.models import Count, QuerySet

from amparo.base.folding import fold
from amparo.base.numbers import whole
from amparo.evidence.web.models import Item
from amparo.extract.selection import where
from amparo.extract.web.models import PageText, Pinpoint, Reading
from amparo.extract.web.models.entries import Message
from amparo.extract.web.named_files import File, files_named
from amparo.extract.web.queries.items import quote_of

__all__ = [
    "Bubble",
    "Choice",
    "Conversation",
    "Counted",
    "conversation",
    "conversation_of",
    "messages_of",
]

SHOWN = 100
_MOST_PEOPLE = 300
_ACCOUNT_FILE = "account.js"
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """Which messages are asked for; "" for any. ``first`` is the number of the first one."""

    sender: str = ""
    day: str = ""
    conversation: str = ""
    words: str = ""
    page: int = 0
    first: int = 0

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Choice:
        """Read the query of an address; what is no number or too long is passed over."""
        return cls(
            sender=asked.get("from", "")[:300],
            day=asked.get("day", "")[:10],
            conversation=asked.get("in", "")[:300],
            words=asked.get("words", "").strip()[:200],
            page=whole(asked.get("page"), 0),
            first=whole(asked.get("at"), 0),
        )

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves out messages."""
        return bool(self.sender or self.day or self.conversation or self.words)

    def query(self, **changed: str | int) -> str:
        """The query of an address with some of it changed; "" takes a part away."""
        parts: dict[str, str | int] = {
            "from": self.sender, "day": self.day, "in": self.conversation, "words": self.words,
            **changed,
        }  # fmt: skip
        return urlencode({name: value for name, value in parts.items() if value})


@dataclass(frozen=True, slots=True)
class Bubble:
    """A message as it is shown. ``new_day`` is set where a day begins, ``joined`` where the
    message above is of the same person. ``outgoing`` is whether the archive says that its owner
    wrote it: the message's own file, or the archive's account file beside it."""

    message: Message
    text: str
    files: tuple[File, ...] = ()
    pinned: bool = False
    new_day: bool = False
    new_conversation: bool = False
    joined: bool = False
    outgoing: bool | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """A person, a day or a conversation with how many messages; ``query`` leads to them."""

    name: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A stretch of a conversation, and what it may be narrowed to."""

    choice: Choice
    bubbles: Sequence[Bubble]
    total: int
    people: Sequence[Counted]
    days: Sequence[Counted]
    conversations: Sequence[Counted]
    claims: str
    archive: str
    earlier: str = ""
    later: str = ""
    span: tuple[str, str] = field(default=("", ""))


def messages_of(item: Item) -> QuerySet[Message]:
    """The messages of an item as it was last read."""
    return Message.objects.filter(item=item, page__is_current=True)


def conversation_of(item: Item, asked: Mapping[str, str]) -> dict[str, object]:
    """What the page of an item shows in the place of its text: its conversation, if it is one."""
    if not messages_of(item).exists():
        return {}
    return {"talk": conversation(item, Choice.of(asked))}


def conversation(item: Item, choice: Choice) -> Conversation:
    """The messages that are asked for, at most ``SHOWN`` of them."""
    every = messages_of(item)
    numbers = _numbers(_narrowed(every, choice), choice.words)
    at = bisect_left(numbers, choice.first or _first_of_page(every, choice.page))
    shown, after = numbers[at : at + SHOWN], at + SHOWN
    stretch = list(every.filter(number__in=shown).select_related("page").order_by("number"))
    told, account = _told(item), _account_of(item)
    return Conversation(
        choice=choice,
        bubbles=_bubbles(item, stretch, account.get("x:accountId", "")),
        total=len(numbers),
        people=_counted(every.exclude(sender=""), "sender", "from", choice, "-count"),
        days=_days(every, choice),
        conversations=_counted(every, "conversation", "in", choice, "conversation"),
        claims=" ".join(filter(None, map(_claim, (told, account)))),
        archive=told.get("chat:archive", ""),
        earlier=choice.query(at=numbers[max(0, at - SHOWN)]) if at else "",
        later=choice.query(at=numbers[after]) if after < len(numbers) else "",
        span=(told.get("chat:first day", ""), told.get("chat:last day", "")),
    )


def _told(item: Item) -> dict[str, str]:
    last = item.readings.filter(kind=Reading.Kind.TEXT).first()
    return dict(last.metadata) if last else {}


def _claim(told: Mapping[str, str]) -> str:
    return told.get("chat:says of itself", "")


def _account_of(item: Item) -> dict[str, str]:
    """What the archive's account file says, which lies beside the file of its messages."""
    path = str(PurePosixPath(item.path).with_name(_ACCOUNT_FILE))
    near = Item.objects.filter(matter=item.matter_id, parent=item.parent_id, path=path)
    beside = near.exclude(pk=item.pk).first() if item.name != _ACCOUNT_FILE else None
    return _told(beside) if beside else {}


def _first_of_page(rows: QuerySet[Message], page: int) -> int:
    found = rows.filter(page__number__gte=page).order_by("number")
    return found.values_list("number", flat=True).first() or 1


def _narrowed(rows: QuerySet[Message], choice: Choice) -> QuerySet[Message]:
    if choice.sender:
        rows = rows.filter(sender=choice.sender)
    if choice.day:
        rows = rows.filter(day=choice.day)
    if choice.conversation:
        rows = rows.filter(conversation=choice.conversation)
    return rows


def _numbers(rows: QuerySet[Message], words: str) -> list[int]:
    """The numbers of the messages in which the words stand, whatever their case and accents.

    A page's text is read once, and only the messages of a page that has the words are looked at.
    """
    if not words:
        return list(rows.order_by("number").values_list("number", flat=True))
    wanted = fold(words)
    pages = rows.order_by().values_list("page", flat=True).distinct()
    found: list[int] = []
    for page, text in PageText.objects.filter(pk__in=pages).values_list("pk", "text").iterator():
        if wanted in fold(text):
            parts = rows.filter(page=page).order_by().values_list("number", "words", "end")
            found += [number for number, start, end in parts if wanted in fold(text[start:end])]
    return sorted(found)


def _bubbles(item: Item, rows: Sequence[Message], owner: str) -> list[Bubble]:
    files = files_named(item, {path for row in rows for path in row.attachments})
    pinned = _pinned(item, rows)
    return [
        Bubble(
            message=row,
            text=row.page.text[row.words : row.end],
            files=tuple(files[path] for path in row.attachments),
            pinned=row.pk in pinned,
            new_day=row.day[:10] != (above.day[:10] if above else None),
            new_conversation=bool(row.conversation)
            and (above is None or row.conversation != above.conversation),
            joined=above is not None
            and (row.sender, row.day, row.conversation, row.kind)
            == (above.sender, above.day, above.conversation, above.kind),
            outgoing=row.sender == owner if owner and row.sender else row.outgoing,
        )
        for above, row in pairwise([None, *rows])
        if row is not None
    ]


def _pinned(item: Item, rows: Sequence[Message]) -> set[int]:
    """The messages that a pinpoint touches."""
    by_page: dict[int, list[Message]] = {}
    for row in rows:
        by_page.setdefault(row.page.number, []).append(row)
    marks = Pinpoint.objects.filter(item=item, withdrawn_at=None, page__in=list(by_page))
    found: set[int] = set()
    for mark in marks.select_related("item"):
        quote = quote_of(mark)
        on_page = by_page[mark.page or 0]
        span = where(on_page[0].page.value, quote) if quote else None
        if span:
            found |= {row.pk for row in on_page if row.start < span[1] and row.end > span[0]}
    return found


def _counted(
    rows: QuerySet[Message], name: str, parameter: str, choice: Choice, order: str
) -> list[Counted]:
    """Groups with their counts; none where there is only one."""
    counted = rows.values_list(name).annotate(count=Count("pk")).order_by(order, name)
    groups = list(counted[:_MOST_PEOPLE])
    if len(groups) < 2:
        return []
    return [
        Counted(value, count, choice.query(**{parameter: value}))
        for value, count in groups
        if value
    ]


def _days(rows: QuerySet[Message], choice: Choice) -> list[Counted]:
    """The days, or their months when there are too many to choose from."""
    counted = rows.exclude(day="").values_list("day").annotate(count=Count("pk")).order_by("day")
    days = list(counted[: _MOST_DAYS + 1])
    if len(days) > _MOST_DAYS or len(days) < 2:
        return []
    return [Counted(day, count, choice.query(day=day)) for day, count in days]
