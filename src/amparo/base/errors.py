"""Every error that Amparo raises on purpose, as one tree.

::

    AmparoError                 exit 1   something went wrong that a person can act on
    ├── UsageError              exit 2   the request itself cannot be carried out as given
    │   ├── UnclearDate                  a date cannot be understood, or in two ways
    │   └── BadPinpoint                  an address inside a file cannot be understood
    ├── VerificationError       exit 3   something is not what was sealed ("got X, expected Y")
    ├── WorkspaceError          exit 4   the workspace cannot be opened
    │   ├── NoWorkspace                  there is none in this folder
    │   ├── WrongPassphrase              the secret does not open it
    │   ├── TooManyAttempts              wait before trying again
    │   └── WorkspaceBusy                another process holds it
    ├── AccessDenied            exit 1   this person may not do this to this object
    ├── StorageError            exit 1   the disk or the object store failed
    │   ├── StorageFull                  no space left
    │   ├── StorageAway                  the object store does not answer now
    │   └── ObjectMissing                a sealed object is not there
    ├── ProgramMissing          exit 1   an external program is not installed
    ├── ProgramFailed           exit 1   an external program ran and failed
    ├── TypesettingFailed       exit 1   a document's template or data cannot be set to pages
    ├── UnreadableFile          exit 1   a file cannot be read; says why
    ├── CallFailed              exit 1   a service outside did not answer as it should
    │   └── CallingOutIsOff              nobody allowed this kind of call
    └── Cancelled               exit 1   a person stopped the work

Each carries ``message`` (what happened), ``next_step`` (what to do now) and ``exit_code``.
The command line prints both and exits; pages show both; nothing else catches the tree.
"""

from __future__ import annotations

__all__ = [
    "AccessDenied",
    "AmparoError",
    "BadPinpoint",
    "CallFailed",
    "CallingOutIsOff",
    "Cancelled",
    "NoWorkspace",
    "ObjectMissing",
    "ProgramFailed",
    "ProgramMissing",
    "StorageAway",
    "StorageError",
    "StorageFull",
    "TooManyAttempts",
    "TypesettingFailed",
    "UnclearDate",
    "UnreadableFile",
    "UsageError",
    "VerificationError",
    "WorkspaceBusy",
    "WorkspaceError",
    "WrongPassphrase",
]


class AmparoError(Exception):
    """Something went wrong that a person can act on."""

    exit_code = 1

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()

    def __reduce__(self) -> tuple[object, ...]:
        """With all that it says, so that it can cross from one interpreter to another."""
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[AmparoError], args: tuple[str], said: dict[str, object]) -> AmparoError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(said)
    return error


class UsageError(AmparoError):
    """The request itself cannot be carried out as given."""

    exit_code = 2


class UnclearDate(UsageError):
    """A date cannot be understood; ``readings`` are the EDTF texts that it may have meant."""

    def __init__(
        self, message: str, *, readings: tuple[str, ...] = (), next_step: str = ""
    ) -> None:
        super().__init__(message, next_step=next_step)
        self.readings = readings


class BadPinpoint(UsageError):
    """An address inside a file cannot be understood."""


class VerificationError(AmparoError):
    """Something is not what it was sealed as.

    ``what`` names the first broken thing; ``got`` and ``expected`` are the two values compared.
    """

    exit_code = 3

    def __init__(self, what: str, *, got: object, expected: object, next_step: str = "") -> None:
        super().__init__(f"{what}: got {got}, expected {expected}.", next_step=next_step)
        self.what = what
        self.got = got
        self.expected = expected


class WorkspaceError(AmparoError):
    """The workspace cannot be opened."""

    exit_code = 4


class NoWorkspace(WorkspaceError):
    """There is no workspace in this folder."""


class WrongPassphrase(WorkspaceError):
    """The passphrase or recovery code does not open this workspace."""


class TooManyAttempts(WorkspaceError):
    """Too many wrong secrets; ``wait_seconds`` says how long to wait."""

    def __init__(self, message: str, *, wait_seconds: int, next_step: str = "") -> None:
        super().__init__(message, next_step=next_step)
        self.wait_seconds = wait_seconds


class WorkspaceBusy(WorkspaceError):
    """Another process holds the workspace in a way that excludes this one."""


class AccessDenied(AmparoError):
    """This person may not do this to this object."""


class StorageError(AmparoError):
    """The disk or the object store failed."""


class StorageFull(StorageError):
    """No space is left where sealed objects are kept."""


class StorageAway(StorageError):
    """The object store does not answer, or not as it should; it may by and by."""


class ObjectMissing(StorageError):
    """A sealed object is not where it should be."""


class ProgramMissing(AmparoError):
    """An external program that this work needs is not installed."""


class ProgramFailed(AmparoError):
    """An external program ran and did not do its work."""


class TypesettingFailed(AmparoError):
    """A document's template or data cannot be set to pages."""


class UnreadableFile(AmparoError):
    """A file cannot be read; the message says why in a sentence for its owner."""


class CallFailed(AmparoError):
    """A service outside this computer did not answer as it should."""


class CallingOutIsOff(CallFailed):
    """Nobody has allowed this kind of call; nothing was sent."""


class Cancelled(AmparoError):
    """A person stopped the work."""
