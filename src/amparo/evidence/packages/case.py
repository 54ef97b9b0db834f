"""The matter's evidence in CASE/UCO 1.4, the vocabulary that forensic tools exchange (JSON-LD).

Files with their digests, provenance records with exhibit numbers, an investigative action for each
acquisition and for each thing done, people, tools and places. It repeats ``records.json``, which
the ledger proves; a date that is not an exact moment is told in words, never as a day.

https://caseontology.org, https://unifiedcyberontology.org
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID, uuid5

from amparo.base.canonical import Json
from amparo.evidence import custody
from amparo.evidence.custody import exhibits
from amparo.evidence.packages import records

__all__ = ["CONTEXT", "case_bundle"]

CONTEXT: Mapping[str, str] = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-location": "https://ontology.unifiedcyberontology.org/uco/location/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_SPACE = UUID("6f0f3b5e-2a5b-5d8e-9c53-0f2d6b8f8a11")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")

Node = dict[str, Json]


def case_bundle(contents: records.Contents) -> bytes:
    """The text of ``case.jsonld``; the same contents give the same bytes."""
    graph = list(_Graph(contents).nodes())
    value = {"@context": dict(CONTEXT), "@graph": graph}
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


class _Graph:
    """The nodes of one package."""

    def __init__(self, contents: records.Contents) -> None:
        self._contents = contents
        self._people = {person.id: person.name for person in contents.people}
        self._tools: dict[str, Node] = {}
        self._locations: dict[str, Node] = {}
        self._named: dict[str, Node] = {}

    def nodes(self) -> Iterator[Node]:
        """Every node: the investigation first, then what it holds."""
        items = [
            node
            for number, each in enumerate(self._contents.in_order(), 1)
            for node in self._item(number, each)
        ]
        things = [node for each in self._contents.statements for node in self._thing(each)]
        people = [self._person(name, key) for key, name in sorted(self._people.items())]
        others = [*people, *self._named.values(), *self._tools.values(), *self._locations.values()]
        yield self._investigation([*items, *things, *others])
        yield from items
        yield from things
        yield from others

    def _investigation(self, held: Sequence[Node]) -> Node:
        matter, export = self._contents.matter, self._contents.export
        node: Node = {
            "@id": _iri(matter.id),
            "@type": "case-investigation:Investigation",
            "uco-core:name": f"{matter.number} {matter.title}",
            "uco-core:object": [{"@id": node["@id"]} for node in held],
        }
        said = [f"Exported by {export.by}", f"with {export.software}"]
        said += [f"for: {export.purpose}"] if export.purpose else []
        return {**node, "uco-core:description": ", ".join(said)}

    def _item(self, number: int, each: records.PackagedItem) -> Iterator[Node]:
        yield self._file(each)
        yield self._provenance(number, each)
        if each.item.parent:
            yield _inside(each.item)
        for came, seq in each.acquisitions:
            yield self._acquired(each.item, came, seq)
        for event, seq in each.events:
            yield self._done(each.item, event, seq)

    def _file(self, each: records.PackagedItem) -> Node:
        item = each.item
        path: Node = {
            "@id": _derived(item.id, "file facet"),
            "@type": "uco-observable:FileFacet",
            "uco-observable:fileName": item.name,
            "uco-observable:filePath": each.full_path or item.path,
            "uco-observable:sizeInBytes": _integer(item.size),
        }
        data: Node = {
            "@id": _derived(item.id, "content facet"),
            "@type": "uco-observable:ContentDataFacet",
            "uco-observable:mimeType": each.media_type,
            "uco-observable:sizeInBytes": _integer(item.size),
            "uco-observable:hash": [
                _hash(item.id, "SHA256", item.sha256),
                _hash(item.id, "BLAKE3", item.blake3),
            ],
        }
        return {
            "@id": _iri(item.id),
            "@type": "uco-observable:File",
            "uco-core:name": each.title or item.name,
            "uco-core:hasFacet": [path, data],
        }

    def _provenance(self, number: int, each: records.PackagedItem) -> Node:
        said = "Its bytes were disposed of; see the actions." if each.is_disposed else ""
        node: Node = {
            "@id": _derived(each.item.id, "provenance"),
            "@type": "case-investigation:ProvenanceRecord",
            "case-investigation:exhibitNumber": str(number),
            "uco-core:object": {"@id": _iri(each.item.id)},
        }
        return {**node, "uco-core:description": said} if said else node

    def _acquired(self, item: custody.Item, came: custody.Acquired, seq: int) -> Node:
        said = [f"Received from {came.from_whom}." if came.from_whom else "Received."]
        said += [f"How: {came.method}."] if came.method else []
        said += [f"Device: {came.device}."] if came.device else []
        node = self._action(came.id, "Acquired", came.acquired_by, "", came.occurred_at, seq, said)
        node["uco-action:result"] = {"@id": _derived(item.id, "provenance")}
        node["uco-action:object"] = {"@id": _iri(item.id)}
        if came.tool:
            node["uco-action:instrument"] = {"@id": self._tool(came.tool)}
        if came.place:
            node["uco-action:location"] = {"@id": self._location(came.place)}
        return node

    def _done(self, item: custody.Item, event: custody.Event, seq: int) -> Node:
        label = custody.vocabulary()[event.kind].label
        said = [event.purpose] if event.purpose else []
        node = self._action(
            event.id, label, event.actor, event.by_whom, event.occurred_at, seq, said
        )
        node["uco-action:object"] = {"@id": _iri(item.id)}
        return node

    def _thing(self, each: records.Statement) -> Iterator[Node]:
        """Physical exhibits and what was done with them."""
        facts = each.facts
        if each.part == "exhibit":
            yield {
                "@id": _iri(str(facts["id"])),
                "@type": "uco-core:Item",
                "uco-core:name": str(facts["title"]),
                "uco-core:description": "; ".join(
                    str(facts[name])
                    for name in ("description", "identifiers", "from_whom")
                    if facts[name]
                )
                or "A physical exhibit.",
            }
            yield {
                "@id": _derived(str(facts["id"]), "provenance"),
                "@type": "case-investigation:ProvenanceRecord",
                "case-investigation:exhibitNumber": f"P-{facts['number']}",
                "uco-core:object": {"@id": _iri(str(facts["id"]))},
            }
        elif each.part == "exhibit_event":
            yield self._handled(each)

    def _handled(self, each: records.Statement) -> Node:
        facts = each.facts
        kind = exhibits.vocabulary().events.get(str(facts["kind"]))
        names = ("purpose", "seal", "place", "holder", "condition")
        said = [f"{name}: {facts[name]}" for name in names if facts[name]]
        node = self._action(
            str(facts["id"]),
            kind.label if kind else str(facts["kind"]),
            str(facts["actor"]),
            str(facts["by_whom"]),
            str(facts["occurred_at"]),
            each.entry,
            said,
        )
        made = facts["items"]
        node["uco-action:object"] = {"@id": _iri(str(facts["exhibit"]))}
        if made and isinstance(made, list):
            node["uco-action:result"] = [{"@id": _iri(str(one))} for one in made]
        return node

    def _action(
        self,
        name: str,
        label: str,
        actor: str | None,
        by_whom: str,
        occurred_at: str,
        seq: int,
        said: Sequence[str],
    ) -> Node:
        node: Node = {
            "@id": _iri(name),
            "@type": "case-investigation:InvestigativeAction",
            "uco-core:name": label,
        }
        if _MOMENT.fullmatch(occurred_at):
            node["uco-action:startTime"] = {"@type": "xsd:dateTime", "@value": occurred_at}
        elif occurred_at:
            said = [*said, f"When (EDTF): {occurred_at}."]
        node["uco-core:description"] = " ".join([*said, f"Entry {seq} of the ledger."])
        if by_whom:
            node["uco-action:performer"] = {"@id": self._other(by_whom)}
        elif actor and actor in self._people:
            node["uco-action:performer"] = {"@id": _iri(actor)}
        return node

    def _person(self, name: str, key: str) -> Node:
        return {"@id": _iri(key), "@type": "uco-identity:Person", "uco-core:name": name}

    def _other(self, name: str) -> str:
        """Somebody without an account: an identity that says no more than the name."""
        node: Node = {
            "@id": _derived(name, "identity"),
            "@type": "uco-identity:Identity",
            "uco-core:name": name,
        }
        self._named[name] = node
        return str(node["@id"])

    def _tool(self, name: str) -> str:
        node: Node = {
            "@id": _derived(name, "tool"),
            "@type": "uco-tool:Tool",
            "uco-core:name": name,
        }
        self._tools[name] = node
        return str(node["@id"])

    def _location(self, name: str) -> str:
        node: Node = {
            "@id": _derived(name, "location"),
            "@type": "uco-location:Location",
            "uco-core:name": name,
        }
        self._locations[name] = node
        return str(node["@id"])


def _inside(item: custody.Item) -> Node:
    return {
        "@id": _derived(item.id, "inside"),
        "@type": "uco-observable:ObservableRelationship",
        "uco-core:source": {"@id": _iri(item.id)},
        "uco-core:target": {"@id": _iri(str(item.parent))},
        "uco-core:kindOfRelationship": "Contained_Within",
        "uco-core:isDirectional": True,
    }


def _hash(item: str, method: str, digest: str) -> Node:
    return {
        "@id": _derived(item, method),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": method,
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": digest.upper()},
    }


def _integer(number: int) -> Node:
    return {"@type": "xsd:integer", "@value": str(number)}


def _iri(name: str) -> str:
    """The IRI of what has an id; what has none gets one that its name always gives."""
    try:
        return f"urn:uuid:{UUID(name)}"
    except ValueError:
        return _derived(name, "")


def _derived(name: str, part: str) -> str:
    """The IRI of a part of something."""
    return f"urn:uuid:{uuid5(_SPACE, f'{part} of {name}')}"
