"""Reading a form: which it is, its fields, what it prints, and the map of exactly this copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from amparo.filing.forms.blank.fields import Field, Rect, read_fields, seen_boxes
from amparo.filing.forms.blank.identity import Identity, edition_date, identify
from amparo.filing.forms.blank.opening import open_form
from amparo.filing.forms.blank.printed import PrintedPage, read_printed
from amparo.filing.forms.maps import FormMap, known, load

__all__ = ["FormRead", "find_map", "read_form"]


@dataclass(frozen=True, slots=True)
class FormRead:
    """A form as it was found: its identity, its fields, what it prints, and the map that fits.

    ``boxes`` are what is seen of each page, in points as PDF counts.
    """

    identity: Identity
    fields: tuple[Field, ...]
    pages: int
    printed: tuple[PrintedPage, ...]
    map: FormMap | None
    problems: tuple[str, ...]
    boxes: tuple[Rect, ...] = ()


def read_form(data: bytes, own_map: FormMap | None = None) -> FormRead:
    """Read a form. UnreadableFile says why it cannot be read."""
    with open_form(data) as pdf:
        fields, boxes = read_fields(pdf), seen_boxes(pdf)
    pages = len(boxes)
    printed = read_printed(data)
    identity = identify(fields, pages, {page.number: page.text for page in printed})
    found, problems = find_map(identity, own_map)
    told = (*identity.problems, *problems, *_not_blank(fields))
    return FormRead(identity, fields, pages, printed, found, told, boxes)


def _not_blank(fields: Sequence[Field]) -> list[str]:
    """Values that came with the copy: another person's answers may be among them."""
    kept = [
        each for each in fields if each.value.strip() and each.kind not in ("barcode", "button")
    ]
    if not kept:
        return []
    shown = "; ".join(f"page {each.page}: {each.value.strip()[:30]}" for each in kept[:6])
    more = " and more" if len(kept) > 6 else ""
    return [f"This copy is not blank. It already has {len(kept)} values ({shown}{more})."]


def find_map(identity: Identity, own: FormMap | None) -> tuple[FormMap | None, tuple[str, ...]]:
    """The map of exactly this form, edition and set of fields; sentences when there is none."""
    if own is not None:
        if own.fingerprint == identity.fingerprint:
            return own, ()
        return None, ("The given map is of other fields than this form has; it was not used.",)
    editions = {key[1]: name for key, name in known().items() if key[0] == identity.form.upper()}
    day = edition_date(identity.edition)
    for edition, name in editions.items():
        if edition.startswith(day) and load(name).fingerprint == identity.fingerprint:
            return load(name), tuple(_newer(day, editions))
    if not editions:
        return None, (f"There is no field map for {identity.form or 'this form'} yet.",)
    told = ", ".join(sorted(editions))
    if any(edition.startswith(day) for edition in editions):
        says = (
            f"This copy of {identity.form} {identity.edition} has other fields than the copy that"
            " was mapped; the map was not used."
        )
        return None, (says,)
    says = (
        f"The edition {identity.edition or 'unknown'} of {identity.form} has no field map"
        f" (mapped: {told}). Propose one and go through it field by field."
    )
    return None, (says,)


def _newer(day: str, editions: Sequence[str] | dict[str, str]) -> list[str]:
    newer = [edition for edition in editions if edition[:10] > day]
    return [f"A newer edition is known here: {max(newer)}."] if newer else []
