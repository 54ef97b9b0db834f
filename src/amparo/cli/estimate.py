"""``amparo estimate``: how many there were, from how the lists overlap."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amparo.base.errors import UsageError
from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.patterns.estimate.histories import Table
    from amparo.patterns.estimate.methods import Estimate, Settings

__all__ = ["command"]


def command(
    lists: Annotated[
        list[Path] | None,
        typer.Argument(help="A CSV: a column a list with 0 and 1, last a column count or n."),
    ] = None,
    method: Annotated[
        str,
        typer.Option(help="average, chao, chapman, coverage, loglinear, dga, lcmcr or sparse."),
    ] = "average",
    columns: Annotated[
        list[str] | None,
        typer.Option("--list", help="A column that is a list; more than once. Default: all."),
    ] = None,
    strata: Annotated[
        str | None, typer.Option(help="The column that names each row's stratum.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Where the random numbers start.")] = 1,
    sensitivity: Annotated[
        bool, typer.Option(help="Leave one list out at a time, turn priors and classes.")
    ] = True,
    group: Annotated[str, typer.Option(help="Who is counted, in the paragraph.")] = "people",
    figure: Annotated[Path | None, typer.Option(help="Write the picture here, SVG.")] = None,
    record: Annotated[
        Path | None, typer.Option(help="Write a file that gives the same again.")
    ] = None,
    again: Annotated[
        Path | None, typer.Option(help="Compute such a file anew and compare every bit.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Estimate how many there were, with those whom no list names."""
    from amparo.patterns.estimate.methods import METHODS, Settings

    if method not in METHODS:
        raise UsageError(
            f"There is no method {method!r}.", next_step=f"Methods: {', '.join(METHODS)}."
        )
    if again is not None:
        _again(again, as_json)
        return
    if not lists:
        raise UsageError("Name the file of lists.", next_step="amparo estimate lists.csv")
    settings = Settings(seed=seed)
    if columns and (strata is not None or len(lists) > 1):
        raise UsageError("--list is for one file without strata.")
    if len(lists) > 1:
        _replicates(lists, method, settings, as_json)
    elif strata is not None:
        _strata(lists[0], strata, method, settings, as_json)
    else:
        _one(
            _read(lists[0], columns or []),
            method,
            settings,
            sensitivity,
            group,
            figure,
            record,
            as_json,
        )


def _read(path: Path, columns: Sequence[str] = ()) -> Table:
    from amparo.patterns.estimate.histories import from_csv

    try:
        return from_csv(path, columns)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path.name} is not UTF-8.", next_step="Save it as CSV UTF-8.") from error


def _one(
    table: Table,
    method: str,
    settings: Settings,
    sensitivity: bool,
    group: str,
    figure: Path | None,
    record: Path | None,
    as_json: bool,
) -> None:
    from amparo.patterns.estimate import figure as pictures
    from amparo.patterns.estimate import record as records
    from amparo.patterns.estimate.methods import estimate
    from amparo.patterns.estimate.sensitivity import variations

    answer = estimate(table, method, settings)
    if figure is not None:
        _write(figure, pictures.figure(answer))
    if record is not None:
        _write(record, records.record(table, answer, settings))
    tried = variations(table, method, settings) if sensitivity and not answer.refused else []
    moved = [
        {"changed": v.changed, "refused": v.answer.refused}
        | {key: getattr(v.answer, key) for key in ("estimate", "lower", "upper")}
        for v in tried
    ]
    if as_json:
        print_it = answer.as_json()
        print_it["diagnostics"] = {**answer.diagnostics, "sensitivity": moved}
        frame.print_json(print_it | _in_words(answer, group))
    else:
        _print(answer, moved, group)


def _in_words(answer: Estimate, group: str) -> dict[str, Any]:
    from amparo.patterns.estimate.words import paragraph, words_for

    words = words_for(answer.method)
    return {
        "paragraph": paragraph(answer, group=group),
        "assumes": list(words.assumes),
        "breaks": list(words.breaks),
    }


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error


def _print(answer: Estimate, moved: list[dict[str, Any]], group: str) -> None:
    said = _in_words(answer, group)
    print(said["paragraph"])
    beside = answer.diagnostics.get("methods", [])
    if beside:
        print("\nThe methods side by side:")
    for each in [{"method": answer.method, **_brief(answer)}, *beside] if beside else []:
        print(f"  {each['method']:<12}{_range(each)}")
    own = answer.diagnostics.get("own_lists", [])
    if own:
        print("\nTried on each of your lists, whose size the others should find:")
    for each in own:
        held = "held" if each["held"] else "missed"
        limits = f"{each['lower']:,.0f} to {each['upper']:,.0f}: {held}"
        print(f"  {each['list']:<28}{each['names']:>12,}   {limits}")
    if moved:
        print("\nWhat it depends on:")
    for each in moved:
        print(f"  {each['changed']:<28}{_range(each)}")
    for title, lines in (("It assumes:", said["assumes"]), ("It breaks with:", said["breaks"])):
        print(f"\n{title}")
        for line in lines:
            print(f"  - {line}")


def _brief(answer: Estimate) -> dict[str, Any]:
    return {key: getattr(answer, key) for key in ("estimate", "lower", "upper")}


def _range(each: dict[str, Any]) -> str:
    if each["estimate"] is None:
        return "no estimate"
    return f"{each['estimate']:>12,.0f}   {each['lower']:,.0f} to {each['upper']:,.0f}"


def _strata(path: Path, column: str, method: str, settings: Settings, as_json: bool) -> None:
    from dataclasses import replace

    from amparo.patterns.estimate.strata import estimate_strata, from_csv

    found = estimate_strata(from_csv(path, column), method, replace(settings, beside=False))
    if as_json:
        frame.print_json(
            {
                "method": method,
                "documented": found.documented,
                "estimate": found.estimate,
                "lower": found.lower,
                "upper": found.upper,
                "refused": len(found.left_out) == len(found.each),
                "reasons": [f"{name} bears no estimate." for name in found.left_out],
                "strata": {name: answer.as_json() for name, answer in found.each.items()},
            }
        )
        return
    for name, answer in found.each.items():
        why = f" ({answer.reasons[0]})" if answer.refused and answer.reasons else ""
        print(f"{name:<24}{answer.documented:>8,} documented {_range(_brief(answer))}{why}")
    whole = {"estimate": found.estimate, "lower": found.lower, "upper": found.upper}
    print(f"{'together':<24}{found.documented:>8,} documented {_range(whole)}")
    if found.left_out:
        print(f"Of {', '.join(found.left_out)} only the documented are in the sum: it is too low.")


def _replicates(paths: list[Path], method: str, settings: Settings, as_json: bool) -> None:
    from dataclasses import asdict, replace

    from amparo.patterns.estimate.methods import estimate
    from amparo.patterns.estimate.replicates import rubin

    settings = replace(settings, beside=False)
    found = rubin([estimate(_read(path), method, settings) for path in paths])
    if as_json:
        told = asdict(found)
        reasons = list(told.pop("reasons"))
        frame.print_json({"method": method, "refused": False, **told, "reasons": reasons})
        return
    whole = {"estimate": found.estimate, "lower": found.lower, "upper": found.upper}
    print(f"{found.replicates} replicates, {found.documented:,.0f} documented: {_range(whole)}")
    print(f"{found.missing_share:.0%} of the variance comes from the replicates' differing.")
    for reason in found.reasons:
        print(f"! {reason}")


def _again(path: Path, as_json: bool) -> None:
    from amparo.patterns.estimate.record import again

    try:
        answer = again(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read.") from error
    if as_json:
        frame.print_json(answer.as_json())
    else:
        print(f"The same again, bit for bit: {_range(_brief(answer)).strip()}")
