"""The JavaScript files of an archive from X (Twitter): direct messages, posts and the account.

Each file is ``window.YTD.<part>.part<n> = [...]``. People are numbers there; only the account file
says which name belongs to one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from amparo.extract.conversations import broken_json
from amparo.extract.conversations.moments import from_iso, from_mail
from amparo.extract.conversations.shapes import listed, objects, one
from amparo.extract.conversations.values import Archive, Said

__all__ = ["is_script", "read"]

_OPENING = re.compile(r"\s*window\.YTD\.(\w+)\.part(\d+)\s*=\s*")
_ACCOUNT = ("username", "accountDisplayName", "accountId", "email", "phoneNumber", "createdAt")
_OTHER_EVENTS = {
    "joinConversation": "joined the conversation",
    "participantsJoin": "people joined",
    "participantsLeave": "people left",
    "conversationNameUpdate": "renamed the conversation",
    "reactionCreate": "reacted",
}


def is_script(text: str) -> bool:
    """Whether a text is a file of such an archive that is read here."""
    found = _OPENING.match(text)
    return bool(found) and _reader(found[1]) is not None  # type: ignore[index]


def read(text: str) -> Archive | None:
    """Read a file; None when it is not the JSON that it should be."""
    found = _OPENING.match(text)
    reader = _reader(found[1]) if found else None
    if found is None or reader is None:
        return None
    parsed = broken_json.parse(text[found.end() :].rstrip().rstrip(";"))
    if parsed is None or not isinstance(parsed[0], list):
        return None
    archive: Archive = reader(objects(parsed[0]))
    return replace(archive, remarks=[*archive.remarks, *filter(None, parsed[1:])])


def _reader(part: str) -> Any:
    if part.startswith("direct_message") and "header" not in part:
        return _messages
    if part in ("tweet", "tweets", "deleted_tweets", "community_tweet"):
        return _posts
    return _account if part == "account" else None


def _account(rows: list[Mapping[str, Any]]) -> Archive:
    account = one(rows[0].get("account")) if rows else {}
    named = [f"{key}: {account[key]}" for key in _ACCOUNT if account.get(key)]
    return Archive(
        maker="X",
        form="account file of an archive",
        said=(),
        title=str(account.get("username", "")),
        claims=[f"The archive says that it is of the account {', '.join(named)}."],
        facts={f"x:{key}": str(account[key]) for key in _ACCOUNT if account.get(key)},
    )


def _messages(rows: list[Mapping[str, Any]]) -> Archive:
    threads = objects([row.get("dmConversation") for row in rows])
    said: list[Said] = []
    for thread in threads:
        name = "" if len(threads) == 1 else str(thread.get("conversationId", ""))
        own = [_event(each, name) for each in objects(thread.get("messages"))]
        said += sorted(filter(None, own), key=lambda each: each.at)
    return Archive(
        maker="X",
        form="direct messages of an archive",
        said=said,
        title=str(threads[0].get("conversationId", "")) if len(threads) == 1 else "",
        people=list(dict.fromkeys(_recipients(threads))),
        claims=["This file names people by numbers; the archive's account.js says whose it is."],
        settings={"zone": "UTC"},
    )


def _recipients(threads: list[Mapping[str, Any]]) -> Iterator[str]:
    for thread in threads:
        for message in objects(thread.get("messages")):
            created = one(message.get("messageCreate"))
            if created.get("recipientId"):
                yield str(created["recipientId"])


def _event(event: Mapping[str, Any], conversation: str) -> Said | None:
    created = event.get("messageCreate") or event.get("welcomeMessageCreate")
    if isinstance(created, dict):
        return _message(created, conversation)
    for key, words in _OTHER_EVENTS.items():
        told = event.get(key)
        if isinstance(told, dict):
            who = str(told.get("initiatingUserId") or told.get("senderId") or "")
            more = told.get("name") or told.get("reactionKey") or told.get("userIds") or ""
            more = ", ".join(map(str, more)) if isinstance(more, list) else str(more)
            when = str(told.get("createdAt", ""))
            text = ": ".join(filter(None, [words, more]))
            return Said(who, when, text, from_iso(when), "notice", conversation=conversation)
    return None


def _message(created: Mapping[str, Any], conversation: str) -> Said:
    when, own_id = str(created.get("createdAt", "")), str(created.get("id", ""))
    links = [
        str(link.get("expanded")) for link in objects(created.get("urls")) if link.get("expanded")
    ]
    return Said(
        sender=str(created.get("senderId", "")),
        sender_id=str(created.get("senderId", "")),
        written=when,
        at=from_iso(when),
        text="\n".join(filter(None, [str(created.get("text", "")), *map("[{}]".format, links)])),
        attachments=tuple(
            f"direct_messages_media/{own_id}-{_last(url)}"
            for url in listed(created.get("mediaUrls"))
        ),
        conversation=conversation,
        own_id=own_id,
    )


def _posts(rows: list[Mapping[str, Any]]) -> Archive:
    said = [_post(post) for post in objects([row.get("tweet", row) for row in rows])]
    return Archive(
        maker="X",
        form="posts of an archive",
        said=sorted(said, key=lambda each: each.at),
        claims=["This file does not name who posted; the archive's account.js says whose it is."],
        settings={"zone": "UTC"},
    )


def _post(post: Mapping[str, Any]) -> Said:
    when, own_id = str(post.get("created_at", "")), str(post.get("id_str") or post.get("id") or "")
    entities = one(post.get("extended_entities") or post.get("entities"))
    urls = [str(each.get("media_url", "")) for each in objects(entities.get("media"))]
    return Said(
        sender="the account of the archive",
        written=when,
        at=from_mail(when) or from_iso(when),
        text=str(post.get("full_text") or post.get("text") or ""),
        outgoing=True,
        attachments=tuple(f"tweets_media/{own_id}-{_last(url)}" for url in urls if url),
        own_id=own_id,
        reply_to=str(post.get("in_reply_to_status_id_str") or ""),
    )


def _last(url: object) -> str:
    return str(url).rpartition("/")[2].partition("?")[0]
