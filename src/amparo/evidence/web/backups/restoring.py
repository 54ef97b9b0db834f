"""From a backup to a workspace: rows into empty tables, objects into the store, all of it checked.

The tables are first made as they were when the snapshot was made, then filled, then brought up to
date by the same migrations that bring any workspace up to date: so a backup of an earlier Amparo
is restored by a later one, and a backup of SQLCipher into PostgreSQL or the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Model

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.digests import Digests
from amparo.base.errors import UsageError, VerificationError
from amparo.base.web import current
from amparo.base.web.jobs import queue_again
from amparo.evidence.backup.manifest import Manifest, Table
from amparo.evidence.backup.places import Place
from amparo.evidence.store.fixity import check_object
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions.verification import verify_workspace
from amparo.evidence.web.backups.account import note
from amparo.evidence.web.backups.reading import stored_rows
from amparo.evidence.web.backups.tables import LEFT_OUT, fields_of, models_of
from amparo.evidence.web.models import BackupEntry, StoredObject, Verification
from amparo.evidence.web.queries.disposed import erased_objects
from amparo.evidence.web.safes import open_safe
from amparo.search.web.actions import rebuild

__all__ = ["keep_account", "restore", "restore_objects", "restore_rows"]

BLOCK = 2**20

OnProgress = Callable[[str, int, int], None]


def restore(
    manifest: Manifest, place: Place, *, drill: bool, on_progress: OnProgress
) -> Verification:
    """Fill the open workspace, which is empty, and verify all of it.

    A drill reads the objects where they lie in the backup and leaves no account. UsageError,
    VerificationError as ``restore_rows`` and ``restore_objects``; what the verification finds is
    in its outcome.
    """
    restore_rows(manifest, place, on_progress=on_progress)
    if not drill:
        restore_objects(place, on_progress=on_progress)
        keep_account(manifest, place)
    owner = User.objects.filter(is_active=True).order_by("created_at").first()
    if owner is None:
        raise UsageError("Nobody is in this backup.", next_step="Choose an older snapshot.")
    return verify_workspace(acting_user=owner, on_progress=on_progress)


def restore_rows(manifest: Manifest, place: Place, *, on_progress: OnProgress) -> int:
    """Fill the empty database of the open workspace; gives how many rows.

    All or nothing. UsageError when the tables are not empty or a later Amparo made the backup,
    VerificationError when a block is not what the snapshot says.
    """
    safe = Safe.of(place.rows, current.workspace().keyring)
    executor = MigrationExecutor(connection)
    _refuse_unknown(manifest, executor)
    state = executor.migrate(_targets(manifest, executor))
    of_today = set(manifest.migrations) >= _kept(executor.loader.graph.nodes)
    models = models_of() if of_today else models_of(state.apps)
    with _without_order(), transaction.atomic():
        _refuse_full(models)
        for model in models.values():
            model._base_manager.all()._raw_delete(connection.alias)
        _fill(manifest, models, safe, on_progress)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    _set_sequences()
    rebuild(on_progress=lambda done: on_progress("search", done, 0))
    queue_again()
    return manifest.rows


def restore_objects(place: Place, *, on_progress: OnProgress) -> int:
    """Copy what the rows name from the backup into the store; gives how many were copied.

    Each is read from end to end in the backup first. Run again, it goes on where it stopped.
    VerificationError names the first object that is not what the rows say.
    """
    store, source = open_safe().store, Safe.of(place.objects, current.workspace().keyring)
    gone = erased_objects()
    rows = StoredObject.objects.exclude(pk__in=gone).order_by("pk")
    total, copied = rows.count(), 0
    held = set(place.objects.names())
    for number, row in enumerate(rows.iterator(), 1):
        if row.object_name in held and not store.exists(row.object_name):
            check_object(source, row.object_name, Digests(row.sha256, row.blake3, row.size))
            with source.store.open(row.object_name) as sealed, store.draft() as draft:
                while block := sealed.read(BLOCK):
                    draft.write(block)
                draft.keep(row.object_name)
            copied += 1
        on_progress("objects", number, total)
    return copied


@transaction.atomic
def keep_account(manifest: Manifest, place: Place) -> None:
    """Write down, in the ledger too, where this workspace came from."""
    said: dict[str, Any] = {
        "snapshot": manifest.name,
        "place": place.address,
        "rows": manifest.rows,
        "objects": manifest.objects,
    }
    note(BackupEntry.Kind.RESTORED, said, acting_user=None)
    owner = User.objects.order_by("created_at").first()
    audit("restore the workspace", acting_user=owner, subject=None, **said)


def _fill(manifest: Manifest, models: Any, safe: Safe, on_progress: OnProgress) -> None:
    done = 0
    for table in manifest.tables:
        if table.name not in models:
            raise VerificationError(
                f"Table {table.name}", got="no such table", expected="one of the snapshot's"
            )
        insert = _inserter(models[table.name], table)
        for rows in stored_rows(table, safe):
            insert(rows)
            done += len(rows)
            on_progress("rows", done, manifest.rows)


def _inserter(model: type[Model], table: Table) -> Callable[[Sequence[Sequence[object]]], None]:
    """A way to insert decoded rows, whatever the order of the columns then and now."""
    fields = {field.column: field for field in fields_of(model)}
    ordered = [fields[column.name] for column in table.columns]
    quote = connection.ops.quote_name
    names = ", ".join(quote(column.name) for column in table.columns)
    marks = ", ".join(["%s"] * len(ordered))
    sql = f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})"  # noqa: S608

    def insert(rows: Sequence[Sequence[object]]) -> None:
        prepared = [
            [
                field.get_db_prep_save(value, connection)
                for field, value in zip(ordered, row, strict=True)
            ]
            for row in rows
        ]
        with connection.cursor() as cursor:
            cursor.executemany(sql, prepared)

    return insert


def _refuse_unknown(manifest: Manifest, executor: MigrationExecutor) -> None:
    unknown = [each for each in manifest.migrations if each not in executor.loader.graph.nodes]
    if unknown:
        raise UsageError(
            f"A later Amparo ({manifest.amparo}) made this backup.",
            next_step="Install that version or a newer one, then restore.",
        )


def _targets(manifest: Manifest, executor: MigrationExecutor) -> list[tuple[str, str]]:
    """The last migrations of the snapshot, and those of the apps that it leaves out."""
    graph = executor.loader.graph
    applied = set(manifest.migrations)
    ends = [
        each
        for each in manifest.migrations
        if not any(child.key in applied for child in graph.node_map[each].children)
    ]
    return ends + [each for each in graph.leaf_nodes() if each[0] in LEFT_OUT]


def _kept(migrations: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {each for each in migrations if each[0] not in LEFT_OUT}


def _refuse_full(models: Any) -> None:
    people = models[User._meta.db_table]._base_manager
    if people.exists():
        raise UsageError(
            "The database holds a workspace already.",
            next_step="Name an empty one in DATABASE_URL, or another folder with --home.",
        )


@contextmanager
def _without_order() -> Iterator[None]:
    """Let rows come before the rows that they refer to; all are checked at the end."""
    with connection.constraint_checks_disabled():
        yield
    connection.check_constraints()


def _set_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), list(models_of().values()))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
