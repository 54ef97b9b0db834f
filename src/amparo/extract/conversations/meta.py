"""Messages in the archives that Facebook and Instagram give their users, as JSON.

Strings there are UTF-8 whose bytes were written as if each were a letter of Latin-1 ("CafÃ©");
they are put right where all their letters are such bytes and make valid UTF-8, and only there.
Messages come newest first and are put in the order of their own times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from amparo.extract.conversations.moments import from_epoch, from_iso
from amparo.extract.conversations.shapes import listed, objects
from amparo.extract.conversations.values import Archive, Said

__all__ = ["is_json", "mended", "read_json"]

_MEDIA = ("photos", "videos", "audio_files", "gifs", "files", "media")
_NETWORKS = (("instagram", "Instagram"), ("facebook", "Facebook"))


def is_json(text: str) -> bool:
    """Whether a text looks like one of these archives, before it is parsed."""
    old = '"sender_name"' in text and '"timestamp_ms"' in text
    new = '"senderName"' in text and '"threadName"' in text
    oldest = '"conversation"' in text and '"created_at"' in text and '"sender"' in text
    return '"participants"' in text and (old or new or oldest)


def mended(text: str) -> str:
    """Put right a string whose UTF-8 was taken for Latin-1; others stay as they are."""
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def read_json(data: Any, text: str) -> Archive | None:
    """Read the parsed JSON; ``text`` tells the network by the paths in it. None for others."""
    count = _Count()
    threads = [each for each in objects([data, *listed(data)]) if _messages(each)]
    if not threads:
        return None
    alone = len(threads) == 1
    said = [each for thread in threads for each in _said_in(thread, count, alone=alone)]
    people = [name for thread in threads for name in _people(thread, count)]
    return Archive(
        maker=_network(text),
        form="JSON export of messages",
        said=said,
        title=_title(threads[0], count) if alone else "",
        people=list(dict.fromkeys(people)),
        claims=["The file does not say whose account it was exported from."],
        settings={
            "zone": "UTC",
            "strings put right": f"{count.mended} (UTF-8 that was taken for Latin-1)",
        },
    )


class _Count:
    """How many strings were put right."""

    mended = 0

    def text(self, value: object) -> str:
        """Give a value as text, put right."""
        before = str(value or "")
        after = mended(before)
        self.mended += after != before
        return after


def _network(text: str) -> str:
    head = text[:200_000].lower()
    found = [name for word, name in _NETWORKS if f"{word}_activity" in head or f"{word}/" in head]
    return found[0] if len(found) == 1 else "Facebook or Instagram"


def _messages(thread: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return objects(thread.get("messages", thread.get("conversation")))


def _title(thread: Mapping[str, Any], count: _Count) -> str:
    return count.text(thread.get("title") or thread.get("threadName"))


def _people(thread: Mapping[str, Any], count: _Count) -> Iterator[str]:
    for person in listed(thread.get("participants")):
        yield count.text(person.get("name") if isinstance(person, dict) else person)


def _said_in(thread: Mapping[str, Any], count: _Count, *, alone: bool) -> list[Said]:
    name = "" if alone else _title(thread, count) or ", ".join(_people(thread, count))
    said = [_said(message, name, count) for message in _messages(thread)]
    newest_first = len(said) > 1 and said[0].at > said[-1].at
    if newest_first:
        said.reverse()
    return sorted(said, key=lambda each: each.at) if all(each.at for each in said) else said


def _said(message: Mapping[str, Any], conversation: str, count: _Count) -> Said:
    number = message.get("timestamp_ms", message.get("timestamp"))
    at = from_epoch(number) or from_iso(message.get("created_at"))
    unsent = bool(message.get("is_unsent") or message.get("isUnsent"))
    call = message.get("call_duration") is not None
    sender = message.get("sender_name") or message.get("senderName") or message.get("sender")
    return Said(
        sender=count.text(sender),
        written=at or str(number if number is not None else message.get("created_at", "")),
        at=at,
        text="\n".join(filter(None, _words(message, count))),
        kind="deleted" if unsent else "call" if call else "said",
        attachments=tuple(_files(message)),
        conversation=conversation,
    )


def _words(message: Mapping[str, Any], count: _Count) -> Iterator[str]:
    yield count.text(message.get("content") or message.get("text"))
    share = message.get("share")
    if isinstance(share, dict):
        shared = (count.text(share.get(key)) for key in ("share_text", "link"))
        yield "[shared] " + " ".join(filter(None, shared))
    if isinstance(message.get("sticker"), dict):
        yield "[sticker]"
    for each in objects(message.get("reactions")):
        if each.get("reaction"):
            yield f"[{count.text(each['reaction'])} {count.text(each.get('actor'))}]"


def _files(message: Mapping[str, Any]) -> Iterator[str]:
    for key in _MEDIA:
        for each in objects(message.get(key)):
            uri = each.get("uri")
            if isinstance(uri, str) and uri and "://" not in uri:
                yield mended(uri).removeprefix("./")
