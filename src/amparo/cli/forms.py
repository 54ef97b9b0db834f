"""``amparo forms``: official forms, inspected and filled; a form that fails a check is not written.

No workspace is needed, except to fetch a form: the form and the answers are files, and nothing is
kept.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amparo.base.errors import AmparoError, UsageError
from amparo.cli import frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amparo.filing.forms.confined import FilledForm, InRoom

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
    account: Annotated[
        Path | None, typer.Option(help="Write every field, check and finding as JSON to this file.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file of that name.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a line a field as JSON.")] = False,
) -> None:
    """Fill a form, verify it, and write it; with exit code 3 and no file if any check fails."""
    from amparo.extract.sandbox import Sandbox
    from amparo.filing.forms.confined import InRoom

    _check_free(out, force)
    data, own, given = _bytes(form), _text(map_), _text(answers)
    with Sandbox() as room:
        filled = InRoom(room).fill(data, given, own_map=own)
    if filled.data is not None:
        _write(out, filled.data)
    if account is not None:
        _write(account, json.dumps(filled.facts, ensure_ascii=False, indent=1).encode())
    if as_json:
        for line in filled.facts["fields"]:
            frame.print_json(line)
    else:
        _print_shown(filled)
    _say_of(filled, out)
    if filled.data is None:
        raise typer.Exit(_NOT_VERIFIED)


@app.command("prove")
def prove(
    forms: Annotated[list[Path], typer.Argument(help="Blank forms, or folders of them.")],
    map_: Annotated[
        Path | None, typer.Option("--map", help="Your own field map, for an unknown edition.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Fill every question of each form with a specimen and verify it; exit code 3 if any fails."""
    from amparo.extract.sandbox import Sandbox
    from amparo.filing.forms.confined import InRoom

    own = _text(map_)
    with Sandbox() as room:
        lines = [_proven(path, InRoom(room), own) for path in _each_form(forms)]
    if as_json:
        frame.print_json(lines)
    else:
        _print_proven(lines)
    if not all(line["holds"] for line in lines):
        raise typer.Exit(_NOT_VERIFIED)


@app.command("fetch")
def fetch(
    ctx: typer.Context,
    form: Annotated[str, typer.Argument(help="The form's name, such as I-589.")],
    out: Annotated[Path, typer.Option(help="The PDF to write.")],
    force: Annotated[bool, typer.Option("--force", help="Write over a file of that name.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Fetch the current blank from its agency, where an administrator allowed calling out."""
    _check_free(out, force)
    frame.open_workspace(ctx)
    from amparo.filing.web.actions import fetch_blank

    name = form.upper()
    data = fetch_blank(name, acting_user=frame.acting_user(ctx))
    facts = _read_as(name, data)
    _write(out, data)
    line = {"form": name, "edition": facts["edition"], "out": str(out)}
    line["mapped"] = facts["map"] is not None
    if as_json:
        frame.print_json(line)
    else:
        print(f"{out}  {name}, edition {facts['edition'] or 'unknown'}")
        if not line["mapped"]:
            frame.say("This edition has no field map: amparo forms inspect --propose writes one.")


def _read_as(name: str, data: bytes) -> Mapping[str, Any]:
    """What the form says that it is; UsageError when it is not ``name``."""
    from amparo.extract.sandbox import Sandbox
    from amparo.filing.forms.confined import InRoom

    with Sandbox() as room:
        facts, _ = InRoom(room).read(data)
    if facts["form"].upper() != name:
        raise UsageError(
            f"The agency sent {facts['form'] or 'something else'} instead of {name}; "
            "nothing was written.",
            next_step="Fetch the form by hand from the agency's site.",
        )
    return facts


def _check_free(out: Path, force: bool) -> None:
    if out.expanduser().exists() and not force:
        raise UsageError(f"{out} is there already.", next_step="Give another name, or add --force.")


def _each_form(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        path = path.expanduser()
        found += sorted(path.glob("*.[pP][dD][fF]")) if path.is_dir() else [path]
    if not found:
        raise UsageError("There is no PDF in that folder.", next_step="Name the forms themselves.")
    return found


def _proven(path: Path, room: InRoom, own: str) -> dict[str, Any]:
    """What proving one form showed, as plain data."""
    started = time.perf_counter()
    try:
        facts = room.prove(_bytes(path), own_map=own).facts
    except AmparoError as error:
        return {"file": path.name, "holds": False, "says": str(error)}
    counted = Counter(line["status"] for line in facts["fields"])
    mapped = any(line["question"] for line in facts["fields"])
    refused = [line["says"] for line in facts["fields"] if line["status"] == "refused"]
    failed = [f"{each['check']} {each['field']}: got {each['got']}" for each in facts["findings"]]
    says = refused or failed or ([] if mapped else list(facts["problems"]))
    return {
        "file": path.name,
        "form": facts["form"],
        "edition": facts["edition"],
        "fields": len(facts["fields"]),
        "filled": counted["drawn"] + counted["ticked"] + counted["elsewhere"],
        "compared": sum(check["compared"] for check in facts["checks"].values()),
        "seconds": round(time.perf_counter() - started, 2),
        "holds": bool(facts["verified"] and mapped),
        "says": "; ".join(says[:3]),
    }


def _print_proven(lines: list[dict[str, Any]]) -> None:
    for line in lines:
        if "form" not in line:
            print(f"! {line['file']}: {line['says']}")
            continue
        sign = "holds" if line["holds"] else "FAILS"
        print(
            f"{sign}  {line['form'] or 'unknown form':9} {line['edition'] or 'unknown':10}"
            f" {line['fields']:4} fields {line['filled']:4} filled"
            f" {line['compared']:5} compared {line['seconds']:6.2f} s  {line['file']}"
        )
        if line["says"]:
            print(f"!      {line['says']}")
    held = sum(line["holds"] for line in lines)
    frame.say(f"{held} of {len(lines)} forms hold.")


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


def _print_shown(filled: FilledForm) -> None:
    """What a person must look at, and how many fields show something."""
    for line in filled.facts["fields"]:
        if line["status"] in ("elsewhere", "refused") or line["failed"]:
            failed = f" Failed: {', '.join(line['failed'])}." if line["failed"] else ""
            place = f" It is on: {line['overflow']}." if line["overflow"] else ""
            asked = ", ".join(line["question"]) or line["field"]
            print(f"page {line['page']}  {asked}: {line['says']}{place}{failed}")
    shown = ("drawn", "ticked", "elsewhere")
    print(f"{sum(line['status'] in shown for line in filled.facts['fields'])} fields filled")


def _say_of(filled: FilledForm, out: Path) -> None:
    """What is true of the form as a whole."""
    facts = filled.facts
    for problem in facts["problems"]:
        frame.say(f"! {problem}")
    if facts["unused"]:
        frame.say(f"Not asked by this form: {', '.join(facts['unused'])}.")
    if filled.data is None:
        for finding in facts["findings"]:
            frame.say(f"! {finding['check']}: got {finding['got']}, expected {finding['expected']}")
        frame.say("The form was not written, because something above does not hold.")
    else:
        compared = sum(check["compared"] for check in facts["checks"].values())
        frame.say(
            f"{out}: opened again, drawn and read back: {compared} comparisons, all of them hold."
        )
