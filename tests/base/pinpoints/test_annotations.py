import json

import pytest
from hypothesis import given

from amparo.base.errors import BadPinpoint
from amparo.base.pinpoints import (
    PageSelector,
    Pinpoint,
    QuoteSelector,
    from_annotation,
    from_fragment,
    to_annotation,
    to_fragment,
)
from tests.base.pinpoints import builders

SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
PASSAGE = Pinpoint(
    SHA256, PageSelector(3, ((72, 90.5, 272, 102.5),), QuoteSelector("at night", "they came ", "."))
)


def test_an_annotation_is_as_the_standard_says():
    assert to_annotation(PASSAGE) == {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:amparo:pinpoint:{PASSAGE.id}",
        "type": "Annotation",
        "target": {
            "type": "SpecificResource",
            "source": "ni:///sha-256;47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU",
            "selector": {
                "type": "FragmentSelector",
                "conformsTo": "http://tools.ietf.org/rfc/rfc3778",
                "value": "page=3&xywh=72,90.5,200,12",
                "refinedBy": {
                    "type": "TextQuoteSelector",
                    "exact": "at night",
                    "prefix": "they came ",
                    "suffix": ".",
                },
            },
        },
    }


def test_several_rectangles_are_one_drawing():
    made = Pinpoint(SHA256, PageSelector(1, ((1, 2, 3, 4), (5, 6, 7, 8.25))))
    refined = to_annotation(made)["target"]["selector"]["refinedBy"]
    assert refined["type"] == "SvgSelector"
    assert refined["value"].count("<rect ") == 2


@given(builders.pinpoints)
def test_annotations_come_back(pinpoint):
    written = json.loads(json.dumps(to_annotation(pinpoint)))
    assert from_annotation(written) == pinpoint


@given(builders.selectors)
def test_fragments_come_back(selector):
    assert from_fragment("#" + to_fragment(selector)) == selector


@given(builders.pinpoints, builders.pinpoints)
def test_ids_are_equal_for_equal_places_only(one, other):
    assert (one.id == other.id) == (one == other)


def test_the_id_does_not_change_between_versions():
    assert PASSAGE.id == PINNED


PINNED = "0d5b6f98877bbe2f5885fa64886fc5f7799c5da8a8fe6de9739a9b53c6bb1c53"


@pytest.mark.parametrize(
    ("fragment", "selector"),
    [
        ("page=3", PageSelector(3)),
        ("page=3&zoom=100&xywh=1,2,3,4", PageSelector(3, ((1, 2, 4, 6),))),
        ("quote=caf%C3%A9+noir", QuoteSelector("café noir")),
    ],
)
def test_fragments_of_others_are_read(fragment, selector):
    assert from_fragment(fragment) == selector


@pytest.mark.parametrize(
    "fragment",
    ["", "page=0", "page=x", "page=1&xywh=1,2,3", "page=1&xywh=9,9,0,0", "t=5,2", "row=0",
     "record=42", "quote=+", "t=nan", "page=1&xywh=1,2,inf,4"],
)  # fmt: skip
def test_bad_fragments_are_refused(fragment):
    with pytest.raises(BadPinpoint):
        from_fragment(fragment)


@pytest.mark.parametrize(
    "change",
    [
        {"target": "https://example.org/a.pdf"},
        {"target": {"source": "ni:///sha-256;AAAA", "selector": {}}},
        {"target": {}},
        {"target": None},
        {"id": "urn:amparo:pinpoint:" + "0" * 64},
    ],
)
def test_bad_annotations_are_refused(change):
    with pytest.raises(BadPinpoint):
        from_annotation(to_annotation(PASSAGE) | change)


def test_a_digest_must_be_one():
    with pytest.raises(BadPinpoint, match="64 hexadecimal"):
        Pinpoint("abc")
