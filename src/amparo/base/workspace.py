"""The folder in which everything is kept, and its one file in clear, ``amparo.toml``.

::

    amparo.toml   version, cost of the passphrase, the two boxes that hold the data key
    amparo.db     rows, index, queue, ledger (encrypted)
    objects/      originals and derivatives, one age file each
    backups/

``amparo.toml`` holds no secret and no word about the work. Its checksum tells a damaged file from
a wrong passphrase.
"""

from __future__ import annotations

import hashlib
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from amparo.base import files, keys
from amparo.base.attempts import one_attempt
from amparo.base.errors import NoWorkspace, UsageError, WorkspaceError
from amparo.base.keys import STANDARD, Argon2Params, Keyring, Wrapped

__all__ = [
    "VERSION",
    "Workspace",
    "adopt",
    "change_passphrase",
    "create",
    "key_file_of",
    "open_with",
    "open_with_recovery",
    "refuse_taken",
    "replace_recovery_code",
    "unlock_key_file",
]

VERSION = 1

_FILE = "amparo.toml"
_FORMAT = "amparo workspace"
_HEADING = (
    "# Amparo keeps the locked keys of this workspace here. Without this file nothing opens.\n"
)
_CHECK = b"\n[check]\n"


@dataclass(frozen=True, slots=True)
class Workspace:
    """An open workspace: where it lies, and the keys to it."""

    home: Path
    keyring: Keyring = field(repr=False)
    version: int = VERSION

    @property
    def database(self) -> Path:
        """The encrypted database file."""
        return self.home / "amparo.db"

    @property
    def objects(self) -> Path:
        """The folder of sealed objects."""
        return self.home / "objects"

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.home / "backups"


def create(
    home: Path, passphrase: str, *, params: Argon2Params = STANDARD
) -> tuple[Workspace, str]:
    """Make a workspace in ``home``; give it and the recovery code to print.

    ``amparo.toml`` is written last and in one step, so a killed attempt can simply be repeated.
    UsageError when there is one already; StorageError when the folder cannot be written.
    """
    refuse_taken(home)
    fresh = keys.create(passphrase, params=params)
    workspace = Workspace(home, fresh.keyring)
    with files.storage_errors(home):
        for folder in (home, workspace.objects, workspace.backups):
            files.make_private_folder(folder)
        try:
            files.write_new(home / _FILE, _format(fresh.wrapped))
        except FileExistsError as error:
            raise _taken(home) from error
    return workspace, fresh.recovery_code


def open_with(home: Path, passphrase: str, *, clock: Callable[[], float] = time.time) -> Workspace:
    """Open with the passphrase. NoWorkspace, WrongPassphrase, TooManyAttempts, WorkspaceError."""
    version, wrapped = _read(home)
    with one_attempt(home / ".attempts", clock):
        return Workspace(home, keys.unlock(wrapped, passphrase), version)


def open_with_recovery(home: Path, code: str) -> Workspace:
    """Open with the printed recovery code, which is too long to guess and so is never throttled."""
    version, wrapped = _read(home)
    return Workspace(home, keys.unlock_with_recovery(wrapped, code), version)


def key_file_of(workspace: Workspace) -> bytes:
    """The bytes of ``amparo.toml``, for a backup; checked before they are given."""
    _read(workspace.home)
    with files.storage_errors(workspace.home):
        return (workspace.home / _FILE).read_bytes()


def unlock_key_file(data: bytes, *, passphrase: str = "", recovery_code: str = "") -> Keyring:
    """The keys in a copy of ``amparo.toml``, by one of the two. WrongPassphrase, WorkspaceError."""
    _, wrapped = _parse(data)
    if recovery_code:
        return keys.unlock_with_recovery(wrapped, recovery_code)
    return keys.unlock(wrapped, passphrase)


def adopt(workspace: Workspace, key_file: bytes) -> None:
    """Put a copy of ``amparo.toml`` into a workspace that was restored, the last thing of all."""
    _parse(key_file)
    with files.storage_errors(workspace.home):
        files.write_new(workspace.home / _FILE, key_file)


def refuse_taken(home: Path) -> None:
    """Raise UsageError or WorkspaceError when ``home`` holds a workspace, whole or not."""
    if (home / _FILE).exists():
        raise _taken(home)
    if _holds_data(home):
        raise _without_keys(home)


def change_passphrase(
    workspace: Workspace, new_passphrase: str, *, params: Argon2Params = STANDARD
) -> None:
    """Lock the same keys with another passphrase; nothing else is encrypted again."""
    _, wrapped = _read(workspace.home)
    _rewrite(workspace, keys.rewrap(wrapped, workspace.keyring, new_passphrase, params=params))


def replace_recovery_code(workspace: Workspace) -> str:
    """Give a new recovery code; the old one opens nothing more."""
    _, wrapped = _read(workspace.home)
    wrapped, code = keys.replace_recovery_code(wrapped, workspace.keyring)
    _rewrite(workspace, wrapped)
    return code


def _rewrite(workspace: Workspace, wrapped: Wrapped) -> None:
    with files.storage_errors(workspace.home):
        files.replace(workspace.home / _FILE, _format(wrapped))


def _read(home: Path) -> tuple[int, Wrapped]:
    """Give version and boxes of ``amparo.toml``, or say what is wrong with it."""
    try:
        text = (home / _FILE).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        if _holds_data(home):
            raise _without_keys(home) from error
        raise NoWorkspace(
            f"There is no workspace in {home}.",
            next_step=f"Make one with: amparo --home {home} init",
        ) from error
    except OSError as error:
        raise WorkspaceError(f"Cannot read {home / _FILE}: {error.strerror}.") from error
    return _parse(text)


def _parse(text: bytes) -> tuple[int, Wrapped]:
    try:
        content = tomllib.loads(text.decode())
    except ValueError as error:
        raise _damaged(f"it is not TOML: {error}") from error
    if content.get("format") != _FORMAT:
        raise _damaged(f"got format {content.get('format')!r}, expected {_FORMAT!r}")
    version = content.get("version")
    if not isinstance(version, int) or version < 1:
        raise _damaged(f"got version {version!r}, expected a number")
    if version > VERSION:
        raise WorkspaceError(
            f"This workspace has version {version}; this Amparo reads up to {VERSION}.",
            next_step="Install a newer Amparo.",
        )
    expected, got = _stated_checksum(content), _checksum(text.rpartition(_CHECK)[0])
    if got != expected:
        raise _damaged(f"got checksum {got}, expected {expected}")
    return version, content.get("keys", {})


def _format(wrapped: Wrapped) -> bytes:
    lines = [_HEADING, f'format = "{_FORMAT}"\n', f"version = {VERSION}\n"]
    for name, box in wrapped.items():
        lines.append(f"\n[keys.{name}]\n")
        for term, value in box.items():
            lines.append(f"{term} = {value if isinstance(value, int) else _quote(value)}\n")
    body = "".join(lines).encode()
    return body + _CHECK + f'sha256 = "{_checksum(body)}"\n'.encode()


def _quote(value: str) -> str:
    """Write base 64 and names, which hold nothing that TOML would have escaped."""
    return f'"{value}"'


def _checksum(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _stated_checksum(content: Mapping[str, object]) -> object:
    check = content.get("check")
    return check.get("sha256") if isinstance(check, Mapping) else None


def _holds_data(home: Path) -> bool:
    objects = home / "objects"
    return (home / "amparo.db").exists() or (objects.is_dir() and any(objects.iterdir()))


def _taken(home: Path) -> UsageError:
    return UsageError(
        f"There is a workspace in {home} already.", next_step="Use it, or name another folder."
    )


def _without_keys(home: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{home} holds a workspace whose key file {_FILE} is missing.",
        next_step=f"Put {_FILE} back from a backup; without it nothing here can be opened.",
    )


def _damaged(how: str) -> WorkspaceError:
    return WorkspaceError(
        f"The key file {_FILE} is damaged: {how}.",
        next_step=f"Put {_FILE} back from a backup; the passphrase is not the problem.",
    )
