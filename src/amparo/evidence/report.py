"""The custody report: what was received from whom, when and how, and what was done with it.

A PDF for a court's registry, set from the same records that a package carries. Everything that
people or evidence wrote is shown as text, in its own script and direction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Any

from amparo.base import dates
from amparo.base.errors import UnclearDate
from amparo.base.typeset import typeset
from amparo.evidence import custody
from amparo.evidence.ledger import Head
from amparo.evidence.package import Contents, PackagedItem

__all__ = ["LABELS", "custody_report"]

MOST_TAGGED = 500
"""Above so many files the structure for screen readers would be four fifths of the PDF."""

_FRACTION = re.compile(r"\.\d+Z$")

LABELS: Mapping[str, str] = {
    "title": "Custody report",
    "exported_by": "Exported by",
    "exported_at": "On",
    "purpose": "Purpose",
    "holds": "It holds",
    "holds_text": "{files} files, {size} in all",
    "holds_one": "1 file, {size}",
    "ledger": "Ledger",
    "ledger_text": "as it stood at entry {seq}, whose hash is",
    "key": "Sealed by the key",
    "about": (
        "This report lists every file of the matter as it was received, and everything that was "
        "recorded about its custody since. Each line is an entry of a ledger in which no entry can "
        "be changed or removed unnoticed; its number is given beside it. The digests are those of "
        "the files in the package that this report belongs to, and the program verify.py in it "
        "checks all of this without a network. What was written down later than it happened says "
        "so. The report does not vouch for what the files say."
    ),
    "received": "What was received",
    "file": "File",
    "received_at": "Received",
    "page": "Page",
    "path": "Received path",
    "type": "Type, size",
    "within": "Found inside",
    "when": "When",
    "recorded": "written down",
    "from": "Received from {name}",
    "from_nobody": "Received; from whom is not stated",
    "by": "Received by",
    "place": "Where",
    "method": "How",
    "device": "Device",
    "tool": "With",
    "modified": "Dated by its file system",
    "reconstruction": "Remark",
    "reconstruction_text": "written down later, from memory or other records",
    "entry": "Entry",
    "custody": "What was done with it since",
    "no_custody": "Nothing has been recorded since it was received.",
    "what": "What",
    "program": "Amparo",
    "not_stated": "not stated",
    "end": "End of the report",
}
"""Every word of the report that is not data; a translation gives the same keys."""


def custody_report(
    contents: Contents,
    *,
    fingerprint: str,
    head: Head,
    labels: Mapping[str, str] = LABELS,
    language: str = "en",
    paper: str = "a4",
) -> bytes:
    """Return the PDF. ``head`` is the ledger as it stood; ``fingerprint`` is its key's, in hex."""
    source = resources.files("amparo.evidence").joinpath("custody-report.typ").read_text("utf-8")
    page = _Page(contents, labels, language)
    inputs = {
        "language": language,
        "paper": paper,
        "labels": dict(labels),
        "matter": {"number": contents.matter.number, "title": contents.matter.title},
        "export": {
            "by": contents.export.by,
            "at": page.day(contents.export.at),
            "purpose": contents.export.purpose or labels["not_stated"],
        },
        "holds": page.holds(),
        "ledger": {"text": labels["ledger_text"].format(seq=head.seq), "head": head.entry_hash},
        "fingerprint": fingerprint,
        "items": page.items(),
    }
    made_at = datetime.fromisoformat(contents.export.at).replace(microsecond=0)
    tagged = len(contents.items) <= MOST_TAGGED
    return typeset(source, inputs=inputs, made_at=made_at, standard="a-2u", tagged=tagged)


class _Page:
    """The report's data in words, for one reader's language."""

    def __init__(self, contents: Contents, labels: Mapping[str, str], language: str) -> None:
        self._contents = contents
        self._labels = labels
        self._language = language
        self._people = {person.id: person.name for person in contents.people}
        self._titles = {each.item.id: _title(each) for each in contents.items}

    def holds(self) -> str:
        size = readable_size(sum(each.item.size for each in self._contents.items))
        count = len(self._contents.items)
        key = "holds_one" if count == 1 else "holds_text"
        return self._labels[key].format(files=f"{count:,}", size=size)

    def items(self) -> list[dict[str, Any]]:
        ordered = self._contents.in_order()
        return [self._item(number, each) for number, each in enumerate(ordered, 1)]

    def day(self, text: str) -> str:
        """A moment of the program's own, or a date as a person gave it."""
        if not text:
            return self._labels["not_stated"]
        try:
            return dates.display(dates.parse(_FRACTION.sub("Z", text)), self._language)
        except UnclearDate:
            return text

    def _item(self, number: int, each: PackagedItem) -> dict[str, Any]:
        first = each.acquisitions[0][0] if each.acquisitions else None
        return {
            "number": number,
            "title": _title(each),
            "path": each.item.path,
            "media_type": each.media_type,
            "size": readable_size(each.item.size),
            "sha256": each.item.sha256,
            "blake3": each.item.blake3,
            "within": self._titles.get(each.item.parent or "", ""),
            "from": first.from_whom if first else "",
            "received": self.day(first.occurred_at or first.recorded_at) if first else "",
            "acquisitions": [self._acquisition(came, seq) for came, seq in each.acquisitions],
            "events": [self._event(event, seq) for event, seq in each.events],
        }

    def _acquisition(self, came: custody.Acquired, seq: int) -> dict[str, Any]:
        say = self._labels
        heading = say["from"].format(name=came.from_whom) if came.from_whom else say["from_nobody"]
        pairs = [
            (say["by"], self._name(came.acquired_by)),
            (say["place"], came.place),
            (say["method"], came.method),
            (say["device"], came.device),
            (say["tool"], came.tool),
            (say["modified"], self.day(came.modified_at) if came.modified_at else ""),
            (say["reconstruction"], say["reconstruction_text"] if came.is_reconstruction else ""),
            (say["entry"], str(seq)),
        ]
        when = self._when(came.occurred_at, came.recorded_at)
        return {"heading": heading, "when": when, "facts": [list(p) for p in pairs if p[1]]}

    def _event(self, event: custody.Event, seq: int) -> dict[str, Any]:
        kind = custody.vocabulary()[event.kind]
        return {
            "when": self._when(event.occurred_at, event.recorded_at),
            "sentence": kind.sentence.format(actor=event.by_whom or self._name(event.actor)),
            "purpose": event.purpose,
            "entry": seq,
        }

    def _when(self, occurred_at: str, recorded_at: str) -> dict[str, str]:
        """When it happened and, where that differs, when it was written down."""
        if not occurred_at or occurred_at == recorded_at:
            return {"occurred": self.day(recorded_at), "recorded": ""}
        return {"occurred": self.day(occurred_at), "recorded": self.day(recorded_at)}

    def _name(self, person: str | None) -> str:
        return self._people.get(person, person) if person else self._labels["program"]


def readable_size(size: int) -> str:
    """A number of bytes for people, in powers of ten as in SI."""
    number = float(size)
    for unit in ("bytes", "kB", "MB", "GB"):
        if number < 1000:
            return f"{number:,.0f} {unit}" if unit == "bytes" else f"{number:,.1f} {unit}"
        number /= 1000
    return f"{number:,.1f} TB"


def _title(each: PackagedItem) -> str:
    return each.title or each.item.name
