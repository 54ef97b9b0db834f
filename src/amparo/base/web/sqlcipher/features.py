"""What SQLCipher's SQLite can do, as Django asks it."""

from __future__ import annotations

from django.db.backends.sqlite3 import features as django_sqlite


class DatabaseFeatures(django_sqlite.DatabaseFeatures):
    """SQLCipher bundles a recent SQLite with JSON and without shared-cache test databases."""

    supports_json_field = True
    can_clone_databases = False
    max_query_params = 32_766
