"""Where the rows are, as Django asks it: SQLCipher in the workspace's folder, or PostgreSQL."""

from __future__ import annotations

from typing import Any

from amparo.base.errors import UsageError
from amparo.base.web import current
from amparo.site.config import Config

__all__ = ["apps", "of"]

KEEP_SECONDS = 600
NOTICE = {
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}
"""A server that vanished without a word is noticed in seconds, not in the quarter of an hour that
TCP waits by itself (libpq, section 32.1.2; ``tcp_user_timeout`` in milliseconds)."""


def of(config: Config) -> dict[str, Any]:
    """The database of a deployment; UsageError when its address cannot be understood."""
    return _postgresql(config.database_url) if config.database_url else _sqlcipher(config)


def apps(config: Config) -> tuple[str, ...]:
    """The Django apps that the database brings: PostgreSQL has procrastinate's queue."""
    return ("procrastinate.contrib.django",) if config.database_url else ()


def _sqlcipher(config: Config) -> dict[str, Any]:
    return {
        "ENGINE": "amparo.base.web.sqlcipher",
        "NAME": str(config.home / "amparo.db"),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "key": current.database_key},
        "CONN_MAX_AGE": KEEP_SECONDS,
        "TEST": {"NAME": str(config.home / "test.db")},
    }


def _postgresql(url: str) -> dict[str, Any]:
    """The parts of a connection URI (libpq, section 32.1.1.2); what is more goes to libpq."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        parts: dict[str, Any] = dict(conninfo_to_dict(url))
    except psycopg.ProgrammingError as error:
        raise UsageError(
            "DATABASE_URL cannot be understood.",
            next_step="Write it like postgres://user:password@host:5432/database.",
        ) from error
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host"}
    options = {**NOTICE, "application_name": "amparo"}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{setting: parts.pop(name, "") for setting, name in named.items()},
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": {**options, **parts},
        "CONN_MAX_AGE": KEEP_SECONDS,
        "CONN_HEALTH_CHECKS": True,
    }
