"""What a deployment may set, read once from the environment into one typed value.

=========================  ============================================================  ==========
variable                   meaning                                                       default
=========================  ============================================================  ==========
AMPARO_HOME                the workspace's folder                                        platform's
AMPARO_PASSPHRASE_FILE     a file that holds the passphrase, for starts without a person  none
AMPARO_HOSTS               host names that the server answers to, comma separated        localhost
AMPARO_HTTPS               ``1`` when a proxy in front speaks HTTPS                      ``0``
AMPARO_LOCK_MINUTES        idle minutes after which a session locks                      ``30``
AMPARO_SPEECH_MODEL        the folder of a speech model, to write down recordings        none
AMPARO_TRANSLATION_MODELS  a folder of models, to draft translations                    none
DATABASE_URL               ``postgres://…``: rows in PostgreSQL, not in ``amparo.db``     none
OBJECTS_URL                ``s3://bucket/prefix``: objects there, not in ``objects/``     none
AMPARO_METRICS_TOKEN       who says it may read ``/metrics``; without one nobody may      none
=========================  ============================================================  ==========
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_data_path

from amparo.base.errors import UsageError

__all__ = ["Config", "from_environment"]

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one deployment."""

    home: Path
    passphrase_file: Path | None
    hosts: tuple[str, ...]
    https: bool
    lock_minutes: int
    speech_model: Path | None = None
    translation_models: Path | None = None
    database_url: str = field(default="", repr=False)
    objects_url: str = ""
    metrics_token: str = field(default="", repr=False)


def from_environment(environment: Mapping[str, str]) -> Config:
    """Read and check the variables above; raises ``UsageError`` naming the one that is wrong."""
    passphrase_file = environment.get("AMPARO_PASSPHRASE_FILE")
    speech_model = environment.get("AMPARO_SPEECH_MODEL")
    translation_models = environment.get("AMPARO_TRANSLATION_MODELS")
    hosts = tuple(h.strip() for h in environment.get("AMPARO_HOSTS", "").split(",") if h.strip())
    return Config(
        home=Path(environment.get("AMPARO_HOME") or user_data_path("amparo")).expanduser(),
        passphrase_file=Path(passphrase_file).expanduser() if passphrase_file else None,
        hosts=hosts or LOCAL_HOSTS,
        https=environment.get("AMPARO_HTTPS", "0") == "1",
        lock_minutes=_minutes(environment.get("AMPARO_LOCK_MINUTES", "30")),
        speech_model=Path(speech_model).expanduser() if speech_model else None,
        translation_models=Path(translation_models).expanduser() if translation_models else None,
        database_url=_address(environment, "DATABASE_URL", ("postgres", "postgresql")),
        objects_url=_address(environment, "OBJECTS_URL", ("s3",)),
        metrics_token=environment.get("AMPARO_METRICS_TOKEN", "").strip(),
    )


def _address(environment: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> str:
    """The address in a variable, whose value may hold a password and so is never repeated."""
    address = environment.get(name, "").strip()
    scheme, found, rest = address.partition("://")
    if address and not (found and rest and scheme in schemes):
        raise UsageError(
            f"{name} is not an address that begins with {schemes[0]}://.",
            next_step="Write it as docs/operations.md shows, or unset it to use the folder.",
        )
    return address


def _minutes(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 24 * 60:
        raise UsageError(
            f"AMPARO_LOCK_MINUTES is {text!r}.", next_step="Give whole minutes from 1 to 1440."
        )
    return int(text)
