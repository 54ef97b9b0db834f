"""The certificate of a translation: who translated, that they are competent, that it is true.

What each kind says and needs is data (``certificates.yaml``) with its sources. The PDF has the
translation, page by page of the original, and then the certificate with lines to sign on. What was
set is read back: ``not_on_it`` names what of the certificate's own words is missing from a text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from typing import Any

import yaml

from amparo.base.errors import UsageError
from amparo.base.languages import language
from amparo.base.pinpoints import PageSelector
from amparo.base.typeset import typeset
from amparo.extract.translations.pairs import Pair, missing, unchecked

__all__ = ["Certified", "Kind", "Original", "Source", "kinds", "not_on_it", "set_certificate"]

NEEDS = ("translator", "address", "telephone", "documents")
_KEYS = {"title", "language", "needs", "heading", "text", "labels", "sources"}
_LABELS = {
    "documents", "file", "digest", "translation", "version", "translator", "address", "telephone",
    "signature", "dated", "page", "minute", "from_into",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """What requires something of a certificate: where it says so, how and when it was read."""

    about: str
    where: str
    read: str
    checked: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of certificate. ``language`` is what it is written in and must be translated into,
    for those that have sources."""

    id: str
    title: str
    language: str
    needs: tuple[str, ...]
    heading: str
    text: tuple[str, ...]
    labels: Mapping[str, str]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Original:
    """The file that was translated: its name, its SHA-256, and the matter's number."""

    name: str
    sha256: str
    matter: str


@dataclass(frozen=True, slots=True)
class Certified:
    """What the translator says. ``documents`` names the document as a person would.

    ``source`` and ``target`` are codes of languages; ``dated`` is text as it is to be printed, ""
    for a line to write on.
    """

    kind: str
    translator: str
    source: str
    target: str
    documents: str
    address: str = ""
    telephone: str = ""
    competence: str = ""
    dated: str = ""

    def check(self) -> None:
        """UsageError that names the first thing that this kind of certificate needs and lacks."""
        kind = kinds().get(self.kind)
        if kind is None:
            raise UsageError("There is no such kind of certificate.")
        for name in kind.needs:
            if not getattr(self, name).strip():
                said = kind.labels[name].lower()
                raise UsageError(f"The certificate lacks this: {said}.")
        if not self.source:
            raise UsageError(
                "The certificate lacks this: the language of the original.",
                next_step="Say which language it is, and keep the translation again.",
            )
        if kind.sources and self.target != kind.language:
            into = language(kind.language).english
            raise UsageError(
                f"This certificate is for translations into {into}.",
                next_step="Choose another kind of certificate.",
            )


def set_certificate(
    said: Certified, original: Original, pairs: Sequence[Pair], *, version: int, sha256: str
) -> bytes:
    """The PDF of the translation with its certificate; the same bytes for the same values.

    ``sha256`` is the translation's own digest. UsageError when the certificate lacks something,
    when passages have no translation, or when one is only a program's.
    """
    said.check()
    waiting = missing(pairs)
    if waiting:
        raise UsageError(
            f"The translation is not complete: passages without words: {waiting:,}.",
            next_step="Translate them first; a certificate says that it is complete.",
        )
    only_drafted = unchecked(pairs)
    if only_drafted:
        raise UsageError(
            f"Words that only a program wrote cannot be certified: passages: {only_drafted:,}.",
            next_step="Correct each, or compare it with its original and say that it is right.",
        )
    kind = kinds()[said.kind]
    values = _values(said)
    inputs: dict[str, object] = {
        "labels": dict(kind.labels),
        "language": kind.language,
        "heading": kind.heading,
        "from_into": kind.labels["from_into"].format(**values),
        "statement": statement(said),
        "said": {name: getattr(said, name).strip() for name in (*NEEDS, "dated")},
        "original": {"name": original.name, "sha256": original.sha256, "matter": original.matter},
        "version": str(version),
        "sha256": sha256,
        "pages": _pages(pairs, kind),
    }
    template = (resources.files(__package__) / "translation.typ").read_text("utf-8")
    return typeset(template, inputs=inputs)


def statement(said: Certified) -> list[str]:
    """The paragraphs that the translator signs."""
    values = _values(said)
    return [" ".join(text.format(**values).split()) for text in kinds()[said.kind].text]


def not_on_it(said: Certified, text: str) -> list[str]:
    """What a text of the PDF lacks of what the certificate must say; nothing when all is there."""
    found = _squeezed(text)
    wanted = [*statement(said), *(getattr(said, name) for name in kinds()[said.kind].needs)]
    return [each for each in wanted if _squeezed(each) not in found]


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds of certificate by their ids. ValueError for a file that is not as it should be."""
    text = (resources.files(__package__) / "certificates.yaml").read_text("utf-8")
    return {name: _kind(name, data) for name, data in yaml.safe_load(text).items()}


def _kind(name: str, data: Mapping[str, Any]) -> Kind:
    if set(data) != _KEYS:
        raise ValueError(f"{name}: got {sorted(data)}, expected {sorted(_KEYS)}")
    if set(data["labels"]) != _LABELS or not set(data["needs"]) <= set(NEEDS):
        raise ValueError(f"{name}: its labels or needs are not those that there are")
    if name != "plain" and not data["sources"]:
        raise ValueError(f"{name}: a requirement has its source")
    return Kind(
        id=name,
        title=data["title"],
        language=data["language"],
        needs=tuple(data["needs"]),
        heading=data["heading"],
        text=tuple(data["text"]),
        labels=data["labels"],
        sources=tuple(Source(**each) for each in data["sources"]),
    )


def _values(said: Certified) -> dict[str, str]:
    return {
        "translator": said.translator.strip(),
        "source": language(said.source).english,
        "target": language(said.target).english,
        "competence": said.competence.strip(),
    }


def _pages(pairs: Sequence[Pair], kind: Kind) -> list[dict[str, object]]:
    """The translated words by the pages of the original (or minutes), in order.

    What has no letter to translate, as a number, stands as it does in the original.
    """
    told = [pair for pair in pairs if _told(pair)]
    found: list[dict[str, object]] = []
    for number, some in groupby(told, key=lambda pair: pair.passage.page):
        group = list(some)
        is_page = isinstance(group[0].passage.place, PageSelector)
        label = kind.labels["page" if is_page else "minute"].format(number=number)
        found.append({"label": label, "texts": [_told(pair) for pair in group]})
    return found


def _told(pair: Pair) -> str:
    return (pair.text or pair.passage.original).strip()


def _squeezed(text: str) -> str:
    """Letters and digits alone: what line breaks, hyphens and ligatures of a page do not change."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if char.isalnum()).casefold()
