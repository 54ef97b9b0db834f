"""Reading profiles: those that come with Amparo, and an organisation's own as a YAML file."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from amparo.base.errors import UsageError
from amparo.filing.bundle.profiles.schema import Profile, read
from amparo.filing.bundle.words import say, words

__all__ = ["load", "names"]


def names() -> tuple[str, ...]:
    """Give the names of the profiles that come with Amparo, in alphabetical order."""
    folder = resources.files(__package__)
    found = (entry.name.removesuffix(".yaml") for entry in folder.iterdir())
    return tuple(sorted(name for name in found if (folder / f"{name}.yaml").is_file()))


@cache
def load(name: str, language: str = "") -> Profile:
    """Give the profile ``name``, or the one in the file of that path, its words in ``language``.

    What a profile leaves empty (``word: ""``) is filled from the words of the language, the
    profile's own when ``language`` is "". Raises UsageError for a name that there is none of, a
    file that is no profile, and a language that the profile does not take.
    """
    profile = read(yaml.safe_load(_text(name)))
    chosen = language or profile.language
    if chosen not in profile.languages:
        raise UsageError(
            f"The profile {profile.id} does not take the language {chosen!r}.",
            next_step=f"Choose one of: {', '.join(profile.languages)}.",
        )
    return _worded(replace(profile, language=chosen))


def _text(name: str) -> str:
    if name in names():
        return (resources.files(__package__) / f"{name}.yaml").read_text("utf-8")
    path = Path(name)
    if path.suffix in (".yaml", ".yml") and path.is_file():
        return path.read_text("utf-8")
    raise UsageError(
        f"There is no profile {name!r}.", next_step=f"Choose one of: {', '.join(names())}."
    )


def _worded(profile: Profile) -> Profile:
    """Fill the words that a profile leaves to the language."""
    language = profile.language
    return replace(
        profile,
        tabs=replace(profile.tabs, word=profile.tabs.word or say(language, "tab")),
        index=replace(profile.index, title=profile.index.title or say(language, "index")),
        volumes=replace(profile.volumes, word=profile.volumes.word or say(language, "volume")),
        cover=replace(profile.cover, title=profile.cover.title or say(language, "exhibits")),
        certificates={
            key: each if each.title else replace(each, **_certificate(key, language))
            for key, each in profile.certificates.items()
        },
    )


def _certificate(key: str, language: str) -> dict[str, Any]:
    """Give the words of a certificate that the profile leaves to the language."""
    certificates: Any = words(language)["certificates"]
    said = certificates[key]
    return {**said, "text": tuple(said["text"])}
