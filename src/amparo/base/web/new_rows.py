"""Many new rows of one model in one statement, for where files come in by the thousand.

``bulk_create`` prepares each value of each row through several calls and writes its placeholders
into one long statement, which costs more than the database does. Here a column's preparation is
chosen once, and columns of plain text and numbers have none. Like ``bulk_create`` it calls no
``save()``; unlike it, it wants primary keys that are set and evaluates no expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.db import models, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

__all__ = ["insert", "like"]

_PLAIN = {
    models.BigIntegerField,
    models.BooleanField,
    models.CharField,
    models.IntegerField,
    models.PositiveBigIntegerField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.SmallIntegerField,
    models.TextField,
}
"""Fields whose values both databases take as they are."""

Prepare = Callable[[Any], Any]
Row = TypeVar("Row", bound=models.Model)


def like(first: Row, /, **values: Any) -> Row:
    """A new row that has ``values`` and is otherwise like ``first``, which was not saved.

    Give a foreign key by its column (``item_id``) or by the other row; a key of its own always. A
    model's own constructor looks at each field's default and takes ten times as long.
    """
    row = object.__new__(type(first))
    row.__dict__.update(first.__dict__)
    row._state = models.base.ModelState()
    row._state.fields_cache = first._state.fields_cache.copy()
    for name, value in values.items():
        setattr(row, name, value)
    return row


def insert(rows: Sequence[models.Model], *, passing_over_known: bool = False) -> None:
    """Insert ``rows``, all of one model; IntegrityError when one is refused.

    ``passing_over_known`` leaves out rows whose key is there already. Give choices as their plain
    value (``str``), dates and identifiers as Python has them.
    """
    if not rows:
        return
    model = type(rows[0])
    using = router.db_for_write(model)
    connection = transaction.get_connection(using)
    fields = model._meta.local_concrete_fields
    prepares = [_prepare(field, connection) for field in fields]
    names = [field.attname for field in fields]
    values = [
        [
            prepare(value) if prepare else value
            for prepare, value in zip(prepares, map(row.__dict__.__getitem__, names), strict=True)
        ]
        for row in rows
    ]
    with transaction.atomic(using=using, savepoint=False), connection.cursor() as cursor:
        cursor.executemany(_statement(model, connection, passing_over_known), values)
    for row in rows:
        row._state.adding, row._state.db = False, using


def _prepare(field: models.Field[Any, Any], connection: BaseDatabaseWrapper) -> Prepare | None:
    """How a column's value is made ready for the database; None when it already is."""
    target: models.Field[Any, Any] = field
    while isinstance(target, models.ForeignKey):
        target = target.target_field
    if type(target) in _PLAIN:
        return None
    return lambda value: target.get_db_prep_save(value, connection)


def _statement(
    model: type[models.Model], connection: BaseDatabaseWrapper, passing_over_known: bool
) -> str:
    quoted = connection.ops.quote_name
    columns = [quoted(str(field.column)) for field in model._meta.local_concrete_fields]
    return (  # the names are those of our own models
        f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(columns)}) "  # noqa: S608
        f"VALUES ({', '.join(['%s'] * len(columns))})"
        f"{' ON CONFLICT DO NOTHING' if passing_over_known else ''}"
    )
