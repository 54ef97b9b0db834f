"""What the sample matter consists of: people, files, exhibits, read from YAML and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from amparo.accounts.roles import Role
from amparo.base.dates import parse

__all__ = [
    "BundleFacts",
    "Delivery",
    "Exhibit",
    "MatterFacts",
    "Party",
    "SampleDeadline",
    "SampleFile",
    "SampleMatter",
    "SampleNote",
    "SampleTask",
    "TeamPerson",
    "plan",
]


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """The matter itself."""

    number: str
    title: str
    kind: str
    forum: str
    reference: str
    summary: str


@dataclass(frozen=True, slots=True)
class TeamPerson:
    """A member of the team; ``role`` is one of ``amparo.accounts.roles``."""

    username: str
    name: str
    role: str
    language: str


@dataclass(frozen=True, slots=True)
class Party:
    """Someone whom the matter is about."""

    name: str
    original_name: str
    role: str
    pronouns: str
    languages: str
    safe_contact: str
    remarks: str


@dataclass(frozen=True, slots=True)
class SampleTask:
    """Something to do; ``assignee`` is a user name."""

    title: str
    assignee: str
    due: date | None
    done: bool = False


@dataclass(frozen=True, slots=True)
class SampleNote:
    """A note; ``author`` is a user name."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class SampleDeadline:
    """A deadline by its rule; ``at`` is the file and ``quote`` the words that say the trigger.

    ``done`` says how it was met; ``stops`` are those of a clock: first, last, reason.
    """

    rule: str
    trigger: str
    at: str
    quote: str
    responsible: str
    title: str = ""
    done: str = ""
    stops: tuple[tuple[date, date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A row of the exhibit index; ``date`` is EDTF."""

    tab: str
    path: str
    description: str
    date: str


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """The bundle of the exhibits; ``profile`` is one of ``amparo.filing.bundle.profiles``."""

    title: str
    profile: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How files came: from whom, when (EDTF), where, by what method and device.

    ``name`` is a word for it, that of the folder in which they came.
    """

    name: str
    from_whom: str
    occurred_at: str
    place: str
    method: str
    device: str


@dataclass(frozen=True, slots=True)
class SampleFile:
    """A file: where it lies, how it is made, when it was written, how it came."""

    path: str
    make: str
    modified: datetime
    delivery: Delivery
    title: str = ""
    dated: str = ""
    tags: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SampleMatter:
    """The whole sample: ready data, and the files in the order in which they are added."""

    matter: MatterFacts
    team: tuple[TeamPerson, ...]
    parties: tuple[Party, ...]
    tasks: tuple[SampleTask, ...]
    notes: tuple[SampleNote, ...]
    deadlines: tuple[SampleDeadline, ...]
    bundle: BundleFacts
    exhibits: tuple[Exhibit, ...]
    files: tuple[SampleFile, ...]


@cache
def plan() -> SampleMatter:
    """Read the sample's YAML; ``ValueError`` names what does not fit together."""
    told, listed = _yaml("matter"), _yaml("files")
    deliveries = {name: Delivery(name, **facts) for name, facts in listed["deliveries"].items()}
    sample = SampleMatter(
        matter=MatterFacts(**told["matter"]),
        team=tuple(TeamPerson(**person) for person in told["team"]),
        parties=tuple(Party(**party) for party in told["parties"]),
        tasks=tuple(SampleTask(**task) for task in told["tasks"]),
        notes=tuple(SampleNote(**note) for note in told["notes"]),
        deadlines=tuple(_deadline(deadline) for deadline in told["deadlines"]),
        bundle=BundleFacts(**told["bundle"]),
        exhibits=tuple(Exhibit(**exhibit) for exhibit in told["exhibits"]),
        files=tuple(_file(entry, deliveries) for entry in listed["files"]),
    )
    _check(sample)
    return sample


def _deadline(told: dict[str, Any]) -> SampleDeadline:
    stops = tuple((stop["first"], stop["last"], stop["reason"]) for stop in told.get("stops", ()))
    return SampleDeadline(**{**told, "stops": stops})


def _file(entry: dict[str, Any], deliveries: dict[str, Delivery]) -> SampleFile:
    known = {"path", "make", "modified", "title", "dated", "tags", "how"}
    details = {name: value for name, value in entry.items() if name not in known}
    written = entry.get("modified") or entry["taken"]
    return SampleFile(
        path=entry["path"],
        make=entry["make"],
        modified=written if written.tzinfo else written.replace(tzinfo=UTC),
        delivery=deliveries[entry["how"]],
        title=entry.get("title", ""),
        dated=entry.get("dated", ""),
        tags=tuple(entry.get("tags", ())),
        details=details,
    )


def _check(sample: SampleMatter) -> None:
    """Whether what names something else names something that is there."""
    paths = {file.path for file in sample.files}
    people = {person.username for person in sample.team}
    wrong = [
        f"exhibit {each.tab}: {each.path}" for each in sample.exhibits if each.path not in paths
    ]
    wrong += [f"task for {task.assignee}" for task in sample.tasks if task.assignee not in people]
    wrong += [f"deadline at {each.at}" for each in sample.deadlines if each.at not in paths]
    wrong += [
        f"deadline of {each.responsible}"
        for each in sample.deadlines
        if each.responsible not in people
    ]
    wrong += [f"note by {note.author}" for note in sample.notes if note.author not in people]
    wrong += [f"role {each.role}" for each in sample.team if each.role not in set(Role)]
    if wrong:
        raise ValueError(f"The sample matter does not fit together: {'; '.join(wrong)}")
    for text in (
        *(file.dated for file in sample.files if file.dated),
        *(file.delivery.occurred_at for file in sample.files),
        *(exhibit.date for exhibit in sample.exhibits),
    ):
        parse(text)


def _yaml(name: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((files(__package__) / f"{name}.yaml").read_text("utf-8"))
    return read
