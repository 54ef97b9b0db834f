"""A package from someone else: verified first, then read, and never trusted with a name.

Its files are found through the manifests that were verified, so that no path in its records ever
becomes a path on this machine; its records are taken field by field, each of its own type.
"""

from __future__ import annotations

import types
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import IO, Any, TypeVar, get_args, get_type_hints

from amparo.base.errors import UnreadableFile, UsageError, VerificationError
from amparo.evidence import custody
from amparo.evidence.ledger import Entry, parse
from amparo.evidence.packages import package, records
from amparo.evidence.verifier import verify as stand_alone

__all__ = ["Received", "open_package"]

T = TypeVar("T")

PROVENANCE = ("records.json", "ledger/", "timestamps/", "bag-info.txt", "manifest-sha256.txt")
"""What is kept of a package beside its files, so that its own proof outlives the import."""


@dataclass(frozen=True, slots=True)
class Received:
    """A verified package: its records as values, its entries by number, and its open files."""

    matter: records.Matter
    export: records.Export
    people: Mapping[str, records.Person]
    items: Sequence[records.PackagedItem]
    entries: Mapping[int, Entry]
    fingerprint: str
    report: stand_alone.Report
    files: stand_alone.Files
    places: Mapping[str, str]

    def open(self, item: custody.Item) -> IO[bytes]:
        """Open the file of an item; the caller hashes it again as it reads."""
        return self.files[self.places[item.id]]()

    def provenance(self) -> list[str]:
        """The paths of what proves where this came from."""
        return sorted(path for path in self.files if path.startswith(PROVENANCE))


@contextmanager
def open_package(place: Path | IO[bytes], *, fingerprint: str = "") -> Iterator[Received]:
    """Verify the package at ``place`` (a folder, a zip of one, or the opened zip) and read it.

    Raises VerificationError that names the first broken thing; UsageError when there is none.
    """
    with ExitStack() as stack:
        if isinstance(place, Path) and not _is_zip(place):
            yield _verified(place, fingerprint)
        else:
            yield _verified(stack.enter_context(_open_zip(place)), fingerprint)


def _open_zip(place: Path | IO[bytes]) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(place)
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UsageError(
            f"This is no package: it cannot be opened as a zip ({error}).",
            next_step="Choose the folder or the zip of a package.",
        ) from error


def _verified(place: Path | zipfile.ZipFile, fingerprint: str) -> Received:
    try:
        report = package.check(place, fingerprint=fingerprint)
        return _read(stand_alone.list_files(place, []), report)
    except stand_alone.Unanswerable as error:
        raise UsageError(str(error), next_step="Name the folder or zip of a package.") from error
    except stand_alone.MALFORMED as error:
        got = f"one of another shape ({type(error).__name__}: {error})"
        raise VerificationError("records.json", got=got, expected="records") from error


def _is_zip(place: Path) -> bool:
    try:
        return not place.is_dir() and zipfile.is_zipfile(place)
    except OSError as error:
        raise UnreadableFile(f"{place} cannot be read: {error.strerror}.") from error


def _read(files: stand_alone.Files, report: stand_alone.Report) -> Received:
    told = stand_alone.read_json(files, "records.json")
    people = [_build(records.Person, each, "records.json, people") for each in told["people"]]
    items = [_item(each) for each in told["items"]]
    lines = stand_alone.read_text(files, "ledger/entries.jsonl").split("\n")[:-1]
    entries = {entry.seq: entry for entry in map(parse, lines)}
    _check_parents(items)
    return Received(
        matter=_build(records.Matter, told["matter"], "records.json, matter"),
        export=_build(records.Export, told["export"], "records.json, export"),
        people={person.id: person for person in people},
        items=items,
        entries=entries,
        fingerprint=report.facts["fingerprint"],
        report=report,
        files=files,
        places={each["id"]: each["file"] for each in told["items"] if each["file"]},
    )


def _item(record: Mapping[str, Any]) -> records.PackagedItem:
    what = f"records.json, item {record.get('id')}"
    return records.PackagedItem(
        item=_build(custody.Item, record, what),
        title=_typed(record.get("title"), str, f"{what}: title"),
        media_type=_typed(record.get("media_type"), str, f"{what}: media_type"),
        acquisitions=[
            (_build(custody.Acquired, each, what), each["entry"]) for each in record["acquisitions"]
        ],
        events=[(_build(custody.Event, each, what), each["entry"]) for each in record["custody"]],
        is_disposed=record["file"] is None,
    )


def _check_parents(items: Sequence[records.PackagedItem]) -> None:
    """Each parent is an item of the package, and nobody is inside itself."""
    parents = {each.item.id: each.item.parent for each in items}
    for name, parent in parents.items():
        seen = {name}
        while parent is not None:
            if parent in seen or parent not in parents:
                what = f"records.json, item {name}: its parent"
                raise VerificationError(what, got=parent, expected="another item of the package")
            seen.add(parent)
            parent = parents[parent]


def _build(kind: type[T], record: Mapping[str, Any], what: str) -> T:
    """Make a value of a dataclass from a record; what it does not know is left out."""
    hints = get_type_hints(kind)
    values = {
        each.name: _typed(record.get(each.name), hints[each.name], f"{what}: {each.name}")
        for each in fields(kind)  # type: ignore[arg-type]
    }
    return kind(**values)


def _typed(value: Any, kind: Any, what: str) -> Any:
    kinds = get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    if type(value) not in kinds:
        expected = " or ".join(each.__name__ for each in kinds)
        raise VerificationError(what, got=type(value).__name__, expected=expected)
    return value
