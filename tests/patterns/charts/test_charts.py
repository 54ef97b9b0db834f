"""Charts: pictures with a name and words, of plain shapes only."""

from __future__ import annotations

import pytest
from lxml import etree

from amparo.patterns import charts

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script>\"&'"
KINDS = {
    "bars": charts.bars([(HOSTILE, 3), ("العربية", 5)], counted="acts"),
    "lines": charts.lines(
        [
            {"period": "2020", "count": 3, "lower": 0.6, "upper": 8.8, "level": 4.0},
            {"period": HOSTILE, "count": 5, "lower": 1.6, "upper": 11.7, "level": None},
        ],
        counted="acts",
    ),
    "heat": charts.heat(
        [{"down": HOSTILE, "across": "a", "count": 3}, {"down": "b", "across": "a", "count": None}],
        across="kind",
        down="place",
        counted="acts",
    ),
    "intervals": charts.intervals(
        [{"label": HOSTILE, "value": 3, "lower": 0.6, "upper": 8.8, "beside": 2}], counted="acts"
    ),
    "threads": charts.threads([[0.1, 0.4], [0.3, 0.2]], across=HOSTILE, down="share"),
    "places": charts.places([{"x": 1, "y": 2, "count": 3, "cluster": HOSTILE}], counted="acts"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_named_and_holds_nothing_but_shapes(kind: str) -> None:
    drawn = charts.picture(KINDS[kind], title=HOSTILE, words="What it <shows>.")
    root = etree.fromstring(drawn.svg)
    tags = {str(each.tag).removeprefix(SVG) for each in root.iter()}
    assert tags <= {"svg", "g", "path", "line", "rect", "circle", "text", "tspan", "title", "desc"}
    assert root.get("role") == "img"
    assert root[0].text == HOSTILE
    assert root[1].text == "What it <shows>."
    names = {name for each in root.iter() for name in each.attrib}
    assert not {name for name in names if name.startswith("on") or name in ("style", "href")}


def test_the_same_picture_as_png() -> None:
    drawn = charts.picture(KINDS["bars"], title="Acts", words="Two bars.")
    assert charts.as_png(drawn.spec).startswith(b"\x89PNG")


def test_what_is_read_in_a_chart_is_there_as_text() -> None:
    drawn = charts.picture(KINDS["bars"], title="Acts", words="Two bars.")
    said = {each.text for each in etree.fromstring(drawn.svg).iter(SVG + "text")}
    assert {"3", "5", "acts"} <= said
