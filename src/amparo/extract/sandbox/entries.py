"""What the lines of a page are (rows, messages), on the way from a worker; checked, never trusted.

As JSON: ``{"sheet": name, "runs": [[first row, how many], …]}`` for a table's page, ``{"messages":
[[number, start, end, words, sender, written, at, kind, outgoing, attachments, conversation,
own id, reply to], …]}`` for a conversation's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast, get_args

from amparo.extract.reading import Message, MessageKind, PageText, Rows
from amparo.extract.sandbox.channel import ProtocolError

__all__ = ["messages", "packed", "rows", "runs"]

_KINDS = get_args(MessageKind)
_MOST_ROWS = 2**24
_LONGEST_NAME, _LONGEST_TIME, _LONGEST_PATH, _MOST_ATTACHMENTS = 300, 80, 1000, 100


def packed(page: PageText) -> dict[str, Any]:
    """Give what the lines of a page are, as JSON holds it; empty when they are just lines."""
    made: dict[str, Any] = {}
    if page.rows is not None:
        made |= {"sheet": page.rows.sheet, "runs": runs(page.rows.numbers)}
    if page.messages:
        made["messages"] = [_row(each) for each in page.messages]
    return made


def runs(numbers: Sequence[int]) -> list[list[int]]:
    """Give row numbers as runs of ``[first, how many]``: most tables are one run."""
    made: list[list[int]] = []
    for number in numbers:
        if made and number == made[-1][0] + made[-1][1]:
            made[-1][1] += 1
        else:
            made.append([number, 1])
    return made


def rows(value: object) -> Rows | None:
    """Take a table page's rows; None when it is no table."""
    if not isinstance(value, dict) or "runs" not in value:
        return None
    try:
        numbers = tuple(_unrolled(value["runs"]))
    except (TypeError, ValueError) as error:
        raise ProtocolError(f"rows of the wrong shape: {error}") from error
    return Rows(str(value.get("sheet", ""))[:_LONGEST_NAME], numbers)


def messages(value: object, text: str) -> tuple[Message, ...]:
    """Take a page's messages; each must lie within ``text``."""
    if not isinstance(value, dict) or not isinstance(value.get("messages"), list):
        return ()
    return tuple(_message(each, len(text)) for each in value["messages"])


def _unrolled(runs_: Any) -> Iterator[int]:
    left = _MOST_ROWS
    for first, count in runs_:
        if not (type(first) is int and type(count) is int and first > 0 and 0 < count <= left):
            raise ValueError("a run of no rows, or of too many")
        left -= count
        yield from range(first, first + count)


def _row(message: Message) -> list[Any]:
    return [
        message.number, message.start, message.end, message.words, message.sender,
        message.written, message.at, message.kind, message.outgoing, list(message.attachments),
        message.conversation, message.own_id, message.reply_to,
    ]  # fmt: skip


def _message(value: object, length: int) -> Message:
    if not isinstance(value, list) or len(value) != 13:
        raise ProtocolError("a message of the wrong length")
    number, start, end, words, sender, written, at, kind, outgoing, attachments, *ids = value
    whole = all(type(each) is int for each in (number, start, end, words))
    if not (whole and number > 0 and 0 <= start <= words <= end <= length and kind in _KINDS):
        raise ProtocolError("a message that is not on its page")
    paths = attachments if isinstance(attachments, list) else []
    conversation, own_id, reply_to = (_short(each, _LONGEST_NAME) for each in ids)
    return Message(
        number=number,
        start=start,
        end=end,
        words=words,
        sender=_short(sender, _LONGEST_NAME),
        written=_short(written, _LONGEST_TIME),
        at=_short(at, _LONGEST_TIME),
        kind=cast(MessageKind, kind),
        outgoing=outgoing if isinstance(outgoing, bool) else None,
        attachments=tuple(_short(each, _LONGEST_PATH) for each in paths[:_MOST_ATTACHMENTS]),
        conversation=conversation,
        own_id=own_id,
        reply_to=reply_to,
    )


def _short(value: object, longest: int) -> str:
    return str(value).replace("\x00", "\ufffd")[:longest]
