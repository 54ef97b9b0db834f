"""Doing a screening: every list read in a worker, every name looked for, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from amparo.base.errors import UnreadableFile
from amparo.evidence.store.safe import Safe
from amparo.extract.sandbox import Sandbox
from amparo.linkage.screening import Index, NameList, owned_by, screen
from amparo.linkage.screening.confined import read_list
from amparo.linkage.web.actions.screening import Found, asked_of, to_ask
from amparo.linkage.web.models import Screening

__all__ = ["Done", "screen_all"]

OWNERS = "ownership-csv"
MOST_OWNERS = 5_000
Report = Callable[[int, int, str], None]


@dataclass
class Done:
    """What a screening comes to, as it grows."""

    names: list[dict[str, Any]]
    lists: list[dict[str, Any]] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    stakes: list[dict[str, str]] = field(default_factory=list)
    cut: set[int] = field(default_factory=set)


def screen_all(asked: Screening, room: Sandbox, safe: Safe, report: Report) -> Done:
    """Look for every name on every list. A list that cannot be read is kept with the reason;
    ``UnreadableFile`` when none can."""
    done, read = Done([*asked.asked]), []
    for number, chosen in enumerate(asked.lists):
        report(number, 2 * len(asked.lists), "Reading lists")
        found, why = _read(chosen, room, safe)
        if found is not None and found.format == OWNERS:
            why = _own(done, found)
        done.lists.append(_told(chosen, found, why))
        read.append(found if not why else None)
    if not any(each is not None and each.format != OWNERS for each in read):
        reasons = [each["failed"] for each in done.lists if each["failed"]]
        raise UnreadableFile(reasons[0] if reasons else "None of the files is a list of names.")
    for number, each in enumerate(read):
        report(len(read) + number, 2 * len(read), "Comparing names")
        if each is not None and each.format != OWNERS:
            _screen(done, number, each)
    return done


def _read(chosen: dict[str, str], room: Sandbox, safe: Safe) -> tuple[NameList | None, str]:
    try:
        with safe.open(chosen["object_name"]) as source:
            return read_list(room, source, name=chosen["name"]), ""
    except UnreadableFile as error:
        return None, error.message


def _own(done: Done, found: NameList) -> str:
    """Take a table of owners in: its stakes, and its names to be asked. Says why not."""
    if len(found.entries) > MOST_OWNERS:
        return f"The table of owners names more than {MOST_OWNERS} owners and owned."
    known = {each["name"] for each in done.names}
    done.stakes += [asdict(stake) for stake in found.stakes]
    done.names += [asked_of(e.name, role="owner") for e in found.entries if e.name not in known]
    return ""


def _told(chosen: dict[str, str], found: NameList | None, why: str) -> dict[str, Any]:
    dated, remarks = (found.dated, [*found.remarks]) if found else ("", [])
    if not dated and chosen["dated"]:
        dated = chosen["dated"]
        remarks.append("The list gives no date: this is what was said when it was brought.")
    return {
        "name": chosen["name"],
        "sha256": chosen["sha256"],
        "item": chosen["item"],
        "title": found.title if found else chosen["name"],
        "format": found.format if found else "",
        "dated": dated,
        "entries": len(found.entries) if found else 0,
        "remarks": remarks,
        "failed": why,
    }


def _screen(done: Done, number: int, listed: NameList) -> None:
    index = Index(listed.entries)
    owned = _owned(listed)
    for place, who in enumerate(done.names):
        answer = screen(to_ask(who), index)
        done.found += [
            Found(place, number, hit, owned.get(hit.entry.number)) for hit in answer.hits
        ]
        if answer.cut or answer.more:
            done.cut.add(place)


def _owned(listed: NameList) -> dict[str, dict[str, Any]]:
    """The 50 percent rule by the list's own owners."""
    named = {entry.number: entry.name for entry in listed.entries}
    blocked = owned_by(
        listed.stakes,
        {entry.number for entry in listed.entries if entry.is_listed},
        named=lambda number: named.get(number, number),
    )
    return {
        number: {
            "verdict": str(each.verdict),
            "least": str(each.least),
            "most": str(each.most),
            "reasons": list(each.reasons),
        }
        for number, each in blocked.items()
    }
