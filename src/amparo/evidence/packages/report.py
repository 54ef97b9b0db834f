"""The custody report: what was received from whom, when and how, and what was done with it.

A PDF for a court's registry, set from the same records that a package carries. Everything that
people or evidence wrote is shown as text, in its own script and direction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import resources
from typing import Any

from amparo.base import dates
from amparo.base.errors import UnclearDate
from amparo.base.typeset import typeset
from amparo.evidence import custody
from amparo.evidence.custody import exhibits, online
from amparo.evidence.custody.disposal import grounds
from amparo.evidence.ledger import Head
from amparo.evidence.packages.records import Contents, PackagedItem

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
    "about_alone": (
        "This report tells what the ledger states of custody. No entry of the ledger can be "
        "changed or removed unnoticed; the number of each is given beside its line. The files and "
        "the proof of all this leave in a package, which anyone can verify without a network. "
        "What was written down later than it happened says so. The report does not vouch for what "
        "the files say."
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
    "disposed": "Disposed of",
    "disposed_text": "its bytes were destroyed by decision of two people; what is told here stays",
    "exhibits": "Physical exhibits",
    "kind": "Kind",
    "identifiers": "Marks and serial numbers",
    "description": "Description",
    "owner": "Owner",
    "exhibit_from": "From whom",
    "seal": "Seal",
    "storage": "Place",
    "holder": "In whose hands",
    "condition": "Condition",
    "purpose_of": "Purpose",
    "files_of": "Files",
    "holds_head": "Legal holds",
    "hold_all": "the whole matter",
    "hold_some": "{count} files",
    "hold_one": "1 file",
    "written_by": "Written down by",
    "placed_by": "Placed by",
    "lifted": "Lifted",
    "disposals": "Disposals",
    "proposed": "Proposed",
    "decided": "Decided",
    "approved": "approved",
    "refused": "refused",
    "undecided": "not decided",
    "ground": "Ground",
    "reference": "Reference",
    "reason": "Reason",
    "covers": "Covers",
    "papers": "Papers of the online investigation",
    "version": "version {number}",
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
    over: Callable[[str], str] = str,
) -> bytes:
    """Return the PDF. ``head`` is the ledger as it stood; ``fingerprint`` is its key's, in hex.

    ``over`` rewrites each text, for a reader from whom names are sealed.
    """
    source = (
        resources.files("amparo.evidence.packages")
        .joinpath("custody-report.typ")
        .read_text("utf-8")
    )
    page = _Page(contents, labels, language)
    inputs: dict[str, Any] = {
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
        **_Statements(contents, page, labels).told(),
    }
    inputs = {name: _rewritten(value, over) for name, value in inputs.items()}
    inputs |= {"language": language, "paper": paper, "labels": dict(labels)}
    made_at = datetime.fromisoformat(contents.export.at).replace(microsecond=0)
    tagged = len(contents.items) <= MOST_TAGGED
    return typeset(source, inputs=inputs, made_at=made_at, standard="a-2u", tagged=tagged)


def _rewritten(value: Any, over: Callable[[str], str]) -> Any:
    """A value of the report with ``over`` laid on every text in it."""
    if isinstance(value, str):
        return over(value)
    if isinstance(value, Mapping):
        return {name: _rewritten(each, over) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_rewritten(each, over) for each in value]
    return value


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

    def when(self, occurred_at: str, recorded_at: str) -> dict[str, str]:
        """When it happened and, where that differs, when it was written down."""
        if not occurred_at or occurred_at == recorded_at:
            return {"occurred": self.day(recorded_at), "recorded": ""}
        return {"occurred": self.day(occurred_at), "recorded": self.day(recorded_at)}

    def title(self, item: str) -> str:
        """An item's title by its id."""
        return self._titles.get(item, item)

    def name(self, person: str | None) -> str:
        return self._people.get(person, person) if person else self._labels["program"]


class _Statements:
    """What is no file, in words: exhibits, papers, holds, disposals."""

    def __init__(self, contents: Contents, page: _Page, labels: Mapping[str, str]) -> None:
        self._of: dict[str, list[tuple[Mapping[str, Any], int]]] = {}
        for each in contents.statements:
            self._of.setdefault(each.part, []).append((each.facts, each.entry))
        self._page = page
        self._say = labels

    def told(self) -> dict[str, object]:
        """The template's inputs."""
        return {
            "exhibits": [self._exhibit(*each) for each in self._of.get("exhibit", [])],
            "papers": [self._paper(*each) for each in self._of.get("online_paper", [])],
            "holds_list": [self._hold(*each) for each in self._of.get("hold", [])],
            "disposals": [self._disposal(*each) for each in self._of.get("disposal", [])],
        }

    def _exhibit(self, facts: Mapping[str, Any], seq: int) -> dict[str, Any]:
        kinds = exhibits.vocabulary().kinds
        pairs = [
            (self._say["kind"], kinds.get(facts["kind"], facts["kind"])),
            (self._say["identifiers"], facts["identifiers"]),
            (self._say["description"], facts["description"]),
            (self._say["owner"], facts["owner"]),
            (self._say["exhibit_from"], facts["from_whom"]),
            (self._say["place"], facts["found_at"]),
            (self._say["by"], self._page.name(facts["received_by"])),
            (self._say["entry"], str(seq)),
        ]
        events = self._of.get("exhibit_event", [])
        return {
            "title": f"P-{facts['number']}  {facts['title']}",
            "facts": [list(pair) for pair in pairs if pair[1]],
            "events": [self._event(*e) for e in events if e[0]["exhibit"] == facts["id"]],
        }

    def _event(self, facts: Mapping[str, Any], seq: int) -> dict[str, Any]:
        kind = exhibits.vocabulary().events[facts["kind"]]
        names = {"seal": "seal", "place": "storage", "holder": "holder", "condition": "condition"}
        said = [
            f"{self._say[label]}: {facts[name]}" for name, label in names.items() if facts[name]
        ]
        said += [f"{self._say['purpose_of']}: {facts['purpose']}"] if facts["purpose"] else []
        files = ", ".join(self._page.title(name) for name in facts["items"])
        said += [f"{self._say['files_of']}: {files}"] if files else []
        actor = facts["by_whom"] or self._page.name(facts["actor"])
        return {
            "when": self._page.when(facts["occurred_at"], facts["recorded_at"]),
            "sentence": kind.sentence.format(actor=actor),
            "purpose": "\n".join(said),
            "entry": seq,
        }

    def _paper(self, facts: Mapping[str, Any], seq: int) -> dict[str, Any]:
        asked = online.forms().get(facts["form"])
        labels = {field.key: field.label for field in asked.fields} if asked else {}
        version = self._say["version"].format(number=facts["version"])
        title = f"{asked.title if asked else facts['form']}, {version}"
        pairs = [[labels.get(key, key), said] for key, said in facts["content"].items()]
        if facts["item"]:
            pairs.insert(0, [self._say["file"], self._page.title(facts["item"])])
        pairs += [[self._say["written_by"], self._page.name(facts["made_by"])]]
        pairs += [[self._say["entry"], str(seq)]]
        when = self._page.when(facts["occurred_at"], facts["recorded_at"])
        return {"title": title, "when": when, "facts": pairs}

    def _hold(self, facts: Mapping[str, Any], seq: int) -> list[list[str]]:
        lifts = [each for each in self._of.get("hold_lift", []) if each[0]["hold"] == facts["id"]]
        count = len(facts["items"])
        key = "hold_all" if not count else "hold_one" if count == 1 else "hold_some"
        scope = self._say[key].format(count=count)
        pairs = [
            [self._say["reason"], facts["reason"]],
            [self._say["reference"], facts["reference"]],
            [self._say["covers"], scope],
            [self._say["placed_by"], self._page.name(facts["placed_by"])],
            [self._say["when"], self._page.day(facts["recorded_at"])],
            [self._say["entry"], str(seq)],
        ]
        pairs += [
            [
                self._say["lifted"],
                f"{self._by(lift['lifted_by'], lift, entry)}: {lift['reason']}",
            ]
            for lift, entry in lifts
        ]
        return [pair for pair in pairs if pair[1]]

    def _disposal(self, facts: Mapping[str, Any], seq: int) -> list[list[str]]:
        decisions = self._of.get("disposal_decision", [])
        mine = next((each for each in decisions if each[0]["disposal"] == facts["id"]), None)
        ground = grounds().get(facts["ground"])
        return [
            pair
            for pair in (
                [self._say["ground"], ground.label if ground else facts["ground"]],
                [self._say["reference"], facts["reference"]],
                [self._say["reason"], facts["reason"]],
                [self._say["proposed"], self._by(facts["proposed_by"], facts, seq)],
                [self._say["decided"], self._decided(mine)],
                [self._say["covers"], ", ".join(map(self._page.title, facts["items"]))],
            )
            if pair[1]
        ]

    def _decided(self, decision: tuple[Mapping[str, Any], int] | None) -> str:
        if decision is None:
            return self._say["undecided"]
        facts, seq = decision
        outcome = self._say["approved" if facts["approved"] else "refused"]
        return f"{outcome}: {self._by(facts['decided_by'], facts, seq)}"

    def _by(self, person: str, facts: Mapping[str, Any], seq: int) -> str:
        when = self._page.day(facts["recorded_at"])
        return f"{self._page.name(person)}, {when}, {self._say['entry'].lower()} {seq}"


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
