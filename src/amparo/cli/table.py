"""``amparo table``: a cross-table of records, of one named unit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.patterns.tables import CrossTable

__all__ = ["command"]

WITHHELD = "…"


def command(
    records: Annotated[
        Path, typer.Argument(help="A CSV or XLSX; its first row names the columns.")
    ],
    rows: Annotated[
        str,
        typer.Option(help="The column down the side; also year, month, quarter, right, sdg."),
    ],
    columns: Annotated[str, typer.Option(help="The column across the top.")] = "",
    unit: Annotated[
        str,
        typer.Option(help="What is counted: act, event, victim, deprivation, perpetrator, row."),
    ] = "act",
    public: Annotated[
        bool, typer.Option("--public", help="Withhold small counts and what would give them away.")
    ] = False,
    below: Annotated[int, typer.Option(help="With --public: counts under this are small.")] = 5,
    words: Annotated[
        Path | None,
        typer.Option(help="TOML: what words of the table mean, for --rows right and sdg."),
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="Which sheet of a workbook.")] = None,
    with_rows: Annotated[
        bool, typer.Option("--with-rows", help="Name the rows behind each count.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Count acts, victims, events or deprivations by one or two columns."""
    from amparo.patterns import rights, tables

    read = tables.read(records, sheet=sheet)
    if words:
        read = read.meaning(rights.own_from(words))
    table = tables.cross(read, rows=rows, columns=columns, unit=unit)
    if public:
        table = tables.suppress(table, below=below)
    told = _as_json(table)
    if with_rows and not public:
        told["cells"] = [
            {"row": row, "column": column, "count": count, "rows": numbers}
            for row, line in zip(table.row_labels, table.counts, strict=True)
            for column, count in zip(table.column_labels, line, strict=True)
            if (numbers := tables.rows_of(read, table, row, column))
        ]
    if as_json:
        frame.print_json(told)
    else:
        _print(table)


def _as_json(table: CrossTable) -> dict[str, Any]:
    from amparo.patterns.tables import meanings_of

    return {
        "unit": table.unit.name,
        "counted": table.unit.many,
        "rows": table.rows,
        "columns": table.columns or None,
        "row_labels": table.row_labels,
        "column_labels": table.column_labels,
        "counts": table.counts,
        "row_totals": table.row_totals,
        "column_totals": table.column_totals,
        "total": table.total,
        "notes": table.notes,
        "read_as": table.read_as,
        "meanings": meanings_of(table) if table.read_as else None,
    }


def _print(table: CrossTable) -> None:
    heads = [table.rows, *table.column_labels, *(["total"] if table.columns else [])]
    lines = [heads]
    for label, counts, total in zip(table.row_labels, table.counts, table.row_totals, strict=True):
        lines.append([label, *map(_cell, counts), *([_cell(total)] if table.columns else [])])
    whole = [_cell(table.total)] if table.columns else []
    lines.append(["total", *map(_cell, table.column_totals), *whole])
    widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
    for line in lines:
        first, *rest = line
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        print("  ".join([first.ljust(widths[0]), *cells]))
    for note in (*table.notes[:-1], *table.read_as, table.notes[-1]):
        print(note)


def _cell(count: int | None) -> str:
    return WITHHELD if count is None else str(count)
