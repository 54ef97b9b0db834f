"""Django's SQLite backend, on the SQLCipher driver.

SQLCipher 4 (https://www.zetetic.net/sqlcipher/) keeps SQLite's SQL and file format page by page
under AES-256-CBC with HMAC-SHA512. Django's own backend names the standard library's driver in a
few places; this one names ours there and nowhere else differs.
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Callable
from itertools import tee
from typing import Any, ClassVar

from django.db.backends.sqlite3 import base as django_sqlite
from django.db.backends.sqlite3._functions import register as register_functions
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812 the name that Django's backends use

from amparo.base.web.sqlcipher.features import DatabaseFeatures

__all__ = ["DatabaseWrapper"]

CONNECTION_PRAGMAS = (
    "PRAGMA cipher_memory_security = OFF",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -65536",
    "PRAGMA foreign_keys = ON",
    "PRAGMA legacy_alter_table = OFF",
    "PRAGMA trusted_schema = OFF",
)


def _register_types() -> None:
    for name, convert in (
        ("date", parse_date),
        ("time", parse_time),
        ("datetime", parse_datetime),
        ("timestamp", parse_datetime),
    ):
        Database.register_converter(name, django_sqlite.decoder(convert))
    Database.register_converter("bool", b"1".__eq__)
    Database.register_adapter(decimal.Decimal, str)
    Database.register_adapter(datetime.date, django_sqlite.adapt_date)
    Database.register_adapter(datetime.datetime, django_sqlite.adapt_datetime)


_register_types()


class DatabaseWrapper(django_sqlite.DatabaseWrapper):
    """One encrypted connection; ``vendor`` stays ``sqlite`` because the SQL is SQLite's."""

    Database = Database
    display_name = "SQLCipher"
    features_class = DatabaseFeatures
    _key: Callable[[], bytes]
    _busy_ms: ClassVar[int] = 30_000

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self._key = params.pop("key")
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        conn = Database.connect(**conn_params)
        conn.execute(f"PRAGMA key = \"x'{self._key().hex()}'\"")
        conn.execute(f"PRAGMA busy_timeout = {self._busy_ms}")
        for pragma in CONNECTION_PRAGMAS:
            conn.execute(pragma)
        register_functions(conn)
        return conn

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002
        return self.connection.cursor(factory=Cursor)


class Cursor(Database.Cursor):  # type: ignore[misc]
    """Translate Django's ``%s`` and ``%(name)s`` placeholders into SQLite's."""

    _convert = staticmethod(django_sqlite.SQLiteCursorWrapper.convert_query)

    def execute(self, query: str, params: Any = None) -> Any:
        if params is None:
            return super().execute(query)
        names = list(params) if isinstance(params, dict) else None
        return super().execute(self._convert(self, query, param_names=names), params)

    def executemany(self, query: str, param_list: Any) -> Any:
        peekable, rows = tee(iter(param_list))
        first = next(peekable, None)
        names = list(first) if isinstance(first, dict) else None
        return super().executemany(self._convert(self, query, param_names=names), rows)
