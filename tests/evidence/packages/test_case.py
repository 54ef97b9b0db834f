"""CASE/UCO: the graph is held against the shapes and terms of the vocabulary itself."""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH
from rdflib.plugins.sparql import processor
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from amparo.evidence.packages import case, records
from tests.evidence import packing

EXHIBIT = "01a200df-e284-7152-af83-12d6ae0cc934"
STATEMENTS: Sequence[records.Statement] = (
    records.Statement(
        "exhibit received",
        "exhibit",
        {
            "id": EXHIBIT, "number": 1, "title": "Telephone", "description": "black",
            "identifiers": "", "from_whom": "فاطمة",
        },
        3,
    ),
    records.Statement(
        "exhibit",
        "exhibit_event",
        {
            "id": "01a200df-0000-7152-af83-12d6ae0cc934", "exhibit": EXHIBIT, "kind": "imaged",
            "purpose": "", "seal": "", "place": "", "holder": "", "condition": "", "actor": "u-1",
            "by_whom": "Dr Ruiz", "occurred_at": "2026-05", "items": ["i-1"],
        },
        4,
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    place = importlib.resources.files("case_utils.ontology") / "case-1.4.0.ttl"
    return rdflib.Graph().parse(data=place.read_text("utf-8"), format="turtle")


@pytest.fixture(scope="module")
def text() -> bytes:
    contents = packing.contents(packing.Ledger())
    return case.case_bundle(replace(contents, statements=STATEMENTS))


@pytest.fixture(scope="module")
def graph(text: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=text, format="json-ld")


@pytest.fixture
def _each_question_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shapes ask the same few questions, in SPARQL, of each of thousands of nodes."""
    read: dict[object, object] = {}

    def translate(text: str, base: str | None, names: dict[str, object]) -> object:
        key = (text, base, *names.items())
        if key not in read:
            read[key] = translateQuery(parseQuery(text), base, names)
        return read[key]

    monkeypatch.setattr(processor, "parseQuery", str)
    monkeypatch.setattr(processor, "translateQuery", translate)


@pytest.mark.usefixtures("_each_question_is_read_once")
def test_it_keeps_to_the_shapes_of_the_vocabulary(
    graph: rdflib.Graph, ontology: rdflib.Graph
) -> None:
    _, report, words = pyshacl.validate(
        graph, shacl_graph=ontology, ont_graph=ontology, inference="none", allow_infos=True
    )
    severities = set(report.objects(None, SH.resultSeverity))
    assert severities <= {SH.Info}, words  # BLAKE3 is not in its list of hash names


def test_every_term_is_one_of_the_vocabulary(graph: rdflib.Graph, ontology: rdflib.Graph) -> None:
    used = {term for triple in graph for term in (triple[1],) if term != RDF.type}
    used |= set(graph.objects(None, RDF.type))
    known = set(ontology.subjects(RDF.type, None))
    assert {str(term) for term in used - known} == set()


def test_files_have_their_digests_and_places(text: bytes) -> None:
    nodes = json.loads(text)["@graph"]
    files = [node for node in nodes if node["@type"] == "uco-observable:File"]
    assert len(files) == len(packing.FILES)
    inside = [node for node in nodes if node["@type"].endswith("ObservableRelationship")]
    assert [node["uco-core:kindOfRelationship"] for node in inside] == ["Contained_Within"]


def test_a_date_that_is_no_moment_never_becomes_one(text: bytes) -> None:
    acquired = [n for n in json.loads(text)["@graph"] if n.get("uco-core:name") == "Acquired"]
    assert all("uco-action:startTime" not in node for node in acquired)
    assert all("2021-03~" in node["uco-core:description"] for node in acquired)


def test_the_same_contents_give_the_same_bytes(text: bytes, tmp_path: Path) -> None:
    contents = packing.contents(packing.Ledger())
    assert case.case_bundle(replace(contents, statements=STATEMENTS)) == text
