"""What is no file, in words for the custody report: exhibits, papers, holds, disposals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from amparo.evidence.custody import exhibits, online
from amparo.evidence.custody.disposal import grounds
from amparo.evidence.packages.records import Contents
from amparo.evidence.packages.report.items import Told

__all__ = ["Statements"]


class Statements:
    """What is no file, in words: exhibits, papers, holds, disposals."""

    def __init__(self, contents: Contents, told: Told, labels: Mapping[str, str]) -> None:
        self._of: dict[str, list[tuple[Mapping[str, Any], int]]] = {}
        for each in contents.statements:
            self._of.setdefault(each.part, []).append((each.facts, each.entry))
        self._told = told
        self._say = labels

    def told(self) -> dict[str, object]:
        """The template's inputs."""
        return {
            "exhibits": [self._exhibit(*each) for each in self._of.get("exhibit", [])],
            "papers": [self._paper(*each) for each in self._of.get("online_paper", [])],
            "holds_list": [self._hold(*each) for each in self._of.get("hold", [])],
            "disposals": [self._disposal(*each) for each in self._of.get("disposal", [])],
        }

    def _exhibit(self, facts: Mapping[str, Any], seq: int) -> dict[str, Any]:
        kinds = exhibits.vocabulary().kinds
        pairs = [
            (self._say["kind"], kinds.get(facts["kind"], facts["kind"])),
            (self._say["identifiers"], facts["identifiers"]),
            (self._say["description"], facts["description"]),
            (self._say["owner"], facts["owner"]),
            (self._say["exhibit_from"], facts["from_whom"]),
            (self._say["place"], facts["found_at"]),
            (self._say["by"], self._told.name(facts["received_by"])),
            (self._say["entry"], str(seq)),
        ]
        events = self._of.get("exhibit_event", [])
        return {
            "title": f"P-{facts['number']}  {facts['title']}",
            "facts": [list(pair) for pair in pairs if pair[1]],
            "events": [self._event(*e) for e in events if e[0]["exhibit"] == facts["id"]],
        }

    def _event(self, facts: Mapping[str, Any], seq: int) -> dict[str, Any]:
        kind = exhibits.vocabulary().events[facts["kind"]]
        names = {"seal": "seal", "place": "storage", "holder": "holder", "condition": "condition"}
        said = [
            f"{self._say[label]}: {facts[name]}" for name, label in names.items() if facts[name]
        ]
        said += [f"{self._say['purpose_of']}: {facts['purpose']}"] if facts["purpose"] else []
        files = ", ".join(self._told.title(name) for name in facts["items"])
        said += [f"{self._say['files_of']}: {files}"] if files else []
        actor = facts["by_whom"] or self._told.name(facts["actor"])
        return {
            "when": self._told.when(facts["occurred_at"], facts["recorded_at"]),
            "sentence": kind.sentence.format(actor=actor),
            "purpose": "\n".join(said),
            "entry": seq,
        }

    def _paper(self, facts: Mapping[str, Any], seq: int) -> dict[str, Any]:
        asked = online.forms().get(facts["form"])
        labels = {field.key: field.label for field in asked.fields} if asked else {}
        version = self._say["version"].format(number=facts["version"])
        title = f"{asked.title if asked else facts['form']}, {version}"
        pairs = [[labels.get(key, key), said] for key, said in facts["content"].items()]
        if facts["item"]:
            pairs.insert(0, [self._say["file"], self._told.title(facts["item"])])
        pairs += [[self._say["written_by"], self._told.name(facts["made_by"])]]
        pairs += [[self._say["entry"], str(seq)]]
        when = self._told.when(facts["occurred_at"], facts["recorded_at"])
        return {"title": title, "when": when, "facts": pairs}

    def _hold(self, facts: Mapping[str, Any], seq: int) -> list[list[str]]:
        lifts = [each for each in self._of.get("hold_lift", []) if each[0]["hold"] == facts["id"]]
        count = len(facts["items"])
        key = "hold_all" if not count else "hold_one" if count == 1 else "hold_some"
        scope = self._say[key].format(count=count)
        pairs = [
            [self._say["reason"], facts["reason"]],
            [self._say["reference"], facts["reference"]],
            [self._say["covers"], scope],
            [self._say["placed_by"], self._told.name(facts["placed_by"])],
            [self._say["when"], self._told.day(facts["recorded_at"])],
            [self._say["entry"], str(seq)],
        ]
        pairs += [
            [
                self._say["lifted"],
                f"{self._by(lift['lifted_by'], lift, entry)}: {lift['reason']}",
            ]
            for lift, entry in lifts
        ]
        return [pair for pair in pairs if pair[1]]

    def _disposal(self, facts: Mapping[str, Any], seq: int) -> list[list[str]]:
        decisions = self._of.get("disposal_decision", [])
        mine = next((each for each in decisions if each[0]["disposal"] == facts["id"]), None)
        ground = grounds().get(facts["ground"])
        return [
            pair
            for pair in (
                [self._say["ground"], ground.label if ground else facts["ground"]],
                [self._say["reference"], facts["reference"]],
                [self._say["reason"], facts["reason"]],
                [self._say["proposed"], self._by(facts["proposed_by"], facts, seq)],
                [self._say["decided"], self._decided(mine)],
                [self._say["covers"], ", ".join(map(self._told.title, facts["items"]))],
            )
            if pair[1]
        ]

    def _decided(self, decision: tuple[Mapping[str, Any], int] | None) -> str:
        if decision is None:
            return self._say["undecided"]
        facts, seq = decision
        outcome = self._say["approved" if facts["approved"] else "refused"]
        return f"{outcome}: {self._by(facts['decided_by'], facts, seq)}"

    def _by(self, person: str, facts: Mapping[str, Any], seq: int) -> str:
        when = self._told.day(facts["recorded_at"])
        return f"{self._told.name(person)}, {when}, {self._say['entry'].lower()} {seq}"
