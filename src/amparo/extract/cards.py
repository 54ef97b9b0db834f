"""Calendars (iCalendar, RFC 5545) and address cards (vCard 2.1 to 4.0, RFC 6350) as lines.

Folded lines are joined, quoted-printable and backslash escapes undone, each property printed as
"Summary: …". Embedded pictures and keys are named, not printed. Values stay as stated.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amparo.extract.charsets import Decoded, canonical

__all__ = ["read"]

_WORDS: Mapping[str, str] = {
    "FN": "Name", "N": "Name in parts", "TEL": "Telephone", "ADR": "Address", "ORG": "Organisation",
    "BDAY": "Born", "DTSTART": "Starts", "DTEND": "Ends", "DTSTAMP": "Stamped", "RRULE": "Repeats",
    "CREATED": "Created", "LAST-MODIFIED": "Modified", "REV": "Revised", "URL": "Web address",
}  # fmt: skip
_COMPONENTS: Mapping[str, str] = {
    "VEVENT": "Event", "VTODO": "Task", "VJOURNAL": "Note", "VCARD": "Card", "VALARM": "Reminder",
    "VFREEBUSY": "Free and busy times",
}  # fmt: skip
_FOLDED = re.compile(r"\r?\n[ \t]")
_SOFT_BREAK = re.compile(r"=\r?\n")
_ESCAPES = {"n": "\n", "N": "\n"}


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: Mapping[str, str]
    value: str


def read(data: bytes, decoded: Decoded) -> tuple[list[tuple[str, str]], dict[str, str], str]:
    """Give one section an event, task or card, the facts of the first, and no remark."""
    del data
    parts: list[tuple[str, str]] = []
    facts: dict[str, str] = {}
    inside: list[str] = []
    lines: list[str] = []
    for prop in _properties(decoded.text):
        if prop.name in ("BEGIN", "END"):
            if lines:
                parts.append((_COMPONENTS.get(inside[-1], "") if inside else "", "\n".join(lines)))
            lines = []
            inside = [*inside, prop.value.strip().upper()] if prop.name == "BEGIN" else inside[:-1]
        elif "VTIMEZONE" not in inside:
            lines.append(_printed(prop))
            if inside and inside[-1] in _COMPONENTS:
                _note(facts, prop)
    if lines:
        parts.append(("", "\n".join(lines)))
    return parts, facts, ""


def _properties(text: str) -> Iterator[_Property]:
    text = _FOLDED.sub("", _join_quoted_printable(text))
    for line in text.splitlines():
        head, colon, value = _split(line)
        if not colon:
            continue
        name, *rest = head.split(";")
        parameters = dict(_parameter(each) for each in rest)
        yield _Property(name.rpartition(".")[2].upper(), parameters, _value(value, parameters))


def _join_quoted_printable(text: str) -> str:
    """Join the soft line breaks of vCard 2.1's quoted-printable values."""
    return _SOFT_BREAK.sub("=\n ", text) if "QUOTED-PRINTABLE" in text.upper() else text


def _split(line: str) -> tuple[str, str, str]:
    """Part a line at its first colon outside quotation marks."""
    quoted = False
    for place, letter in enumerate(line):
        if letter == '"':
            quoted = not quoted
        elif letter == ":" and not quoted:
            return line[:place], ":", line[place + 1 :]
    return line, "", ""


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if equals:
        return name.upper(), value.strip('"')
    return ("ENCODING" if name.upper() in ("QUOTED-PRINTABLE", "BASE64") else "TYPE"), name


def _value(value: str, parameters: Mapping[str, str]) -> str:
    encoding = parameters.get("ENCODING", "").upper()
    if encoding == "QUOTED-PRINTABLE":
        raw = quopri.decodestring(value.replace("==", "=").encode("utf-8", "replace"))
        charset = canonical(parameters.get("CHARSET")) or "utf-8"
        return raw.decode(charset, "replace")
    if encoding in ("B", "BASE64") or value.startswith("data:"):
        return f"({len(value) * 3 // 4} bytes, not printed)"
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[1]), value)


def _printed(prop: _Property) -> str:
    word = _WORDS.get(prop.name, prop.name.replace("-", " ").capitalize())
    told = ", ".join(
        f"{key.lower()} {value}" for key, value in prop.parameters.items() if key in _TOLD
    )
    return f"{word} ({told}): {prop.value}" if told else f"{word}: {prop.value}"


_TOLD = ("TZID", "CN", "TYPE", "ROLE", "PARTSTAT")


def _note(facts: dict[str, str], prop: _Property) -> None:
    key = {"SUMMARY": "title", "FN": "title", "ORGANIZER": "creator", "CREATED": "ical:created",
           "DTSTART": "ical:starts", "DTEND": "ical:ends", "LOCATION": "ical:location"}.get(
        prop.name
    )  # fmt: skip
    if key and prop.value:
        zone = prop.parameters.get("TZID")
        facts.setdefault(key, f"{prop.value} ({zone})" if zone else prop.value)
