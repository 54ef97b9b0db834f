"""The shape of a profile, checked when it is read: what is misspelt or missing is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from amparo.base.errors import UsageError

__all__ = [
    "Certificate",
    "Column",
    "Cover",
    "CoverField",
    "Fit",
    "IndexStyle",
    "Numbering",
    "Page",
    "Place",
    "Profile",
    "SourceNote",
    "Tabs",
    "Volumes",
    "read",
]

Fit = Literal["shrink", "keep"]
Place = Literal["bottom-right", "bottom-centre", "top-right"]
Column = Literal["tab", "description", "date", "pages", "source"]
FieldPlace = Literal["top-left", "top-right", "forum", "caption", "caption-number", "foot"]


@dataclass(frozen=True, slots=True)
class Page:
    """The sheet. ``shrink`` sets every page on it, never enlarged; ``keep`` leaves sizes alone."""

    size: Literal["us-letter", "a4"]
    fit: Fit


@dataclass(frozen=True, slots=True)
class Numbering:
    """How pages are numbered: ``prefix`` and at least ``digits`` digits, at ``place``."""

    prefix: str
    digits: int
    place: Place

    def text(self, number: int) -> str:
        """Give what is printed on page ``number``."""
        return f"{self.prefix}{number:0{self.digits}d}"


@dataclass(frozen=True, slots=True)
class Tabs:
    """How exhibits are marked: letters or numbers, a sheet before each or none, what to call it."""

    style: Literal["letters", "numbers"]
    sheets: bool
    word: str


@dataclass(frozen=True, slots=True)
class IndexStyle:
    """The index: its title and its columns in order."""

    title: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Volumes:
    """The largest file that is taken, in megabytes of 1,000,000 bytes; 0 is no limit."""

    megabytes: int
    word: str


@dataclass(frozen=True, slots=True)
class CoverField:
    """A line of the cover; a required one that is not given leaves a marked blank."""

    key: str
    label: str
    place: FieldPlace
    required: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The cover: lines that name the forum, a title, and fields to fill."""

    forum: tuple[str, ...]
    title: str
    fields: tuple[CoverField, ...]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A page to sign. ``{names}`` in ``text`` are filled from the request or left as blanks."""

    include: bool
    title: str
    text: tuple[str, ...]
    blanks: Mapping[str, str]
    signature: str
    below: tuple[str, ...] = ("name", "date")


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a fact of the profile was read, and how: only ``primary`` counts as verified."""

    about: str
    where: str
    read: Literal["primary", "secondary", "unread"]
    checked: str = ""

    @property
    def verified(self) -> bool:
        """Whether somebody read it in the primary text."""
        return self.read == "primary"


@dataclass(frozen=True, slots=True)
class Profile:
    """What one court or body wants of a bundle."""

    id: str
    title: str
    language: str
    languages: tuple[str, ...]
    page: Page
    numbering: Numbering
    tabs: Tabs
    index: IndexStyle
    volumes: Volumes
    cover: Cover
    certificates: Mapping[str, Certificate]
    sources: tuple[SourceNote, ...]

    def with_prefix(self, prefix: str) -> Profile:
        """Give the profile with another text before each page's number; "" leaves its own."""
        if not prefix:
            return self
        return replace(self, numbering=replace(self.numbering, prefix=prefix))

    @property
    def date_language(self) -> str:
        """The language that dates are written in: the month goes first where paper is Letter."""
        is_american = self.language == "en" and self.page.size == "us-letter"
        return "en-US" if is_american else self.language


def read(value: object) -> Profile:
    """Build a profile from what YAML gave. Raises UsageError that names the wrong place."""
    profile = _build(Profile, value, "profile")
    assert isinstance(profile, Profile)
    return profile


def _build(kind: Any, value: object, place: str) -> Any:
    """Build ``kind`` (a dataclass, tuple, mapping, literal or scalar) from plain data."""
    origin = get_origin(kind)
    if is_dataclass(kind):
        return _build_dataclass(kind, value, place)
    if origin is tuple:
        items = _expect(value, list, place)
        return tuple(
            _build(get_args(kind)[0], item, f"{place}[{i}]") for i, item in enumerate(items)
        )
    if origin is Mapping or getattr(origin, "__name__", "") == "Mapping":
        mapping = _expect(value, dict, place)
        return {
            key: _build(get_args(kind)[1], item, f"{place}.{key}") for key, item in mapping.items()
        }
    if origin is Literal:
        if value not in get_args(kind):
            raise _wrong(place, value, " or ".join(map(repr, get_args(kind))))
        return value
    assert not isinstance(kind, UnionType)
    return _expect(value, kind, place)


def _build_dataclass(kind: Any, value: object, place: str) -> Any:
    given = _expect(value, dict, place)
    hints = get_type_hints(kind)
    known = {field.name: field for field in fields(kind)}
    for key in given:
        if key not in known:
            raise _wrong(place, f"the key {key!r}", f"only {', '.join(known)}")
    built = {key: _build(hints[key], item, f"{place}.{key}") for key, item in given.items()}
    try:
        return kind(**built)
    except TypeError as error:
        missing = [name for name in known if name not in given]
        raise _wrong(place, "nothing", f"a value for {', '.join(missing)}") from error


def _expect(value: object, kind: type, place: str) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _wrong(place, value, f"a {kind.__name__}")
    return value


def _wrong(place: str, got: object, expected: str) -> UsageError:
    return UsageError(f"{place}: got {got}, expected {expected}.")
