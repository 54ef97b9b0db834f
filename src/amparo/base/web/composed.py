"""Queries that are composed once: what is asked at every turn is only given its keys.

The ORM takes about a millisecond to compose a query of some joins, ten times as long as a database
takes to answer it by a key. The gate is asked at least once for each page, each file that is taken
in and each that is read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from amparo.base.ids import new_id

__all__ = ["Composed"]

Row = TypeVar("Row", bound=Model)


class Composed(Generic[Row]):
    """``ask(*keys)`` as a function of its keys alone, which gives the rows.

    ``ask`` makes a query of whole rows, annotated or not, and does nothing with its keys but to
    compare with them. A yes or no among the annotations is what the database makes of it (SQLite
    has 0 and 1).
    """

    def __init__(self, ask: Callable[..., QuerySet[Row]]) -> None:
        self._ask = ask
        self._composed: dict[str, tuple[type[Row], str, list[Any]]] = {}

    def __call__(self, *keys: UUID) -> list[Row]:
        """The rows that the query finds now."""
        known = self._composed.get(connection.vendor)
        if known is None:
            known = self._composed[connection.vendor] = self._compose(len(keys))
        model, sql, parameters = known
        given = [each.of(keys) if isinstance(each, _Key) else each for each in parameters]
        return list(model._default_manager.raw(sql, given))

    def _compose(self, count: int) -> tuple[type[Row], str, list[Any]]:
        """The statement for keys that nobody has, and where they stand among its parameters."""
        keys = [new_id() for _ in range(count)]
        found = self._ask(*keys)
        sql, parameters = found.query.sql_with_params()
        asked = [_place(value, keys) for value in parameters]
        if {each.number for each in asked if isinstance(each, _Key)} != set(range(count)):
            raise ValueError(f"not every key is a parameter of {sql}")
        return found.model, sql, asked


@dataclass(frozen=True, slots=True)
class _Key:
    """A parameter that is the ``number``-th key, in the form that the database takes."""

    number: int
    as_text: bool

    def of(self, keys: Sequence[UUID]) -> object:
        key = keys[self.number]
        return key.hex if self.as_text else key


def _place(value: Any, keys: Sequence[UUID]) -> Any:
    for number, key in enumerate(keys):
        if value in (key, key.hex):
            return _Key(number, as_text=isinstance(value, str))
    return value
