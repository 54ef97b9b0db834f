"""The sheets that a bundle adds: cover, index, tab sheets, slip sheets and certificates.

Each function takes values and gives a PDF. Links on them have addresses of their own
(``amparo:exhibit/3``), which the assembly turns into links to pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from amparo.base.dates import display, from_day
from amparo.base.typeset import typeset
from amparo.filing.bundle.exhibits import Exhibit, Notice, Prepared, Source
from amparo.filing.bundle.profiles import Certificate, CoverField, Profile
from amparo.filing.bundle.request import Request
from amparo.filing.bundle.words import notice, reason, say, words

__all__ = ["IndexEntry", "Sheet", "certificate", "cover", "index", "slip", "tab_sheets"]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_LONGEST_PATH = 280
_SHORT_SPAN = 10
_FITTING = 18
_UNBROKEN = re.compile(rf"[^\s/-]{{{_FITTING + 1},}}")


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A line of the index: an exhibit (or a certificate) with its pages, or the head of a volume.

    ``key`` names it in links; ``part``, when given, makes it the head of a volume.
    """

    key: str
    pages: str = ""
    exhibit: Exhibit | None = None
    title: str = ""
    slip: Notice | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet before an exhibit; ``number`` of ``of`` when volumes part the exhibit."""

    key: str
    order: int
    prepared: Prepared
    number: int = 1
    of: int = 1


def cover(request: Request, tabs: Sequence[str], volume: int, volumes: int) -> bytes:
    """Set the cover of one volume."""
    profile = request.profile
    language = profile.language
    span = f"{profile.tabs.word} {tabs[0]}" if len(tabs) == 1 else ""
    if len(tabs) > 1:
        span = f"{profile.tabs.word} {tabs[0]} – {profile.tabs.word} {tabs[-1]}"
    return _set(
        "cover.typ",
        request,
        forum=list(profile.cover.forum),
        fields=list(_cover_fields(request)),
        heading=request.value("heading") or profile.cover.title,
        span=span,
        volume=_volume_name(profile, volume, volumes),
        prepared=say(language, "prepared", date=_day(request)),
    )


def index(request: Request, entries: Sequence[IndexEntry], *, blank_pages: int = 0) -> bytes:
    """Set the index; ``blank_pages`` are added at its end."""
    profile = request.profile
    return _set(
        "index.typ",
        request,
        heading=profile.index.title,
        tab=profile.tabs.word,
        columns=list(profile.index.columns),
        pages_width=_pages_width(entries),
        rows=[_index_row(entry, profile) for entry in entries],
        blank_pages=blank_pages,
    )


def tab_sheets(request: Request, sheets: Sequence[Sheet]) -> bytes:
    """Set one page for each sheet, in order."""
    return _set("tabs.typ", request, sheets=[_sheet(sheet, request.profile) for sheet in sheets])


def certificate(request: Request, chosen: Certificate) -> bytes:
    """Set a certificate to sign, what is not known left as marked blanks."""
    return _set("certificate.typ", request, certificate=_certificate(chosen, request))


def slip(exhibit: Exhibit, profile: Profile, why: Notice) -> bytes:
    """Set the page that stands where an exhibit cannot be shown."""
    return typeset(
        _template("slip.typ"),
        parts={"common.typ": _template("common.typ")},
        inputs={
            **_common(profile),
            "title": exhibit.description,
            "word": profile.tabs.word,
            "tab": exhibit.tab,
            "description": _breakable(exhibit.description),
            "reason": reason(profile.language, why.code, why.values),
            "source": _origin(exhibit.source, profile.language),
        },
        tagged=False,
    )


def _set(template: str, request: Request, **inputs: object) -> bytes:
    common = {**_common(request.profile), "title": request.title, "number": request.number}
    return typeset(
        _template(template),
        parts={"common.typ": _template("common.typ")},
        inputs={**common, **inputs},
        tagged=False,
    )


def _common(profile: Profile) -> dict[str, object]:
    language = profile.language
    plain = {key: value for key, value in words(language).items() if isinstance(value, str)}
    return {"language": language, "size": profile.page.size, "words": plain}


@cache
def _template(name: str) -> str:
    return (resources.files(__package__) / name).read_text("utf-8")


def _cover_fields(request: Request) -> Iterator[dict[str, object]]:
    """Give the fields of the cover that have a value, and the blanks that must get one."""
    for field in request.profile.cover.fields:
        value = request.value(field.key) or field.default
        if value or field.required:
            yield {
                "label": field.label,
                "value": value,
                "place": field.place,
                "labelled": _is_labelled(field),
            }


def _is_labelled(field: CoverField) -> bool:
    """Whether the value needs its label beside it; the kind of proceedings speaks for itself."""
    return not field.default


def _volume_name(profile: Profile, volume: int, volumes: int) -> str:
    if volumes == 1:
        return ""
    language, word = profile.language, profile.volumes.word
    return say(language, "volume_of", word=word, number=volume, all=volumes)


def _pages_width(entries: Sequence[IndexEntry]) -> float:
    """Give the width in centimetres that page numbers need; a long span breaks at its dash."""
    longest = max((len(entry.pages) for entry in entries), default=0)
    if longest <= _SHORT_SPAN:
        return 1.75
    parts = [part for entry in entries for part in entry.pages.split("\u200b")]
    return 0.22 * max(map(len, parts)) + 0.1


def _index_row(entry: IndexEntry, profile: Profile) -> dict[str, object]:
    row: dict[str, object] = {"key": entry.key, "pages": entry.pages, "part": entry.part}
    exhibit = entry.exhibit
    if exhibit is None:
        return row | {
            "tab": "", "description": entry.title, "date": "", "slip": "", "sha256": "", "path": ""
        }  # fmt: skip
    why = entry.slip
    return row | {
        "tab": exhibit.tab,
        "description": _breakable(exhibit.description),
        "date": _date(exhibit, profile),
        "slip": reason(profile.language, why.code, why.values) if why else "",
        "sha256": exhibit.source.sha256,
        "path": _shortened(exhibit.source.path),
    }


def _sheet(sheet: Sheet, profile: Profile) -> dict[str, object]:
    exhibit, language = sheet.prepared.exhibit, profile.language
    part = ""
    if sheet.of > 1:
        part = say(language, "part_of", number=sheet.number, all=sheet.of)
    return {
        "key": sheet.key,
        "order": sheet.order,
        "marked": profile.tabs.sheets,
        "word": profile.tabs.word,
        "tab": exhibit.tab,
        "description": _breakable(exhibit.description),
        "date": _date(exhibit, profile),
        "part": part,
        "notices": [notice(language, each.code, each.values) for each in sheet.prepared.notices],
        "source": _origin(exhibit.source, language),
    }


def _certificate(certificate: Certificate, request: Request) -> dict[str, object]:
    below = [
        {"label": certificate.blanks.get(key, key), "value": request.value(key)}
        for key in certificate.below
    ]
    return {
        "title": certificate.title,
        "text": [list(_runs(line, certificate, request)) for line in certificate.text],
        "signature": certificate.signature,
        "below": below,
    }


def _runs(line: str, certificate: Certificate, request: Request) -> Iterator[dict[str, object]]:
    """Part a line into text and blanks; what is known fills its blank."""
    for number, part in enumerate(_PLACEHOLDER.split(line)):
        if number % 2 == 0:
            yield {"text": part, "blank": False}
            continue
        known = request.value(part)
        if part == "document":
            known = known or request.profile.cover.title
        yield {"text": known or certificate.blanks.get(part, part), "blank": not known}


def _origin(source: Source, language: str) -> Mapping[str, str]:
    return {
        "name": _shortened(source.name) or say(language, "unnamed"),
        "path": _shortened(source.path),
        "sha256": source.sha256,
        "media_type": source.media_type,
        "size": _size(source.size),
    }


def _size(size: int) -> str:
    """Write a size for people, and in bytes."""
    exact = f"{size:,}".replace(",", "\u202f")
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")):
        if size >= unit:
            return f"{size / unit:.1f} {name} ({exact} B)"
    return f"{exact} B"


def _shortened(path: str) -> str:
    """Give a path that fits on a page; a very long one loses its middle."""
    if len(path) > _LONGEST_PATH:
        half = _LONGEST_PATH // 2
        path = f"{path[:half]} … {path[-half:]}"
    return _breakable(path)


def _breakable(words: str) -> str:
    """Give a run that has no place to break a line some, so that it fits a column."""
    return _UNBROKEN.sub(lambda run: "\u200b".join(_pieces(run[0])), words)


def _pieces(run: str) -> list[str]:
    return [run[at : at + _FITTING] for at in range(0, len(run), _FITTING)]


def _date(exhibit: Exhibit, profile: Profile) -> str:
    return display(exhibit.date, profile.date_language) if exhibit.date else ""


def _day(request: Request) -> str:
    return display(from_day(request.made_at.date()), request.profile.date_language)
