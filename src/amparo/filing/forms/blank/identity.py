"""Which form this is and which edition: by its barcodes, its printed footers, and its fields.

Current forms of USCIS carry a two-dimensional barcode on each page, whose value is
``FORM|EDITION|PAGE``; older ones and those of EOIR only print their edition at the foot. A file
put together from pages of two editions is refused by the agency, so the edition is told page by
page.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from amparo.filing.forms.blank.fields import Field

__all__ = ["Identity", "PageEdition", "edition_date", "fingerprint", "identify"]

_BARCODE = re.compile(r"\s*([A-Z]+-?\d+[A-Z]*)\s*\|\s*(\d\d/\d\d/\d{2,4})\s*\|\s*(\d+)\s*")
_NAME = r"([A-Z]{1,4}\s?-\s?\d{2,4}[A-Z]{0,3})"
_FOOTERS = (
    re.compile(rf"Form\s+{_NAME}\s+(?:Edition\s+)?(\d\d/\d\d/\d{{2,4}})(?:\s+[A-Z]\b)?"),
    re.compile(rf"Form\s+{_NAME}\s+\(?Rev(?:ised|\.)?:?\s*(\d\d/\d\d/\d{{2,4}})"),
    re.compile(rf"Form\s+{_NAME}\s+\(?Rev(?:ised|\.)?:?\s*([A-Z][a-z]{{2,8}}\.?\s+\d{{4}})"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class PageEdition:
    """What one page says of itself: by its barcode, or printed at its foot."""

    page: int
    form: str
    edition: str
    by: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The form and its edition as printed ("" when unknown), page by page, and what is wrong."""

    form: str
    edition: str
    pages: tuple[PageEdition, ...]
    fingerprint: str
    problems: tuple[str, ...] = ()


def identify(fields: Sequence[Field], pages: int, feet: Mapping[int, str]) -> Identity:
    """Say what the form is. ``feet`` is the text that is printed on each page."""
    by_barcode = dict(_barcodes(fields))
    by_foot = {page: found for page, text in feet.items() if (found := _foot(page, text))}
    told = [
        each for page in range(1, pages + 1) if (each := by_barcode.get(page) or by_foot.get(page))
    ]
    form = _most(each.form for each in told)
    edition = _most(each.edition for each in told if each.form == form)
    problems = [
        *_mixed(told, form, edition),
        *_disagreeing(by_barcode, by_foot),
        *_misplaced(fields),
    ]
    if not form:
        problems.append("No page says which form it is: neither a barcode nor a footer was found.")
    return Identity(form, edition, tuple(told), fingerprint(fields), tuple(problems))


def fingerprint(fields: Iterable[Field]) -> str:
    """A digest of what the fields are and where: two copies of one edition have the same."""
    lines = sorted(
        "|".join((each.key, each.kind, *(str(round(side)) for side in each.rect)))
        for each in fields
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def edition_date(edition: str) -> str:
    """An edition as a date that sorts: ``2025-01-20`` of ``01/20/25``, ``2015-12`` of Dec. 2015."""
    if match := re.fullmatch(r"(\d\d)/(\d\d)/(\d{2,4})", edition):
        month, day, year = match.groups()
        return f"{year if len(year) == 4 else '20' + year}-{month}-{day}"
    if match := re.fullmatch(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{4})", edition):
        name = match[1].lower()
        return f"{match[2]}-{_MONTHS.index(name) + 1:02d}" if name in _MONTHS else match[2]
    return edition


def _barcodes(fields: Iterable[Field]) -> Iterable[tuple[int, PageEdition]]:
    for field in fields:
        if field.kind == "barcode" and (match := _BARCODE.fullmatch(field.value)):
            yield field.page, PageEdition(field.page, match[1], match[2], "barcode")


def _foot(page: int, text: str) -> PageEdition | None:
    for pattern in _FOOTERS:
        if found := pattern.findall(" ".join(text.split())):
            form, edition = found[-1]
            return PageEdition(page, form.replace(" ", ""), edition, "footer")
    return None


def _most(names: Iterable[str]) -> str:
    return next((name for name, _ in Counter(names).most_common(1)), "")


def _mixed(told: Sequence[PageEdition], form: str, edition: str) -> Iterable[str]:
    for each in told:
        if each.form != form:
            yield f"Page {each.page} is of another form: {each.form}, not {form}."
        elif each.edition != edition:
            yield (
                f"Page {each.page} is of another edition: {each.edition}, not {edition}."
                " A form of mixed editions is refused."
            )


def _disagreeing(
    by_barcode: Mapping[int, PageEdition], by_foot: Mapping[int, PageEdition]
) -> Iterable[str]:
    for page in sorted(by_barcode.keys() & by_foot.keys()):
        code, foot = by_barcode[page], by_foot[page]
        if (code.form, edition_date(code.edition)) != (foot.form, edition_date(foot.edition)):
            yield (
                f"On page {page} the barcode says {code.form} {code.edition},"
                f" the footer {foot.form} {foot.edition}."
            )


def _misplaced(fields: Iterable[Field]) -> Iterable[str]:
    """Barcodes count their pages themselves, so a missing or exchanged page shows."""
    for field in fields:
        match = _BARCODE.fullmatch(field.value) if field.kind == "barcode" else None
        if match and int(match[3]) != field.page:
            yield f"Page {field.page} of the file is page {match[3]} of the form."
