"""An archive of messages as pages: first what it says of itself, then its messages, 25 a page.

Each message begins with a line that names its time as written and its sender, so that the text of
a page can be read, quoted and printed as it stands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import pairwise

from amparo.extract.conversations.values import Archive, Said
from amparo.extract.reading import Message, PageText, Reading
from amparo.extract.sections import clean

__all__ = ["as_reading"]

A_PAGE = 25
_LONGEST_PAGE = 20_000
_MOST_PEOPLE = 500


def as_reading(archive: Archive, *, more: str = "", encoding: str = "") -> Reading:
    """Make a reading of an archive; ``more`` is what the reader of the file has to remark."""
    said = _told_apart(archive.said)
    remarks = [each for each in (*archive.remarks, more) if each]
    return Reading(
        status="partial" if remarks else "read",
        reason=" ".join(remarks),
        pages=_pages(archive, said),
        metadata=_facts(archive, said),
        tool="amparo conversations",
        tool_version=version("amparo"),
        settings={**archive.settings, **({"encoding": encoding} if encoding else {})},
    )


def _told_apart(said: Sequence[Said]) -> list[Said]:
    """Add the account's own id to names that several accounts go by."""
    accounts: dict[str, set[str]] = {}
    for each in said:
        accounts.setdefault(each.sender, set()).add(each.sender_id)
    return [
        _with_id(each) if each.sender_id and len(accounts[each.sender]) > 1 else each
        for each in said
    ]


def _with_id(said: Said) -> Said:
    return replace(said, sender=f"{said.sender} ({said.sender_id})".strip())


def _pages(archive: Archive, said: Sequence[Said]) -> Iterator[PageText]:
    yield PageText(1, 0.0, 0.0, _cover(archive, said), source="converted", label="")
    for number, (first, group) in enumerate(_groups(said), 2):
        text, messages = _set(first, group)
        yield PageText(
            number, 0.0, 0.0, text, source="converted", label=_label(group), messages=messages
        )


def _groups(said: Sequence[Said]) -> Iterator[tuple[int, Sequence[Said]]]:
    """Give pages as the number of the first message and the messages, in the order of the file."""
    start = size = 0
    for at, each in enumerate(said):
        parted = at > start and each.conversation != said[at - 1].conversation
        if at > start and (parted or at - start == A_PAGE or size > _LONGEST_PAGE):
            yield start + 1, said[start:at]
            start, size = at, 0
        size += len(each.text)
    if start < len(said):
        yield start + 1, said[start:]


def _set(first: int, group: Sequence[Said]) -> tuple[str, tuple[Message, ...]]:
    texts: list[str] = []
    messages: list[Message] = []
    at = 0
    for number, each in enumerate(group, first):
        head = clean(f"[{each.written or 'no time'}] {each.sender or '—'}").replace("\n", " ")
        words = clean(each.text)
        text = f"{head}:\n{words}" if words else f"{head}:"
        beside = [path for path in each.attachments if path not in words]
        if beside:
            text += "\n" + "\n".join(f"[{clean(path)}]" for path in beside)
        messages.append(_message(number, at, text, len(head) + 1 + bool(words), each))
        texts.append(text)
        at += len(text) + 2
    return "\n\n".join(texts), tuple(messages)


def _message(number: int, start: int, text: str, words: int, said: Said) -> Message:
    return Message(
        number=number,
        start=start,
        end=start + len(text),
        words=start + min(words, len(text)),
        sender=said.sender,
        written=said.written,
        at=said.at,
        kind=said.kind,
        outgoing=said.outgoing,
        attachments=said.attachments,
        conversation=said.conversation,
        own_id=said.own_id,
        reply_to=said.reply_to,
    )


def _label(group: Sequence[Said]) -> str:
    days = [each.at[:10] for each in group if each.at]
    span = "" if not days else days[0] if days[0] == days[-1] else f"{days[0]} – {days[-1]}"
    return " · ".join(filter(None, [group[0].conversation, span]))


def _cover(archive: Archive, said: Sequence[Said]) -> str:
    """Names and figures without words of ours, which would count for the chat's language."""
    people = [f"{name}: {count}" for name, count in _people(archive, said)[:_MOST_PEOPLE]]
    lines = [archive.maker, archive.title, _span(said), *people]
    return "\n".join(clean(line) for line in lines if line)


def _people(archive: Archive, said: Sequence[Said]) -> list[tuple[str, int]]:
    """Everyone who is named, with how many messages are theirs: who wrote most comes first."""
    counts = Counter(each.sender for each in said if each.sender)
    silent = [(name, 0) for name in dict.fromkeys(archive.people) if name not in counts]
    return [*counts.most_common(), *silent]


def _span(said: Sequence[Said]) -> str:
    days = sorted(each.at[:10] for each in said if len(each.at) >= 10)
    return f"{days[0]} – {days[-1]}" if days else ""


def _facts(archive: Archive, said: Sequence[Said]) -> dict[str, str]:
    people = _people(archive, said)
    days = sorted(each.at[:10] for each in said if len(each.at) >= 10)
    named = list(dict.fromkeys(each.conversation for each in said if each.conversation))
    facts = {
        "title": archive.title,
        "chat:archive": f"{archive.maker}, {archive.form}",
        "chat:says of itself": " ".join(archive.claims),
        "chat:people": "\n".join(name for name, _ in people[:_MOST_PEOPLE]),
        "chat:messages": str(len(said)),
        "chat:conversations": str(len(named)) if len(named) > 1 else "",
        "chat:first day": days[0] if days else "",
        "chat:last day": days[-1] if days else "",
        "chat:attachments": str(sum(len(each.attachments) for each in said) or ""),
        "chat:times": " ".join(_about_times(said)),
        **archive.facts,
    }
    return {name: value for name, value in facts.items() if value}


def _about_times(said: Sequence[Said]) -> list[str]:
    """Say where a message is older than the one above it, by more than clocks differ."""
    back = sum(
        one.conversation == other.conversation and other.at[:10] < one.at[:10]
        for one, other in pairwise([each for each in said if len(each.at) >= 10])
    )
    return [f"{back} messages carry an earlier day than the one above them."] if back else []
