"""From a chart to its picture: Altair says what is drawn, vl-convert draws it; nothing is fetched.

The picture stands on its own; on a page the sheet lays the page's colours over its own by classes
(``chart-ink-fill``, ``chart-mark-stroke``). Of the drawing only plain shapes and text are kept.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    import altair

__all__ = ["INK", "MARK", "ON_CELLS", "PALE", "WIDTH", "Picture", "as_png", "picture"]

ON_CELLS = "#1b1d21"
"""Ink on cells of a heat map, whose own colours do not follow the page."""

WIDTH = 640
INK, MARK, PALE, RULE, PAPER = "#1b1d22", "#0b5f58", "#9dbfbc", "#e5e2db", "#ffffff"
_FONT = "Noto Sans, Noto Sans Arabic, sans-serif"
_SCALE = 2.0
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset({"svg", "g", "path", "line", "rect", "circle", "text", "tspan"})
_KEPT = frozenset(
    {
        "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "cx", "cy", "r", "d", "width", "height",
        "viewBox", "transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "opacity",
        "stroke-miterlimit", "stroke-opacity", "fill-opacity", "text-anchor", "font-family",
        "font-size", "font-weight", "direction", "version",
    }
)  # fmt: skip
_NAMES = {INK: "ink", MARK: "mark", PALE: "pale", RULE: "rule", PAPER: "paper"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: what it shows in words, the SVG, and its Vega-Lite specification as JSON.

    The same numbers stand in a table beside it.
    """

    title: str
    words: str
    svg: str
    spec: str


def picture(chart: altair.TopLevelMixin, *, title: str, words: str) -> Picture:
    """Draw ``chart``; ``words`` say what it shows to who does not see it."""
    import vl_convert

    spec = json.dumps(_dressed(chart.to_dict()), ensure_ascii=False)
    svg = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return Picture(title, words, _named(svg, title, words), spec)


def as_png(spec: str) -> bytes:
    """The picture of a specification that ``picture`` kept, as PNG of twice its size."""
    import vl_convert

    drawn: bytes = vl_convert.vegalite_to_png(spec, scale=_SCALE, allowed_base_urls=[])
    return drawn


def _dressed(spec: dict[str, Any]) -> dict[str, Any]:
    axis = {
        "labelColor": INK, "titleColor": INK, "gridColor": RULE, "domainColor": INK,
        "tickColor": INK, "labelFont": _FONT, "titleFont": _FONT, "labelFontSize": 12,
        "titleFontSize": 12, "titleFontWeight": "normal",
    }  # fmt: skip
    legend = {"labelFont": _FONT, "titleFont": _FONT, "labelFontSize": 12, "titleFontSize": 12}
    config = {**spec.get("config", {}), "axis": axis, "legend": legend, "font": _FONT}
    config |= {"background": PAPER, "view": {"stroke": None}}
    return {**spec, "config": config}


def _named(svg: str, title: str, words: str) -> str:
    """The SVG as one picture with a name: readers speak its title and words, not its marks."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        _clean(element)
    root.set("role", "img")
    for place, (name, said) in enumerate((("title", title), ("desc", words))):
        told = etree.Element(_SVG + name)
        told.text = said
        root.insert(place, told)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _clean(element: etree._Element) -> None:
    """Keep shapes, text and how they look; give known colours the class that the page paints."""
    plain = str(element.tag).removeprefix(_SVG)
    if plain not in _SHAPES:
        above = element.getparent()
        if above is not None:
            above.remove(element)
        return
    classes = [
        f"chart-{_NAMES[value]}-{name}"
        for name in ("fill", "stroke")
        if (value := (element.get(name) or "").lower()) in _NAMES
    ]
    for name in list(element.attrib):
        if name not in _KEPT:
            del element.attrib[name]
    if classes:
        element.set("class", " ".join(classes))
