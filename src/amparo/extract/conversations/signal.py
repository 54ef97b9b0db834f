"""Signal as text: sigtop's two text forms, signal-export's ``chat.md`` and ``data.json``, and the
SMS XML that Signal for Android once wrote and backup programs for text messages still write.

Signal itself exports no readable text today; these programs read its store and write "You" or "Me"
for whoever ran them, which makes a message outgoing here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from amparo.extract.conversations.moments import from_epoch, from_iso, from_mail
from amparo.extract.conversations.values import Archive, Said
from amparo.extract.parts import xml_parser

__all__ = [
    "is_lines",
    "is_markdown",
    "is_sms",
    "is_text",
    "read_lines",
    "read_markdown",
    "read_sms",
    "read_text",
]

_OWNER = "The program that made it writes “{}” for whoever ran it, and does not say who that was."
_FIELD = re.compile(r"(From|Type|Sent|Received|Attachment|Reaction|Edited): (.*)")
_MARKED = re.compile(r"\[(\d{4}-\d\d-\d\d,? \d\d:\d\d(?::\d\d)?)\] ([^\n]{1,80}?): ?(.*)")
_SHORT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d) ([^\n:]{1,80}):(?: (.*))?$")
_LINK = re.compile(r"!?\[[^\]\n]*\]\((?:<|\./)*([^)\n>]+)>?\)")
_MADE_SIZE = re.compile(r"(.*) \(([^()]*), (\d+) bytes\)")
_MARKS = ("](./", "](media/", "(- ", "(( ", "] Me: ")


def is_text(text: str) -> bool:
    """Whether a text looks like what sigtop writes."""
    if text.startswith("Conversation: "):
        head = text[:4000]
        return "\nFrom: " in head or "\nType: " in head
    lines = list(islice(filter(None, text[:20_000].split("\n")), 20))
    return len(lines) > 1 and sum(bool(_SHORT.match(line)) for line in lines) > len(lines) // 2


def read_text(text: str) -> Archive:
    """Read sigtop's text, long or short."""
    if text.startswith("Conversation: "):
        title = text.partition("\n")[0].removeprefix("Conversation: ")
        return _archive("text by sigtop", list(_long(text)), title, "You")
    return _archive("short text by sigtop", list(_in_lines(text, _SHORT)), "", "You")


def is_markdown(text: str, name: str) -> bool:
    """Whether a text looks like ``chat.md``: lines alone do not tell it from other exports."""
    marked = _MARKED.match(text.lstrip("\ufeff\n")) is not None
    ours = PurePosixPath(name.lower()).suffix in (".md", ".markdown")
    return marked and (ours or any(mark in text for mark in _MARKS[:2]))


def read_markdown(text: str) -> Archive:
    """Read ``chat.md``."""
    said = list(_in_lines(text, _MARKED))
    return _archive("chat.md by signal-export", said, "", "Me")


def is_lines(text: str) -> bool:
    """Whether a text looks like signal-export's ``data.json``: one message a line."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    return first.startswith("{") and all(
        f'"{key}"' in first for key in ("date", "sender", "body", "attachments")
    )


def read_lines(text: str) -> Archive:
    """Read ``data.json``; lines that are no JSON are counted."""
    said: list[Said] = []
    broken = 0
    for line in filter(str.strip, text.split("\n")):
        try:
            said.append(_from_json(json.loads(line)))
        except (ValueError, AttributeError, RecursionError):
            broken += 1
    archive = _archive("data.json by signal-export", said, "", "Me")
    if not broken:
        return archive
    return Archive(
        archive.maker, archive.form, said, claims=archive.claims, settings=archive.settings,
        remarks=[f"{broken} of its lines are no messages and were left out."],
    )  # fmt: skip


def is_sms(text: str) -> bool:
    """Whether a text looks like the XML of text messages."""
    return "<smses" in text[:4000]


def read_sms(text: str) -> Archive | None:
    """Read the XML; None when it cannot be parsed."""
    bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff"), count=1)
    try:
        root = etree.fromstring(bare.encode(), xml_parser(mend=True))
    except (etree.LxmlError, ValueError):
        return None
    if root is None:
        return None
    said = [_sms(element) for element in root.iter("sms")]
    return Archive(
        maker="Text messages",
        form="XML as Signal for Android and backup programs write it",
        said=said,
        claims=["The file does not say whose phone it was exported from."],
        settings={"zone": "UTC"},
    )


def _archive(form: str, said: Sequence[Said], title: str, owner: str) -> Archive:
    return Archive(
        maker="Signal",
        form=form,
        said=said,
        title=title,
        claims=[_OWNER.format(owner)],
        settings={"zone": "as written, where it is"},
    )


def _long(text: str) -> Iterator[Said]:
    """Messages of the long form: fields, a blank line, the words, a blank line."""
    body = text.partition("\n")[2].lstrip("\n")
    for block in re.split(r"\n\n(?=(?:From: [^\n]*\n)?Type: [\w-]+\n)", body):
        fields: dict[str, list[str]] = {}
        lines = block.split("\n")
        while lines and (found := _FIELD.match(lines[0])):
            fields.setdefault(found[1], []).append(found[2])
            lines.pop(0)
        if not fields:
            continue
        yield _from_fields(fields, "\n".join(lines).strip("\n"))


def _from_fields(fields: dict[str, list[str]], words: str) -> Said:
    kind, sent = fields.get("Type", [""])[0], fields.get("Sent", [""])[0]
    names = [_MADE_SIZE.match(each) for each in fields.get("Attachment", ())]
    reactions = [f"[{each}]" for each in fields.get("Reaction", ())]
    said = kind in ("incoming", "outgoing")
    return Said(
        sender=fields.get("From", [""])[0],
        written=sent,
        at=from_mail(sent),
        text="\n".join(filter(None, [words or ("" if said else f"[{kind}]"), *reactions])),
        kind="said" if said else "call" if "call" in kind else "notice",
        outgoing=kind == "outgoing" if said else None,
        attachments=tuple(each[1] for each in names if each and each[1] != "no filename"),
    )


def _in_lines(text: str, head: re.Pattern[str]) -> Iterator[Said]:
    """Messages that begin with a time and a name, and go on until the next one begins."""
    found: re.Match[str] | None = None
    lines: list[str] = []
    for line in text.lstrip("\ufeff").split("\n"):
        begins = head.match(line)
        if begins is None:
            lines.append(line)
            continue
        if found is not None:
            yield _from_line(found, lines)
        found, lines = begins, [begins[3] or ""]
    if found is not None:
        yield _from_line(found, lines)


def _from_line(found: re.Match[str], lines: Sequence[str]) -> Said:
    words = "\n".join(lines).strip()
    return Said(
        sender=found[2],
        written=found[1],
        at=from_iso(found[1]),
        text=words,
        outgoing=found[2] in ("You", "Me"),
        attachments=tuple(path for path in _LINK.findall(words) if ":" not in path),
    )


def _from_json(row: Any) -> Said:
    files = [each.get("path") for each in row.get("attachments") or () if isinstance(each, dict)]
    when = str(row.get("date", ""))
    return Said(
        sender=str(row.get("sender", "")),
        written=when,
        at=from_iso(when),
        text="\n".join(filter(None, [str(row.get("quote") or ""), str(row.get("body") or "")])),
        kind="deleted" if row.get("deleted") else "call" if row.get("call") else "said",
        outgoing=row.get("sender") == "Me",
        attachments=tuple(str(path).removeprefix("./") for path in files if path),
    )


def _sms(element: etree._Element) -> Said:
    number = str(element.get("address", ""))
    name = str(element.get("contact_name", "")).replace("(Unknown)", "").replace("null", "")
    other = f"{name} ({number})" if name else number
    outgoing = element.get("type") in ("2", "4", "5", "6")
    at = from_epoch(element.get("date"))
    return Said(
        sender="the phone's owner" if outgoing else other,
        written=str(element.get("readable_date") or at or element.get("date", "")),
        at=at,
        text=str(element.get("body", "")),
        outgoing=outgoing,
        conversation=other,
    )
