"""``amparo verify``: is everything still what was sealed?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amparo.base.errors import VerificationError
from amparo.cli import frame

if TYPE_CHECKING:
    from collections.abc import Callable

    from amparo.evidence.web.models import Verification

__all__ = ["command"]

MOST_TOLD = 100
WHAT_HOLDS = {
    "database": "pages of the database hold",
    "ledger": "entries of the ledger hold, with their checkpoints",
    "records": "records say what the ledger states",
    "time stamps": "time stamps hold",
    "objects": "sealed objects were read whole and hold",
}


def command(
    ctx: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a part.")] = False,
) -> None:
    """Verify everything: ledger, records, time stamps, and every sealed file from end to end."""
    found = _verify(ctx)
    for part in found.outcome["parts"]:
        _tell(part, as_json)
    first = found.first_broken
    if as_json:
        frame.print_json(
            {
                "ok": found.holds,
                "broken": first and asdict(first),
                "remarks": found.outcome["remarks"],
            }
        )
    _tell_disposed(found.outcome["disposed"], as_json)
    for remark in found.outcome["remarks"]:
        frame.say(remark)
    if first:
        raise first.error()
    if not as_json:
        print("Everything is what was sealed.")


def _verify(ctx: typer.Context) -> Verification:
    from django.db import DatabaseError, connection

    try:
        frame.open_workspace(ctx)
        from amparo.evidence.web.actions.verification import verify_workspace

        with _progress() as tell:
            return verify_workspace(acting_user=frame.acting_user(ctx), on_progress=tell)
    except DatabaseError as error:
        if connection.vendor != "sqlite":
            raise
        raise VerificationError(
            "database amparo.db",
            got=str(error),
            expected="pages that its key opens",
            next_step="Keep the damaged file, and put amparo.db back from a backup.",
        ) from error


def _tell(part: dict[str, Any], as_json: bool) -> None:
    if as_json:
        frame.print_json(
            {
                "part": part["name"],
                "checked": part["checked"],
                "broken": part["broken"],
                "more_broken": part["more_broken"],
            }
        )
    elif part["broken"]:
        for each in part["broken"]:
            print(f"  BROKEN  {each['what']}: got {each['got']}, expected {each['expected']}")
        if part["more_broken"]:
            print(f"          and {part['more_broken']} more")
    else:
        print(f"{part['checked']:>9,}  {WHAT_HOLDS[part['name']]}")


def _tell_disposed(gone: list[dict[str, Any]], as_json: bool) -> None:
    """Files whose bytes are no more because two people decided it: told, and not missing."""
    if as_json:
        if gone:
            frame.print_json({"disposed": gone})
        return
    if gone:
        print(f"{len(gone):>9,}  disposed of, as two people decided")
    for each in gone[:MOST_TOLD]:
        print(
            f"           item {each['item']}: decided by {each['decided_by']} on "
            f"{each['at'][:10]}, proposed by {each['proposed_by']}; ledger entry {each['entry']}"
        )
    if len(gone) > MOST_TOLD:
        print(f"           and {len(gone) - MOST_TOLD:,} more")


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """How far it is, on stderr; silent where nobody looks."""
    from rich.console import Console
    from rich.progress import Progress

    hidden = not sys.stderr.isatty()
    with Progress(console=Console(stderr=True), disable=hidden, transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(part: str, done: int, total: int) -> None:
            bar.update(task, description=part, completed=done, total=total or None)

        yield tell
