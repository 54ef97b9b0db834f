"""``amparo forms``: official forms, inspected and filled; a form that fails a check is not written.

No workspace is needed: the form and the answers are files, and nothing is kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amparo.base.errors import UsageError
from amparo.cli import frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amparo.filing.forms.confined import FilledForm

__all__ = ["app"]

app = typer.Typer(no_args_is_help=True, help="Official forms: inspect one, fill one, verified.")

_NOT_VERIFIED = 3


@app.command("inspect")
def inspect(
    form: Annotated[Path, typer.Argument(help="The form's PDF, as the agency gives it.")],
    map_: Annotated[
        Path | None, typer.Option("--map", help="Your own field map, for an unknown edition.")
    ] = None,
    propose: Annotated[
        Path | None, typer.Option(help="Write a proposed field map to this file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Say which form and edition it is, page by page, what it asks, and what is wrong with it."""
    from amparo.extract.sandbox import Sandbox
    from amparo.filing.forms.confined import InRoom

    data, own = _bytes(form), _text(map_)
    with Sandbox() as room:
        facts, proposed = InRoom(room).read(data, own_map=own, proposing=propose is not None)
    if propose is not None:
        _write(propose, proposed.encode())
        frame.say(
            f"Proposed: {propose}. Go through it and write confirmed: true where it is right."
        )
    if as_json:
        frame.print_json(facts)
    else:
        _print_form(facts)


@app.command("fill")
def fill(
    form: Annotated[Path, typer.Argument(help="The blank form's PDF.")],
    answers: Annotated[Path, typer.Option(help="JSON: question, answer; see docs/forms.md.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    map_: Annotated[
        Path | None, typer.Option("--map", help="Your own field map, for an unknown edition.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file of that name.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line a field as JSON.")] = False,
) -> None:
    """Fill a form, verify it, and write it; with exit code 3 and no file if any check fails."""
    from amparo.extract.sandbox import Sandbox
    from amparo.filing.forms.confined import InRoom

    if out.expanduser().exists() and not force:
        raise UsageError(f"{out} is there already.", next_step="Give another name, or add --force.")
    data, own, given = _bytes(form), _text(map_), _text(answers)
    with Sandbox() as room:
        filled = InRoom(room).fill(data, given, own_map=own)
    if filled.data is not None:
        _write(out, filled.data)
    if as_json:
        frame.print_json({**filled.facts, "out": str(out) if filled.data is not None else None})
    else:
        _print_filled(filled, out)
    if filled.data is None:
        raise typer.Exit(_NOT_VERIFIED)


def _bytes(path: Path) -> bytes:
    try:
        return path.expanduser().read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error


def _text(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not a text in UTF-8.") from error


def _write(path: Path, data: bytes) -> None:
    path = path.expanduser()
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _print_form(facts: Mapping[str, Any]) -> None:
    print(f"{facts['form'] or 'Unknown form'}, edition {facts['edition'] or 'unknown'}")
    known = facts["map"]
    told = f"{known['fields']} fields mapped, {known['reviewed']}" if known else "no field map"
    print(f"{facts['pages']} pages, {len(facts['fields'])} fields, {told}")
    for question in facts["questions"]:
        choices = f" ({', '.join(question['choices'])})" if question["choices"] else ""
        print(f"  {question['id']}{choices}")
    for problem in facts["problems"]:
        print(f"! {problem}")


def _print_filled(filled: FilledForm, out: Path) -> None:
    facts = filled.facts
    for line in facts["fields"]:
        if line["status"] in ("elsewhere", "refused") or line["failed"]:
            failed = f" Failed: {', '.join(line['failed'])}." if line["failed"] else ""
            place = f" It is on: {line['overflow']}." if line["overflow"] else ""
            asked = ", ".join(line["question"]) or line["field"]
            print(f"page {line['page']}  {asked}: {line['says']}{place}{failed}")
    for problem in facts["problems"]:
        print(f"! {problem}")
    if facts["unused"]:
        print(f"{len(facts['unused'])} answers are not asked by this form (--json names them).")
    shown = sum(line["status"] in ("drawn", "ticked", "elsewhere") for line in facts["fields"])
    compared = sum(check["compared"] for check in facts["checks"].values())
    if filled.data is None:
        for finding in facts["findings"]:
            print(f"! {finding['check']}: got {finding['got']}, expected {finding['expected']}")
        frame.say("The form was not written, because something above does not hold.")
    else:
        print(f"{out}  {shown} fields filled")
        frame.say(f"Opened again, drawn and read back: {compared} comparisons, all of them hold.")
