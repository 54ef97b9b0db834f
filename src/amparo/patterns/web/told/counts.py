"""A cross-table as a finding: each count opens its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from amparo.base.errors import UsageError
from amparo.patterns import charts
from amparo.patterns.charts import Picture
from amparo.patterns.findings import Cell, Finding, Grid
from amparo.patterns.rights import Own
from amparo.patterns.tables import CrossTable, Records, cross, rows_of, suppress
from amparo.patterns.tables.touching import TOUCHING, side_of
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.notebook import meaning, opening
from amparo.patterns.web.told.touched import beside, is_counted_note, is_never_counted_note
from amparo.patterns.web.words import UNITS, group_words, label_words, touched_words

__all__ = ["counts"]

MOST_ROWS, MOST_COLUMNS = 500, 60
MOST_BARS, MOST_HEAT = 40, (30, 12)


def counts(sheet: Sheet, asked: Mapping[str, Any]) -> Finding:
    """Count what is asked for. UsageError where the table cannot, or has too many groups."""
    rows, columns, unit = asked["rows"], asked["columns_"], asked["unit"]
    _refuse_many(sheet.records, rows, MOST_ROWS)
    _refuse_many(sheet.records, columns, MOST_COLUMNS)
    whole = cross(sheet.records, rows=rows, columns=columns, unit=unit)
    table = suppress(whole) if asked["public"] else whole
    many = str(UNITS[unit].many)
    title = (
        _("%(units)s by %(rows)s and %(columns)s") if columns else _("%(units)s by %(rows)s")
    ) % {"units": many, "rows": group_words(rows), "columns": group_words(columns)}
    title = title[:1].upper() + title[1:]
    return Finding(
        title=title,
        counted=many,
        says=tuple(_said(table, many)),
        warnings=tuple(_warnings(table)),
        notes=(
            table.notes[0],
            *filter(is_never_counted_note, table.notes),
            *table.read_as,
            *_closing(table),
        ),
        grids=(
            _grid(sheet.records, table, title, opens=not asked["public"]),
            *beside(table, _acts_in(sheet.records, rows, columns)),
        ),
        pictures=tuple(_pictures(table, title, many)),
        python=_python(sheet, rows, columns, unit, public=asked["public"]),
    )


def _label(table: CrossTable, label: str) -> str:
    """A label in words; what the vocabulary made of the file's words, in the page's language."""
    return touched_words(label) if table.read_as else label_words(label)


def _said(table: CrossTable, many: str) -> Iterator[str]:
    if table.total is None:
        yield _("How many %(units)s there are in all is withheld.") % {"units": many}
        return
    yield _("The table counts %(count)s %(units)s that were documented.") % {
        "count": table.total,
        "units": many,
    }
    told = [
        (total, label)
        for total, label in zip(table.row_totals, table.row_labels, strict=True)
        if total is not None
    ]
    if len(told) > 1:
        most, label = max(told, key=lambda pair: pair[0])
        yield (
            _("Most of them, %(count)s, stand under “%(label)s”.")
            % {
                "count": most,
                "label": _label(table, label),
            }
            if most * 2 > table.total
            else _("The most, %(count)s, stand under “%(label)s”.")
            % {
                "count": most,
                "label": _label(table, label),
            }
        )


def _warnings(table: CrossTable) -> Iterator[str]:
    for note in table.notes[1:-1]:
        if not is_counted_note(note) and not is_never_counted_note(note):
            yield note


def _acts_in(records: Records, *names: str) -> set[str]:
    """The types of act in the columns of which rights or indicators were made."""
    touched = [name.rpartition(":")[0] for name in names if is_touching(name)]
    meant = records.own or Own()
    return {
        act.key
        for name in touched
        for word in records.column(name).words
        for act in meant.acts_of(word) or ()
    }


def is_touching(name: str) -> bool:
    """Whether a side of a table is made by the vocabulary of a column that is named."""
    column, _colon, part = name.rpartition(":")
    return bool(column) and part in TOUCHING


def _closing(table: CrossTable) -> tuple[str, ...]:
    return (table.notes[-1],)


def _grid(records: Records, table: CrossTable, title: str, *, opens: bool) -> Grid:
    def cell(count: int | None, **where: str) -> Cell:
        behind = partial(_rows, records, table, **where) if opens and count else None
        return Cell(count, behind)

    heads = (group_words(table.rows), *(_label(table, each) for each in table.column_labels))
    lines = []
    for i, label in enumerate(table.row_labels):
        inner = [
            cell(count, row=label, column=column if table.columns else "")
            for count, column in zip(table.counts[i], table.column_labels, strict=True)
        ]
        last = [cell(table.row_totals[i], row=label)] if table.columns else []
        lines.append((Cell(_label(table, label)), *inner, *last))
    below = [
        cell(total, column=column if table.columns else "")
        for total, column in zip(table.column_totals, table.column_labels, strict=True)
    ]
    whole = [cell(table.total)] if table.columns else []
    if table.columns:
        heads = (*heads, _("in all"))
    else:
        heads = (heads[0], str(UNITS[table.unit.name].many))
    lines.append((Cell(_("in all")), *below, *whole))
    return Grid(title, heads, tuple(lines))


def _rows(records: Records, table: CrossTable, row: str = "", column: str = "") -> list[int]:
    """The records behind a count, a total of a line or of all."""
    if row:
        return rows_of(records, table, row, column)
    if column:
        turned = replace(table, rows=table.columns, columns="")
        return rows_of(records, turned, column)
    return list(range(1, len(records) + 1))


def _pictures(table: CrossTable, title: str, many: str) -> Iterator[Picture]:
    words = _("The same numbers stand in the table below.")
    if not table.columns and len(table.row_labels) <= MOST_BARS:
        told = [
            (_label(table, label), line[0])
            for label, line in zip(table.row_labels, table.counts, strict=True)
            if line[0] is not None
        ]
        yield charts.picture(charts.bars(told, counted=many), title=title, words=words)
    high, wide = len(table.row_labels), len(table.column_labels)
    if table.columns and high <= MOST_HEAT[0] and wide <= MOST_HEAT[1]:
        cells = [
            {"down": _label(table, row), "across": _label(table, column), "count": count}
            for row, line in zip(table.row_labels, table.counts, strict=True)
            for column, count in zip(table.column_labels, line, strict=True)
        ]
        drawn = charts.heat(
            cells,
            across=group_words(table.columns),
            down="" if table.read_as else group_words(table.rows),
            counted=many,
        )
        yield charts.picture(drawn, title=title, words=words)


def _python(sheet: Sheet, rows: str, columns: str, unit: str, *, public: bool) -> str:
    across = f", columns={columns!r}" if columns else ""
    touched = any(map(is_touching, (rows, columns)))
    begin = meaning(sheet) if touched and sheet.records.own else opening(sheet)
    lines = [begin, f"table = tables.cross(records, rows={rows!r}{across}, unit={unit!r})"]
    lines += ["table = tables.suppress(table)"] if public else []
    lines += ["table.counts, table.total, table.notes"]
    return "\n".join([*lines, *(["tables.meanings_of(table)"] if touched else [])])


def _refuse_many(records: Records, name: str, most: int) -> None:
    if not name:
        return
    many = len(side_of(records, name).words)
    if many > most:
        raise UsageError(
            f"The column {name} has {many} different values; a page shows {most}.",
            next_step="Count by another column, or use “amparo table”.",
        )
