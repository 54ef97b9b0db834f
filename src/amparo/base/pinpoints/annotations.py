"""Pinpoints as W3C Web Annotations (Recommendation of 23 February 2017), in JSON-LD.

The file is named by its digest alone, as a ``ni`` URI (RFC 6920), so that the annotation holds
wherever the file is kept. Several rectangles are one ``SvgSelector`` that refines the page.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from amparo.base.errors import BadPinpoint
from amparo.base.pinpoints.fragments import from_fragment, number, to_fragment
from amparo.base.pinpoints.selectors import (
    PageSelector,
    Pinpoint,
    QuoteSelector,
    Rectangle,
    RowSelector,
    SecondsSelector,
    Selector,
    WarcSelector,
)

__all__ = ["from_annotation", "to_annotation"]

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_CONFORMS_TO = {
    PageSelector: "http://tools.ietf.org/rfc/rfc3778",
    SecondsSelector: "http://www.w3.org/TR/media-frags/",
    RowSelector: "http://tools.ietf.org/rfc/rfc7111",
    WarcSelector: "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
}
_DIGEST = "ni:///sha-256;"
_RECT = re.compile(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/>')


def to_annotation(pinpoint: Pinpoint) -> dict[str, Any]:
    """Write a pinpoint as a Web Annotation whose target is the place; it has no body."""
    source = _DIGEST + urlsafe_b64encode(bytes.fromhex(pinpoint.sha256)).decode().rstrip("=")
    target: str | dict[str, Any] = source
    if pinpoint.selector is not None:
        target = {
            "type": "SpecificResource",
            "source": source,
            "selector": _written(pinpoint.selector),
        }
    return {
        "@context": _CONTEXT,
        "id": f"urn:amparo:pinpoint:{pinpoint.id}",
        "type": "Annotation",
        "target": target,
    }


def from_annotation(annotation: Mapping[str, Any]) -> Pinpoint:
    """Read what :func:`to_annotation` writes.

    Raises :class:`~amparo.base.errors.BadPinpoint` for another shape, a source that is not named
    by its SHA-256, or an ``id`` that is not that of the place.
    """
    try:
        target = annotation["target"]
        if isinstance(target, str):
            made = Pinpoint(_sha256(target))
        else:
            made = Pinpoint(_sha256(target["source"]), _read(target["selector"]))
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise BadPinpoint("This is not an annotation that names a place in a file.") from error
    named = annotation.get("id", "")
    if str(named).startswith("urn:amparo:pinpoint:") and not named.endswith(made.id):
        raise BadPinpoint(
            f"The annotation's id is not that of its place: got {named}, expected {made.id}."
        )
    return made


def _written(selector: Selector) -> dict[str, Any]:
    if isinstance(selector, QuoteSelector):
        around = {"prefix": selector.prefix, "suffix": selector.suffix}
        kept = {name: value for name, value in around.items() if value}
        return {"type": "TextQuoteSelector", "exact": selector.exact, **kept}
    if isinstance(selector, PageSelector):
        return _written_page(selector)
    return _fragment(selector)


def _written_page(selector: PageSelector) -> dict[str, Any]:
    many = len(selector.rectangles) > 1
    outer = _fragment(PageSelector(selector.page, () if many else selector.rectangles))
    inner: dict[str, Any] | None = _written(selector.quote) if selector.quote else None
    if many:
        boxes = {"type": "SvgSelector", "value": _svg(selector.rectangles)}
        inner = {**boxes, "refinedBy": inner} if inner else boxes
    return {**outer, "refinedBy": inner} if inner else outer


def _fragment(selector: Selector) -> dict[str, Any]:
    return {
        "type": "FragmentSelector",
        "conformsTo": _CONFORMS_TO[type(selector)],
        "value": to_fragment(selector),
    }


def _read(written: Mapping[str, Any]) -> Selector:
    if written["type"] == "TextQuoteSelector":
        words = (written["exact"], written.get("prefix", ""), written.get("suffix", ""))
        if not all(isinstance(word, str) for word in words):
            raise BadPinpoint("A quotation must be text.")
        return QuoteSelector(*words)
    if written["type"] != "FragmentSelector":
        raise BadPinpoint(
            f"Got a selector of type {written['type']!r}, which Amparo cannot follow."
        )
    selector = from_fragment(written["value"])
    if not isinstance(selector, PageSelector) or "refinedBy" not in written:
        return selector
    return _refined(selector, written["refinedBy"])


def _refined(page: PageSelector, inner: Mapping[str, Any]) -> PageSelector:
    rectangles = page.rectangles
    if inner["type"] == "SvgSelector":
        rectangles = _rectangles(inner["value"])
        if "refinedBy" not in inner:
            return PageSelector(page.page, rectangles)
        inner = inner["refinedBy"]
    words = _read(inner)
    if not isinstance(words, QuoteSelector):
        raise BadPinpoint("Only a quotation can refine a place on a page.")
    return PageSelector(page.page, rectangles, words)


def _svg(rectangles: tuple[Rectangle, ...]) -> str:
    drawn = "".join(
        f'<rect x="{number(x0)}" y="{number(y0)}" width="{number(x1 - x0)}" '
        f'height="{number(y1 - y0)}"/>'
        for x0, y0, x1, y1 in rectangles
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">{drawn}</svg>'


def _rectangles(svg: str) -> tuple[Rectangle, ...]:
    """The rectangles of our own drawing; it is matched, never parsed as XML."""
    found = [tuple(float(value) for value in match) for match in _RECT.findall(svg)]
    return tuple((x, y, x + width, y + height) for x, y, width, height in found)


def _sha256(source: str) -> str:
    if not source.startswith(_DIGEST):
        raise BadPinpoint(f"Got the source {source!r}, expected one named by SHA-256 ({_DIGEST}…).")
    return urlsafe_b64decode(source.removeprefix(_DIGEST) + "=").hex()
