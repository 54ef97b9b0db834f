"""Telegram's exports: JSON of one chat or of a whole account, and HTML pages of one chat.

The JSON of an account says whose it is (``personal_information``); a message is called outgoing
when that account wrote it, by the archive's own ids. Times are UTC where the archive gives them as
a number, else in the zone that it names, else in one that it does not name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree, html

from amparo.extract.conversations.moments import from_epoch, from_iso
from amparo.extract.conversations.shapes import objects, one
from amparo.extract.conversations.values import Archive, Said

__all__ = ["is_html", "is_json", "read_html", "read_json"]

_FILES = ("photo", "file")
_NOT_INCLUDED = "("
_TITLE_TIME = re.compile(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2}:\d{2})(?: UTC([+-]\d{2}:\d{2}))?")
_GO_TO = re.compile(r"#go_to_message(-?\d+)")
_ACCOUNT = ("first_name", "last_name", "phone_number", "username", "user_id")


def is_json(text: str) -> bool:
    """Whether a text looks like Telegram's JSON, before it is parsed."""
    ids = '"from_id"' in text or '"actor_id"' in text
    return ids and '"messages"' in text and '"type"' in text


def read_json(data: Any) -> Archive | None:
    """Read the parsed JSON; None when it has not the shape of an export."""
    if not isinstance(data, dict):
        return None
    account = one(data.get("personal_information"))
    owner = f"user{account['user_id']}" if account.get("user_id") else ""
    chats = list(_chats(data))
    if not chats:
        return None
    said = [each for chat in chats for each in _said_in(chat, owner, alone=len(chats) == 1)]
    return Archive(
        maker="Telegram",
        form="JSON export",
        said=said,
        title=_name(chats[0]) if len(chats) == 1 else "",
        claims=_claims(account, owner, said),
        settings={"zone": "UTC" if any(each.at.endswith("Z") for each in said) else "not named"},
    )


def _chats(data: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if isinstance(data.get("messages"), list):
        yield data
    for part in ("chats", "left_chats"):
        for chat in objects(one(data.get(part)).get("list")):
            if isinstance(chat.get("messages"), list):
                yield chat


def _name(chat: Mapping[str, Any]) -> str:
    return str(chat.get("name") or chat.get("type") or "")


def _said_in(chat: Mapping[str, Any], owner: str, *, alone: bool) -> Iterator[Said]:
    name = "" if alone else _name(chat) or f"chat {chat.get('id', '')}"
    for message in objects(chat["messages"]):
        yield _said(message, name, owner)


def _said(message: Mapping[str, Any], conversation: str, owner: str) -> Said:
    service = message.get("type") == "service"
    account = str(message.get("actor_id" if service else "from_id") or "")
    sender = message.get("actor" if service else "from")
    files = [message.get(key) for key in _FILES]
    action = str(message.get("action", ""))
    return Said(
        sender=str(sender or account or ""),
        sender_id=account,
        written=str(message.get("date", "")),
        at=from_epoch(message.get("date_unixtime"), per_second=1) or from_iso(message.get("date")),
        text=_service(message, action) if service else _words(message),
        kind="call" if action == "phone_call" else "notice" if service else "said",
        outgoing=account == owner if owner and account else None,
        attachments=tuple(
            path for path in files if isinstance(path, str) and not path.startswith(_NOT_INCLUDED)
        ),
        conversation=conversation,
        own_id=str(message.get("id", "")),
        reply_to=str(message.get("reply_to_message_id") or ""),
    )


def _words(message: Mapping[str, Any]) -> str:
    lines = []
    if message.get("forwarded_from"):
        lines.append(f"[forwarded from {message['forwarded_from']}]")
    lines.append(_flat(message.get("text", "")))
    named = (str(message.get(key, "")) for key in _FILES)
    lines += [name for name in named if name.startswith(_NOT_INCLUDED)]
    place = message.get("location_information")
    if isinstance(place, dict):
        lines.append(f"[location {place.get('latitude')}, {place.get('longitude')}]")
    contact = message.get("contact_information")
    if isinstance(contact, dict):
        lines.append("[contact " + " ".join(str(each) for each in contact.values() if each) + "]")
    poll = message.get("poll")
    if isinstance(poll, dict):
        lines.append(f"[poll: {poll.get('question', '')}]")
    if message.get("edited"):
        lines.append(f"[edited {message['edited']}]")
    return "\n".join(filter(None, lines))


def _flat(text: Any) -> str:
    """Join the pieces of a text with its links and styles."""
    if isinstance(text, list):
        return "".join(_flat(piece) for piece in text)
    return _flat(text.get("text", "")) if isinstance(text, dict) else str(text or "")


def _service(message: Mapping[str, Any], action: str) -> str:
    told = [action.replace("_", " ")]
    for key in ("title", "members", "inviter", "duration_seconds", "discard_reason", "text"):
        value = message.get(key)
        if value:
            named = isinstance(value, list) and all(isinstance(each, str) for each in value)
            told.append(", ".join(value) if named else _flat(value))
    return ": ".join(filter(None, [told[0], ", ".join(filter(None, told[1:]))]))


def _claims(account: Mapping[str, Any], owner: str, said: Sequence[Said]) -> list[str]:
    named = [str(account[key]) for key in _ACCOUNT if account.get(key)]
    if not named:
        return ["The archive does not say whose account it was exported from."]
    claims = [f"The archive says that it is of the account {', '.join(named)}."]
    if owner and said and not any(each.sender_id == owner for each in said):
        claims.append("That account wrote none of the messages in it.")
    return claims


def is_html(text: str) -> bool:
    """Whether a text looks like a page of Telegram's HTML export."""
    return "pull_right date details" in text and "from_name" in text and 'id="message' in text


def read_html(text: str) -> Archive | None:
    """Read a page of the export; None when there are no messages in it."""
    try:
        root = html.document_fromstring(text, parser=html.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError):
        return None
    said: list[Said] = []
    for element in root.iter("div"):
        if "message" in _classes(element) and str(element.get("id", "")).startswith("message"):
            said.append(_said_in_html(element, said[-1] if said else None))
    if not said:
        return None
    heads = _of_class(root, "page_header")
    title = _text(_of_class(heads[0], "text")) if heads else ""
    return Archive(
        maker="Telegram",
        form="HTML export",
        said=said,
        title=title,
        claims=["The archive does not say whose account it was exported from."],
        settings={"zone": "as the page names it, where it does"},
    )


def _said_in_html(element: html.HtmlElement, before: Said | None) -> Said:
    own_id = str(element.get("id", "")).removeprefix("message")
    bodies = _of_class(element, "body")
    if "service" in _classes(element):
        return Said("", _text(bodies[:1]), _text(bodies[:1]), kind="notice", own_id=own_id)
    dates = [str(each.get("title", "")) for each in _of_class(element, "date") if each.get("title")]
    forwarded = _of_class(element, "forwarded")
    names = [
        each for each in _of_class(element, "from_name")
        if not any(outer in forwarded for outer in each.iterancestors())
    ]  # fmt: skip
    joined = "joined" in _classes(element) and before is not None
    sender = _text(names[:1]) or (before.sender if joined and before else "")
    written = dates[0] if dates else ""
    replies = _of_class(element, "reply_to")
    target = _GO_TO.search(str(etree.tostring(replies[0], encoding="unicode"))) if replies else None
    return Said(
        sender=sender,
        written=written,
        at=_title_time(written),
        text=_html_words(element, forwarded),
        attachments=tuple(dict.fromkeys(_links(element))),
        own_id=own_id,
        reply_to=target[1] if target else "",
    )


def _html_words(element: html.HtmlElement, forwarded: Sequence[html.HtmlElement]) -> str:
    lines = []
    if forwarded:
        lines.append(f"[forwarded from {_text(_of_class(forwarded[0], 'from_name')[:1])}]")
    media = _of_class(element, "media_wrap")
    lines += [_text([each]) for each in _of_class(element, "text")]
    lines += [f"[{_text([each])}]" for each in media if _text([each])]
    return "\n".join(filter(None, lines))


def _links(element: html.HtmlElement) -> Iterator[str]:
    """Paths of files beside the page; addresses of the web are none."""
    for wrap in _of_class(element, "media_wrap"):
        for link in wrap.iter("a"):
            path = str(link.get("href", ""))
            if path and ":" not in path and not path.startswith(("#", "/", "..")):
                yield path


def _title_time(written: str) -> str:
    found = _TITLE_TIME.match(written)
    if not found:
        return ""
    day, month, year, clock, zone = found.groups()
    return from_iso(f"{year}-{month}-{day}T{clock}{zone or ''}")


def _classes(element: html.HtmlElement) -> list[str]:
    return str(element.get("class", "")).split()


def _of_class(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return [each for each in element.iterdescendants("div", "span") if name in _classes(each)]


def _text(elements: Sequence[html.HtmlElement]) -> str:
    """The words of the first element, with its line breaks."""
    if not elements:
        return ""
    lines: list[str] = [""]
    for event, element in etree.iterwalk(elements[0], events=("start", "end")):
        if event == "start":
            if element.tag == "br":
                lines.append("")
            lines[-1] += " ".join((element.text or "").split("\n"))
        elif element is not elements[0]:
            if element.tag == "div":
                lines.append("")
            lines[-1] += " ".join((element.tail or "").split("\n"))
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))
