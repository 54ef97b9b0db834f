"""The files of a folder that is received: listed in a fixed order, opened without surprises.

Nothing is followed out of the folder, and nothing but plain files is read: each component of a
path is opened below the one before it and without following links, so that a folder that changes
meanwhile leads nowhere else.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from amparo.base.errors import UnreadableFile, UsageError

__all__ = ["Source", "open_source", "refuse_changed", "sources"]

_OTHER_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class Source:
    """A file below ``root``. ``size`` and ``modified`` (seconds since 1970) as it was listed.

    ``problem`` is a sentence when it cannot be taken in, else empty.
    """

    root: Path
    path: Path
    size: int = 0
    modified: float = 0.0
    problem: str = ""

    @property
    def name(self) -> str:
        """The file's own name, in Unicode."""
        return self.shown_path.rpartition("/")[2]

    @property
    def shown_path(self) -> str:
        """The path below ``root`` in Unicode; bytes that are none are written as ``\\\\xNN``."""
        return os.fsencode(self.path.as_posix()).decode("utf-8", "backslashreplace")

    @property
    def modified_at(self) -> str:
        """The file's time as received (RFC 3339, UTC); it proves nothing."""
        try:
            moment = datetime.fromtimestamp(self.modified, UTC)
        except (ValueError, OverflowError, OSError):
            return ""
        return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def sources(root: Path, *, leave_out: Path | None = None) -> Iterator[Source]:
    """Every file in a folder, sorted by path, or the one file that ``root`` is.

    What cannot be taken in comes too, with its problem. ``leave_out`` is a folder that is passed
    over: the workspace, should it lie inside. UsageError when there is nothing at ``root``.
    """
    try:
        real = root.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise UsageError(
            f"There is no folder or file {root}.", next_step="Check the path and try again."
        ) from error
    hidden = leave_out.resolve() if leave_out else None
    if real.is_dir():
        yield from _walk(real, hidden)
    else:
        yield _listed(real.parent, real)


@contextmanager
def open_source(source: Source) -> Iterator[FileIO]:
    """Open it for reading; UnreadableFile says in a sentence why not."""
    if source.problem:
        raise UnreadableFile(source.problem)
    try:
        with FileIO(_descriptor(source), closefd=True) as file:
            _refuse_other_kinds(os.fstat(file.fileno()).st_mode)
            yield file
    except OSError as error:
        raise UnreadableFile(_reason(error)) from error


def refuse_changed(file: FileIO, before: os.stat_result) -> None:
    """Refuse a file that is not as it was at ``before``, when all of it has been read."""
    after = os.fstat(file.fileno())
    same = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    if not same or file.tell() != before.st_size:
        raise UnreadableFile(
            "The file changed while it was read.",
            next_step="Wait until nothing writes to it, then add it again.",
        )


def _walk(root: Path, hidden: Path | None) -> Iterator[Source]:
    """Go through the folders in order, with a stack of ours: a hostile folder can be deep."""
    waiting = [(root, True)]
    while waiting:
        path, is_folder = waiting.pop()
        if path == hidden:
            continue
        if not is_folder:
            yield _listed(root, path)
            continue
        try:
            with os.scandir(path) as listing:
                found = [(Path(e.path), e.is_dir(follow_symlinks=False)) for e in listing]
        except OSError as error:
            yield Source(root, path.relative_to(root), problem=_reason(error, "folder"))
            continue
        waiting.extend(sorted(found, reverse=True))


def _listed(root: Path, path: Path) -> Source:
    relative = path.relative_to(root)
    try:
        facts = path.lstat()
        if stat.S_ISLNK(facts.st_mode):
            facts = _target(root, path).stat()
        _refuse_other_kinds(facts.st_mode)
    except UnreadableFile as error:
        return Source(root, relative, problem=error.message)
    except OSError as error:
        return Source(root, relative, problem=_reason(error))
    return Source(root, relative, facts.st_size, facts.st_mtime)


def _target(root: Path, link: Path) -> Path:
    """Where a link leads, when that is a file in the folder."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise UnreadableFile("This is a link that leads to nothing.") from error
    if not target.is_relative_to(root):
        raise UnreadableFile("This is a link that leads out of the folder.")
    if target.is_dir():
        raise UnreadableFile("This is a link to a folder, whose files are taken where they lie.")
    return target


def _descriptor(source: Source) -> int:
    """Open the file, or what a link inside the folder leads to."""
    try:
        return _open_below(source.root, source.path.parts)
    except _IsLink:
        target = _target(source.root, source.root / source.path)
    return _open_below(source.root, target.relative_to(source.root).parts)


class _IsLink(Exception):
    """The last component of a path is a link."""


def _open_below(root: Path, parts: Sequence[str]) -> int:
    """Open a file component by component, each below the one before."""
    *folders, name = parts
    at = os.open(root, _FOLDER_FLAGS)
    try:
        for folder in folders:
            below = os.open(folder, _FOLDER_FLAGS, dir_fd=at)
            os.close(at)
            at = below
        mode = os.stat(name, dir_fd=at, follow_symlinks=False).st_mode
        if stat.S_ISLNK(mode):
            raise _IsLink
        _refuse_other_kinds(mode)
        return os.open(name, _FILE_FLAGS, dir_fd=at)
    finally:
        os.close(at)


def _refuse_other_kinds(mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    kinds = (kind for test, kind in _OTHER_KINDS if test(mode))
    raise UnreadableFile(f"This is {next(kinds, 'something else')}, not a file.")


def _reason(error: OSError, what: str = "file") -> str:
    if isinstance(error, PermissionError):
        return f"You may not read this {what}."
    if isinstance(error, FileNotFoundError):
        return f"The {what} was there when it was listed and is gone."
    return f"The {what} could not be read: {error.strerror or error}."
