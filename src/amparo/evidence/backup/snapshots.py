"""Snapshots in a backup's place: written last, read with the keys, counted from the newest."""

from __future__ import annotations

import io

from amparo.base.errors import StorageError, UsageError, VerificationError
from amparo.base.keys import Keyring
from amparo.evidence.backup.manifest import Manifest, digest_of_keys, parse, sign
from amparo.evidence.backup.places import Place
from amparo.evidence.store.age import recipient_of
from amparo.evidence.store.chunks import open_sealed, seal

__all__ = ["choose", "key_file", "names", "read", "remove", "write"]

_SEALED, _KEYS = ".age", ".toml"


def names(place: Place) -> list[str]:
    """The snapshots at ``place``, the oldest first; only those that were finished."""
    return [name.removesuffix(_SEALED) for name in place.names() if name.endswith(_SEALED)]


def choose(place: Place, wanted: str | None) -> str:
    """The snapshot called ``wanted`` or, without a name, the newest. UsageError when none is."""
    known = names(place)
    if not known:
        raise UsageError(
            f"There is no backup in {place.address}.",
            next_step="Name the folder or bucket that amparo backup wrote to.",
        )
    if wanted is None:
        return known[-1]
    if wanted not in known:
        raise UsageError(
            f"There is no snapshot {wanted}.", next_step=f"There are: {', '.join(known)}."
        )
    return wanted


def key_file(place: Place, name: str) -> bytes:
    """The locked keys of a snapshot."""
    try:
        return place.read(name + _KEYS)
    except FileNotFoundError as error:
        raise VerificationError(
            f"Snapshot {name}, its keys", got="nothing", expected=f"{name}{_KEYS}"
        ) from error


def read(place: Place, name: str, keyring: Keyring) -> Manifest:
    """Open a snapshot and check it, its keys included; VerificationError names what differs."""
    what = f"Snapshot {name}"
    try:
        sealed = io.BytesIO(place.read(name + _SEALED))
    except FileNotFoundError as error:
        raise StorageError(f"{what} is gone.") from error
    with open_sealed(sealed, keyring.object_identity, label=what) as opened:
        manifest = parse(opened.read(), keyring, what=what)
    _same(f"{what}, its name", manifest.name, name)
    _same(f"{what}, its keys", digest_of_keys(key_file(place, name)), manifest.keys_sha256)
    return manifest


def write(place: Place, manifest: Manifest, keys: bytes, keyring: Keyring) -> None:
    """Put a snapshot there: its keys, then itself, in one step each."""
    place.write(manifest.name + _KEYS, keys)
    sealed = seal(sign(manifest, keyring), recipient_of(keyring.object_identity))
    place.write(manifest.name + _SEALED, sealed)


def remove(place: Place, name: str) -> None:
    """Take a snapshot away; what only it named can then be removed."""
    place.remove(name + _SEALED)
    place.remove(name + _KEYS)


def _same(what: str, got: object, expected: object) -> None:
    if got != expected:
        raise VerificationError(what, got=got, expected=expected)
