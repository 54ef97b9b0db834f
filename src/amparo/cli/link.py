"""``amparo link``: which records of tables are of one person, with the reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amparo.base.errors import UsageError
from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.linkage.records import Cluster, Linking, Model, Pair, Result

__all__ = ["command"]


def command(
    files: Annotated[
        list[Path], typer.Argument(help="CSV or XLSX files; the first row names the columns.")
    ],
    role: Annotated[
        list[str] | None,
        typer.Option(help="What a column holds, as COLUMN=ROLE; none leaves it out."),
    ] = None,
    within: Annotated[
        bool, typer.Option("--within", help="With several files: duplicates inside each too.")
    ] = False,
    model: Annotated[
        Path | None, typer.Option(help="Use this model; learned and written there if it is new.")
    ] = None,
    engine: Annotated[str, typer.Option(help="duckdb, or spark (an extra).")] = "duckdb",
    least: Annotated[float, typer.Option(help="How likely a pair must be, from 0 to 1.")] = 0.5,
    costs: Annotated[
        bool, typer.Option("--costs", help="Only say what each rule would cost.")
    ] = False,
    reasons: Annotated[bool, typer.Option(help="Say why, pair by pair.")] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find the records of one person in a table or across tables."""
    from amparo.linkage.records import Linking, read
    from amparo.linkage.records.engines import ENGINES

    if engine not in ENGINES:
        raise UsageError(f"There is no engine {engine!r}.", next_step="Engines: duckdb, spark.")
    if not 0 < least < 1:
        raise UsageError("--least is a number between 0 and 1.")
    sheets = [read(path) for path in files]
    chosen = [_chosen(role or [], sheet.headings) for sheet in sheets]
    linking = Linking(sheets, chosen, within=within, progress=_progress)
    if costs:
        _print_costs(linking, as_json)
        return
    learned = _model(linking, model)
    result = linking.run(learned, engine=engine, chance=least)
    told = _told(linking, learned, result, reasons=reasons)
    if as_json:
        frame.print_json(told)
    else:
        _print(told)


def _chosen(roles: list[str], headings: list[str]) -> dict[str, str]:
    chosen = {}
    for each in roles:
        column, equals, role = each.rpartition("=")
        if not equals:
            raise UsageError(f"--role {each} is not COLUMN=ROLE.", next_step="--role nom=family")
        if column in headings:
            chosen[column] = role
    if roles and not chosen:
        raise UsageError(
            "No table has a column that --role names.",
            next_step=f"Columns: {', '.join(headings)}.",
        )
    return chosen


def _progress(what: str, part: float) -> None:
    frame.say(f"{part:4.0%} {what}")


def _model(linking: Linking, path: Path | None) -> Model:
    from amparo.linkage.records import from_json, to_json

    if path is not None and path.exists():
        try:
            return from_json(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{path} cannot be read.") from error
    pairs = sum(rule.cost for rule in linking.costs())
    frame.say(f"     {pairs:,} of {linking.possible:,} possible pairs to compare at most")
    learned = linking.learn()
    if path is not None:
        try:
            path.write_text(to_json(learned), "utf-8")
        except OSError as error:
            raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    return learned


def _print_costs(linking: Linking, as_json: bool) -> None:
    rules = [
        {"rule": rule.name, "keys": [key.name for key in rule.keys], "pairs": rule.cost}
        for rule in linking.costs()
    ]
    if as_json:
        frame.print_json({"possible_pairs": linking.possible, "rules": rules})
        return
    for rule in rules:
        print(f"{rule['pairs']:>12,}  {rule['rule']}")
    print(f"{linking.possible:>12,}  all pairs there are")


def _told(linking: Linking, model: Model, result: Result, *, reasons: bool) -> dict[str, Any]:
    pairs = result.pairs
    return {
        "records": linking.count,
        "possible_pairs": linking.possible,
        "compared_columns": [dict(roles) for roles in linking.roles],
        "left_out": linking.left_out(),
        "rules": [
            {
                "rule": rule.name,
                "keys": [key.name for key in rule.keys],
                "pairs": rule.cost,
                "finds": rule.finds,
            }
            for rule in model.rules
        ],
        "pairs": _pairs(linking, model, pairs, reasons=reasons),
        "clusters": [_cluster(linking, each) for each in result.clusters],
    }


def _pairs(
    linking: Linking, model: Model, pairs: list[Pair], *, reasons: bool
) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [
        {
            "first": _record(linking, pair.first),
            "second": _record(linking, pair.second),
            "score": round(pair.chance, 6),
            "bits": round(pair.bits, 3),
        }
        for pair in pairs
    ]
    if reasons:
        for each, why in zip(told, linking.reasons_of(model, pairs), strict=True):
            each["reasons"] = list(why.sentences)
    return told


def _cluster(linking: Linking, cluster: Cluster) -> dict[str, Any]:
    records = [_record(linking, record) for record in cluster.records]
    weakest = None
    if cluster.weakest is not None:
        first, second = (_record(linking, record) for record in cluster.weakest)
        chance = 1 / (1 + 2.0 ** -max(min(cluster.bits, 60.0), -60.0))
        weakest = {"first": first, "second": second, "score": round(chance, 6)}
    reason = "All evidence between these records together speaks for one person."
    score = weakest["score"] if weakest else None
    return {"records": records, "score": score, "weakest": weakest, "reasons": [reason]}


def _record(linking: Linking, record: int) -> dict[str, Any]:
    """Where a record stands: its file, its row from 1, and its own number where it has one."""
    sheet, row = linking.where(record)
    told: dict[str, Any] = {"file": linking.sheets[sheet].name, "row": row}
    column = linking.roles[sheet].get("id")
    if column is not None:
        told["id"] = linking.sheets[sheet].row(row)[column]
    return told


def _print(told: dict[str, Any]) -> None:
    for each in told["pairs"]:
        print(f"{each['score']:.3f}  {_where(each['first'])}  =  {_where(each['second'])}")
        for reason in each.get("reasons", []):
            print(f"         {reason}")
    count = sum(len(each["records"]) for each in told["clusters"])
    print(f"{len(told['pairs']):,} pairs; {count:,} records are {len(told['clusters']):,} people.")
    left_out = sorted({column for columns in told["left_out"] for column in columns})
    if left_out:
        print(f"Not compared: {', '.join(left_out)}.")


def _where(record: dict[str, Any]) -> str:
    own = f" ({record['id']})" if record.get("id") else ""
    return f"{record['file']} row {record['row']}{own}"
