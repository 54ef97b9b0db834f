"""The workspace's tables as a backup sees them: whatever slice they belong to.

Every table that Django manages is kept, but for sessions, which end with a move, and the queue's
own tables, which are filled anew. The words of the search are made again from its passages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model

from amparo.evidence.backup.blocks import encoder
from amparo.evidence.backup.manifest import Column

if TYPE_CHECKING:
    from django.apps.registry import Apps

__all__ = ["columns_of", "fields_of", "kept_migrations", "models_of", "one_moment", "rows_of"]

LEFT_OUT = frozenset({"sessions", "procrastinate"})
_ROWS_AT_ONCE = 2_000
_KINDS = {
    "UUIDField": "uuid",
    "DateTimeField": "datetime",
    "DateField": "date",
    "TimeField": "time",
    "DurationField": "duration",
    "DecimalField": "decimal",
    "BinaryField": "bytes",
    "JSONField": "json",
}


def models_of(registry: Apps = apps) -> Mapping[str, type[Model]]:
    """Every kept model by its table."""
    every = registry.get_models(include_auto_created=True)
    return {
        model._meta.db_table: model
        for model in sorted(every, key=lambda each: each._meta.db_table)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT
    }


def kept_migrations() -> tuple[tuple[str, str], ...]:
    """What the tables look like: the migrations that made them."""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(each for each in applied if each[0] not in LEFT_OUT))


def fields_of(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns of a model, its key first."""
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
    return sorted(fields, key=lambda each: not each.primary_key)


def columns_of(model: type[Model]) -> tuple[Column, ...]:
    """The columns as a manifest says them."""
    return tuple(Column(str(field.column), _kind(field)) for field in fields_of(model))


def rows_of(model: type[Model]) -> Iterator[list[object]]:
    """Every row of a table, encoded, in the order of its key."""
    names = [field.attname for field in fields_of(model)]
    encode = encoder([column.kind for column in columns_of(model)])
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(_ROWS_AT_ONCE):
        yield encode(row)


@contextmanager
def one_moment() -> Iterator[None]:
    """Read all tables as they are at one moment, and let others write meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    before = getattr(connection, "transaction_mode", None)
    try:
        if connection.vendor == "sqlite":
            connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = before  # type: ignore[attr-defined]


def _kind(field: Field[Any, Any]) -> str:
    target: Any = field
    while target.remote_field:
        target = target.target_field
    return _KINDS.get(target.get_internal_type(), "plain")
