"""``amparo add``: a folder becomes sealed, read and searchable items of a matter."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.evidence.web.actions.intake import Provenance
    from amparo.extract.web.actions import Outcome
    from amparo.matters.web.models import Matter

__all__ = ["command"]

_TOLD = ("path", "sha256", "type", "status", "reason", "pages")


def command(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="The folder, or one file.")],
    matter: Annotated[str, typer.Option(help="Number or title; a new title opens a matter.")],
    from_whom: Annotated[str, typer.Option("--from", help="Who gave it.")] = "",
    when: Annotated[
        str, typer.Option(help="When it was received; EDTF, so 2021-03~ is fine.")
    ] = "",
    place: Annotated[str, typer.Option(help="Where it was received.")] = "",
    how: Annotated[str, typer.Option(help="How: in person, by mail, from a device.")] = "",
    device: Annotated[str, typer.Option(help="The device or medium it came on.")] = "",
    ocr: Annotated[bool, typer.Option(help="Recognise the words of scanned pages.")] = True,
    later: Annotated[
        bool, typer.Option("--later", help="Seal now; workers read in the background.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a file.")] = False,
) -> None:
    """Take in a folder: seal every file, read it, and make it searchable."""
    workspace = frame.open_workspace(ctx)
    from amparo.evidence.web.actions.intake import Provenance

    user = frame.acting_user(ctx)
    provenance = Provenance(
        from_whom=from_whom, occurred_at=when, place=place, method=how, device=device
    )
    counted: Counter[str] = Counter()
    into = _matter(user, matter)
    delivery = _Delivery(into, folder, user, provenance, workspace.home, counted)
    for outcome in delivery.sealed() if later else delivery.read(recognise=ocr):
        counted[outcome.status] += 1
        _tell(outcome, as_json)
        _show(counted.total(), outcome.path)


@dataclass(frozen=True, slots=True)
class _Delivery:
    """A folder on its way into a matter. ``counted`` is summed up before the intake is closed."""

    matter: Matter
    folder: Path
    user: User
    provenance: Provenance
    leave_out: Path
    counted: Counter[str]

    def read(self, *, recognise: bool) -> Iterator[Outcome]:
        """Seal and read every file here and now."""
        from amparo.evidence.web.safes import open_safe
        from amparo.extract.web.actions import Readers, take_in
        from amparo.extract.web.room import close_room, reading_room
        from amparo.extract.web.tasks import ask_to_compare

        def end() -> None:
            close_room()
            self._end()

        readers = Readers(
            room=reading_room(),
            safe=open_safe(),
            acting_user=self.user,
            at_once=max(1, os.cpu_count() or 1),
            recognise=recognise,
        )
        yield from take_in(
            self.matter,
            self.folder,
            readers=readers,
            provenance=self.provenance,
            leave_out=self.leave_out,
            at_end=end,
        )
        if self.counted.total():
            ask_to_compare(self.matter, user=self.user)  # done when the workbench is next served

    def sealed(self) -> Iterator[Outcome]:
        """Seal every file, and leave the reading to workers."""
        from amparo.evidence.web.safes import open_safe
        from amparo.extract.web.actions import seal_in
        from amparo.extract.web.tasks import ask_to_read_several

        yield from seal_in(
            self.matter,
            self.folder,
            safe=open_safe(),
            acting_user=self.user,
            hand_over=lambda items: ask_to_read_several(items, user=self.user),
            provenance=self.provenance,
            leave_out=self.leave_out,
            at_end=self._end,
        )

    def _end(self) -> None:
        _show(0, "")
        _sum_up(self.counted)


def _matter(user: User, name: str) -> Matter:
    """The matter of that number or title, or a new one with that title."""
    from amparo.matters.web.access import visible_matters
    from amparo.matters.web.actions import open_matter

    mine = visible_matters(user)
    if mine.filter(number=name).exists() or mine.filter(title=name).exists():
        return frame.find_matter(user, name)
    made = open_matter(name, acting_user=user)
    frame.say(f"Opened matter {made.number}, {made.title}.")
    return made


def _tell(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        told = asdict(outcome)
        frame.print_json({name: told[name] for name in _TOLD})
        return
    print(f"{outcome.status:<10}{outcome.path}", flush=True)
    if outcome.reason:
        print(f"{'':<10}{outcome.reason}", flush=True)


def _show(done: int, path: str) -> None:
    """A line of progress on a terminal; it is written over again and again."""
    if not sys.stderr.isatty():
        return
    line = f"{done} files done · {path}" if done else ""
    print(f"\r\x1b[K{line[:100]}", end="", file=sys.stderr, flush=True)


def _sum_up(counted: Counter[str]) -> None:
    parts = [f"{counted[status]} {status}" for status in sorted(counted)]
    frame.say(f"{counted.total()} files: {', '.join(parts) or 'the folder is empty'}.")
