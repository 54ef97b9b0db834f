"""Django's ``migrate``, which in an empty database begins with the tables as they are kept."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.core.management.commands import migrate

from amparo.site.tables import make_tables


class Command(migrate.Command):
    """``--one-by-one`` carries out each migration, as ``tools/keep_tables.py`` wants it."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--one-by-one", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make what is kept, then migrate what is not among it."""
        if not options["one_by_one"] and options["app_label"] is None:
            make_tables()
        super().handle(*args, **options)
