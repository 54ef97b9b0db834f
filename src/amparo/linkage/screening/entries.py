"""What a list of names says, in one form for all lists; everything as the list says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = [
    "Alias",
    "Entry",
    "Identifier",
    "Kind",
    "NameList",
    "Stake",
    "entry_from",
    "from_json",
    "to_json",
]

Kind = Literal["person", "body", "vessel", "aircraft", "unknown"]


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name; ``is_weak`` where the list itself calls it weak or of low quality."""

    name: str
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number of a passport, a register or the like; ``kind`` and ``country`` as written."""

    kind: str
    number: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``number`` is the list's own.

    ``born``: EDTF, or the list's words where they are no date that can be understood.
    ``is_listed``: False for who is only named beside those that are (an owned company, a relative).
    """

    number: str
    name: str
    kind: Kind = "unknown"
    aliases: tuple[Alias, ...] = ()
    born: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    listed_on: str = ""
    remarks: str = ""
    is_listed: bool = True

    @property
    def spellings(self) -> tuple[Alias, ...]:
        """Every name, the first one first, each once."""
        seen: dict[str, Alias] = {self.name: Alias(self.name)}
        for alias in self.aliases:
            seen.setdefault(alias.name, alias)
        return tuple(seen.values())


@dataclass(frozen=True, slots=True)
class Stake:
    """That ``owner`` holds between ``least`` and ``most`` percent of ``owned``.

    Both are entries' numbers, or names where the source has no numbers. Unknown is 0 to 100.
    ``ended`` is the end of the holding as the source says it.
    """

    owner: str
    owned: str
    least: str = "0"
    most: str = "100"
    ended: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the share is said at all."""
        return (self.least, self.most) != ("0", "100")


@dataclass(frozen=True, slots=True)
class NameList:
    """A list. ``dated``: the day the list says it is of, ISO 8601, or "".

    ``remarks``: what was left out or is not in this file, a sentence each.
    """

    format: str
    title: str
    dated: str
    entries: tuple[Entry, ...]
    stakes: tuple[Stake, ...] = ()
    remarks: tuple[str, ...] = ()


def to_json(found: NameList) -> dict[str, Any]:
    """The list as JSON says it."""
    return asdict(found)


def from_json(said: Mapping[str, Any]) -> NameList:
    """The list that ``to_json`` wrote; KeyError or TypeError for another thing."""
    return NameList(
        format=said["format"],
        title=said["title"],
        dated=said["dated"],
        entries=tuple(entry_from(each) for each in said["entries"]),
        stakes=tuple(Stake(**each) for each in said["stakes"]),
        remarks=tuple(said["remarks"]),
    )


def entry_from(said: Mapping[str, Any]) -> Entry:
    """One entry of ``to_json``."""
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in said.items()
    }
    plain["aliases"] = tuple(Alias(**each) for each in said["aliases"])
    plain["identifiers"] = tuple(Identifier(**each) for each in said["identifiers"])
    return Entry(**plain)
