"""Words, picture and record of an estimate."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from amparo.base.errors import UsageError, VerificationError
from amparo.patterns.estimate.figure import Captions, figure
from amparo.patterns.estimate.histories import Table
from amparo.patterns.estimate.methods import METHODS, Settings, estimate
from amparo.patterns.estimate.record import again, record
from amparo.patterns.estimate.words import paragraph, rounded, words_for
from tests.patterns.estimate.tables import HEPATITIS, invented

QUICK = Settings(bootstraps=50)
REFUSED = Table(("a", "b"), {1: 30, 2: 30})


@pytest.mark.parametrize("method", METHODS)
def test_every_method_says_what_it_assumes_and_what_breaks_it(method: str) -> None:
    words = words_for(method)
    assert len(words.assumes) >= 4
    assert len(words.breaks) >= 4
    assert all(line.endswith(".") for line in (*words.assumes, *words.breaks))


@pytest.mark.parametrize("method", ["average", "chao", "loglinear", "dga", "sparse"])
def test_a_paragraph_never_gives_a_bare_number(method: str) -> None:
    answer = estimate(HEPATITIS, method, QUICK)
    said = paragraph(answer, group="people infected")
    assert said.startswith("271 people infected are documented on 3 lists: P (135), Q (122)")
    assert answer.estimate is not None
    sentence = next(s for s in said.split(". ") if "estimated at" in s)
    assert re.search(rf"{re.escape(rounded(answer.estimate))} \(9[05] % interval", sentence)
    assert words_for(method).name in sentence
    assert "It holds only if" in said


def test_a_refusal_gives_no_number_but_the_documented() -> None:
    said = paragraph(estimate(REFUSED))
    assert "No total was estimated." in said
    assert set(re.findall(r"\d+", said)) == {"60", "2", "30"}


@pytest.mark.parametrize(
    ("value", "said"), [(10_431.2, "10,400"), (999.4, "1,000"), (84.2, "84"), (7, "7")]
)
def test_figures_are_rounded_to_what_they_bear(value: float, said: str) -> None:
    assert rounded(value) == said


def test_the_picture_is_an_svg_with_words() -> None:
    answer = estimate(HEPATITIS, settings=QUICK)
    tree = ElementTree.fromstring(figure(answer, Captions(title="A & B", names={"chao": "Mínimo"})))
    name = "{http://www.w3.org/2000/svg}"
    assert tree.findtext(f"{name}title") == "A & B"
    described = tree.findtext(f"{name}desc") or ""
    assert "average over models" in described
    assert "Mínimo" in described
    assert len(tree.findall(f".//{name}circle")) == 7


def test_a_narrow_scale_has_ticks_too() -> None:
    answer = estimate(invented(1200), "chao")
    words = "".join(ElementTree.fromstring(figure(answer)).itertext())
    assert "1,000" in words
    assert "900" in words


def test_the_picture_of_a_refusal_says_why() -> None:
    tree = ElementTree.fromstring(figure(estimate(REFUSED)))
    assert "No person stands on two lists" in "".join(tree.itertext())


@pytest.mark.parametrize("method", ["average", "lcmcr", "sparse"])
def test_a_record_gives_the_same_bits_again(method: str) -> None:
    answer = estimate(HEPATITIS, method, QUICK)
    text = record(HEPATITIS, answer, QUICK)
    assert again(text) == answer
    assert record(HEPATITIS, answer, QUICK) == text


def test_a_record_that_was_changed_is_found_out() -> None:
    table = invented()
    text = record(table, estimate(table, "chao"), Settings())
    read = json.loads(text)
    read["answer"]["estimate"] += 1
    with pytest.raises(VerificationError, match="The estimate's estimate: got"):
        again(json.dumps(read))
    with pytest.raises(UsageError, match="not the record"):
        again('{"format": "other"}')
    with pytest.raises(UsageError, match="not the record"):
        again("no JSON")
