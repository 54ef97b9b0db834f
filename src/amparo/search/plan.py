"""How a query is carried out: what the full-text index answers, and what is filtered by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from amparo.search.syntax import And, Node, Not, Or, Words

__all__ = ["Plan", "any_of", "is_text", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """``text`` has only words in it and ranks the results; ``filters`` say which may pass.

    Either may be None; a passage is found when it satisfies both.
    """

    text: Node | None
    filters: Node | None


def is_text(node: Node) -> bool:
    """Whether the full-text index alone can answer: only words, and not only what is excluded."""
    match node:
        case Words():
            return True
        case Not():
            return False
        case And(nodes):
            positive = [each for each in nodes if not isinstance(each, Not)]
            excluded = [each.node for each in nodes if isinstance(each, Not)]
            return bool(positive) and all(map(is_text, [*positive, *excluded]))
        case Or(nodes):
            return all(map(is_text, nodes))
        case _:
            return False


def all_of(nodes: Iterable[Node]) -> Node | None:
    """Join nodes that must all be so."""
    present = tuple(nodes)
    return And(present) if len(present) > 1 else present[0] if present else None


def any_of(nodes: Iterable[Node]) -> Node | None:
    """Join nodes of which one must be so."""
    present = tuple(nodes)
    return Or(present) if len(present) > 1 else present[0] if present else None


def plan(root: Node | None) -> Plan:
    """Part a query into what ranks and what filters."""
    if root is None:
        return Plan(None, None)
    nodes = root.nodes if isinstance(root, And) else (root,)
    text = [node for node in nodes if is_text(node)]
    excluded = [node for node in nodes if text and isinstance(node, Not) and is_text(node.node)]
    filters = [node for node in nodes if node not in text and node not in excluded]
    return Plan(all_of([*text, *excluded]), all_of(filters))
