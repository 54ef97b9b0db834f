"""What was received and what was done with it since, in words for the custody report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from amparo.base import dates
from amparo.base.errors import UnclearDate
from amparo.evidence import custody
from amparo.evidence.packages.records import Contents, PackagedItem

__all__ = ["Told", "readable_size"]

_FRACTION = re.compile(r"\.\d+Z$")


class Told:
    """The report's files, people and moments in words, for one reader's language."""

    def __init__(self, contents: Contents, labels: Mapping[str, str], language: str) -> None:
        self._contents = contents
        self._labels = labels
        self._language = language
        self._people = {person.id: person.name for person in contents.people}
        self._titles = {each.item.id: _title(each) for each in contents.items}

    def holds(self) -> str:
        """How many files there are, and how large they are together."""
        size = readable_size(sum(each.item.size for each in self._contents.items))
        count = len(self._contents.items)
        key = "holds_one" if count == 1 else "holds_text"
        return self._labels[key].format(files=f"{count:,}", size=size)

    def items(self) -> list[dict[str, Any]]:
        """The template's files, numbered by their received paths."""
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

    def when(self, occurred_at: str, recorded_at: str) -> dict[str, str]:
        """When it happened and, where that differs, when it was written down."""
        if not occurred_at or occurred_at == recorded_at:
            return {"occurred": self.day(recorded_at), "recorded": ""}
        return {"occurred": self.day(occurred_at), "recorded": self.day(recorded_at)}

    def title(self, item: str) -> str:
        """An item's title by its id."""
        return self._titles.get(item, item)

    def name(self, person: str | None) -> str:
        """A person's name by their id; what nobody did, the program did."""
        return self._people.get(person, person) if person else self._labels["program"]

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
            "disposed": self._labels["disposed_text"] if each.is_disposed else "",
            "from": first.from_whom if first else "",
            "received": self.day(first.occurred_at or first.recorded_at) if first else "",
            "acquisitions": [self._acquisition(came, seq) for came, seq in each.acquisitions],
            "events": [self._event(event, seq) for event, seq in each.events],
        }

    def _acquisition(self, came: custody.Acquired, seq: int) -> dict[str, Any]:
        say = self._labels
        heading = say["from"].format(name=came.from_whom) if came.from_whom else say["from_nobody"]
        pairs = [
            (say["by"], self.name(came.acquired_by)),
            (say["place"], came.place),
            (say["method"], came.method),
            (say["device"], came.device),
            (say["tool"], came.tool),
            (say["modified"], self.day(came.modified_at) if came.modified_at else ""),
            (say["reconstruction"], say["reconstruction_text"] if came.is_reconstruction else ""),
            (say["entry"], str(seq)),
        ]
        when = self.when(came.occurred_at, came.recorded_at)
        return {"heading": heading, "when": when, "facts": [list(p) for p in pairs if p[1]]}

    def _event(self, event: custody.Event, seq: int) -> dict[str, Any]:
        kind = custody.vocabulary()[event.kind]
        return {
            "when": self.when(event.occurred_at, event.recorded_at),
            "sentence": kind.sentence.format(actor=event.by_whom or self.name(event.actor)),
            "purpose": event.purpose,
            "entry": seq,
        }


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
