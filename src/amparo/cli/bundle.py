"""``amparo bundle``: exhibits become a numbered, linked and checked bundle for a court."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from amparo.base.errors import UsageError
from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.filing.bundle.index import IndexRow
    from amparo.filing.web.models import Bundle, Production, Volume

__all__ = ["command"]


def command(
    ctx: typer.Context,
    matter: Annotated[str, typer.Argument(help="Its title or number.")],
    index: Annotated[Path, typer.Option(help="CSV with the columns tab, file, description, date.")],
    out: Annotated[Path, typer.Option(help="The PDF to write; volumes become NAME-1.pdf …")],
    profile: Annotated[
        str, typer.Option(help="eoir, uscis, ecthr, untb, icc, generic, or a YAML file.")
    ] = "generic",
    title: Annotated[str, typer.Option(help="On the cover; the matter's title by default.")] = "",
    language: Annotated[str, typer.Option(help="Of cover and index, if the profile may.")] = "",
    field: Annotated[
        list[str] | None, typer.Option(help="A line of the cover: judge='Hon. J. Smith'.")
    ] = None,
    certificate: Annotated[
        list[str] | None, typer.Option(help="A certificate to add: service, translation.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over files of that name.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Produce an exhibit bundle: cover, linked index, numbered pages, checked after writing."""
    if out.expanduser().exists() and not force:
        raise _is_there(out)
    rows = _rows(index)
    fields = dict(_field(each) for each in field or [])
    frame.open_workspace(ctx)
    from amparo.filing.web.actions import add_items, open_bundle
    from amparo.filing.web.queries.bundles import find_items

    user = frame.acting_user(ctx)
    chosen = frame.find_matter(user, matter)
    items = find_items(chosen, rows)
    made = open_bundle(
        chosen,
        acting_user=user,
        title=title or chosen.title,
        profile=profile,
        language=language,
        fields=fields,
        certificates=_certificates(profile, language, certificate or []),
    )
    exhibits = add_items(made, items, acting_user=user)
    _describe(made, [each.pk for each in exhibits], rows, user)
    production = _produce(made, user, out.stem)
    paths = _write(production, out, user, force=force)
    _tell(production, paths, as_json)


def _rows(path: Path) -> tuple[IndexRow, ...]:
    from amparo.filing.bundle.index import read_index

    try:
        data = path.expanduser().read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    return read_index(data)


def _field(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"--field {text!r} has no value.", next_step="Write it as key=value.")
    return key.strip(), value.strip()


def _certificates(profile: str, language: str, wanted: Sequence[str]) -> list[str]:
    """The certificates asked for; UsageError for one that the profile does not have."""
    from amparo.filing.bundle.profiles import load

    known = load(profile, language).certificates
    for each in wanted:
        if each not in known:
            names = ", ".join(known) or "none"
            raise UsageError(
                f"The profile has no certificate {each!r}.", next_step=f"It has: {names}."
            )
    return list(wanted)


def _describe(
    bundle: Bundle, exhibits: Sequence[object], rows: Sequence[IndexRow], user: User
) -> None:
    """Say of each exhibit what its row says."""
    from amparo.filing.web.actions import ExhibitWords, set_exhibits

    said = {
        pk: ExhibitWords(row.tab, row.description, row.date.text if row.date else "")
        for pk, row in zip(exhibits, rows, strict=True)
    }
    set_exhibits(bundle, said, acting_user=user)  # type: ignore[arg-type]


def _produce(bundle: Bundle, user: User, stem: str) -> Production:
    from rich.console import Console
    from rich.progress import Progress

    from amparo.evidence.web.safes import open_safe
    from amparo.extract.web.room import reading_room
    from amparo.filing.web.actions import begin_production, produce_bundle

    production = begin_production(bundle, acting_user=user, stem=stem)
    hidden = not sys.stderr.isatty()
    with Progress(console=Console(stderr=True), disable=hidden, transient=True) as bar:
        task = bar.add_task("Producing")
        produce_bundle(
            production,
            room=reading_room(),
            safe=open_safe(),
            on_step=lambda done, total, what: bar.update(
                task, completed=done, total=total, description=what[:50]
            ),
        )
    return production


def _write(production: Production, out: Path, user: User, *, force: bool) -> list[Path]:
    """Write the volumes in clear where they were asked for, each whole or not at all."""
    from amparo.evidence.web.safes import open_safe
    from amparo.filing.web.actions import open_volume

    volumes = list(production.volumes.select_related("object", "production__bundle__matter"))
    paths = [_path(out, volume, len(volumes)) for volume in volumes]
    for path in paths:
        if path.exists() and not force:
            raise _is_there(path)
    for volume, path in zip(volumes, paths, strict=True):
        with (
            open_volume(volume, safe=open_safe(), acting_user=user) as source,
            _in_progress(path) as part,
            part.open("wb") as target,
        ):
            shutil.copyfileobj(source, target, 2**20)
    return paths


def _is_there(path: Path) -> UsageError:
    return UsageError(f"{path} is there already.", next_step="Give another name, or add --force.")


@contextmanager
def _in_progress(path: Path) -> Iterator[Path]:
    """Give a path beside ``path`` that takes its place when all went well."""
    part = path.with_name(f".{path.name}.part")
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _path(out: Path, volume: Volume, volumes: int) -> Path:
    out = out.expanduser()
    if volumes == 1:
        return out
    return out.with_name(f"{out.stem}-{volume.number}{out.suffix}")


def _tell(production: Production, paths: Sequence[Path], as_json: bool) -> None:
    """Print what was made: per volume its pages, and of each exhibit its place."""
    import json

    manifest = json.loads(production.manifest)
    slips = [each for each in manifest["exhibits"] if each["slip"]]
    volumes = list(production.volumes.select_related("object"))
    if as_json:
        frame.print_json(
            {
                "volumes": [
                    {
                        "path": str(path),
                        "sha256": row.object_id,
                        "size": row.object.size,
                        "first": row.first,
                        "last": row.last,
                    }
                    for path, row in zip(paths, volumes, strict=True)
                ],
                "pages": volumes[-1].last,
                "exhibits": manifest["exhibits"],
                "compared": production.report["compared"],
                "ledger_entry": production.entry_id,
            }
        )
        return
    for path, row in zip(paths, volumes, strict=True):
        print(f"{path}  pages {row.first} to {row.last}")
    compared = sum(production.report["compared"].values())
    frame.say(f"Opened again and checked: {compared} comparisons, all of them hold.")
    for each in slips:
        frame.say(f"Exhibit {each['tab']} is a slip sheet, for it cannot be shown in pages.")
