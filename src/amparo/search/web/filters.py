"""Fields of a query, and words under an OR with fields, as conditions of the index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from amparo.base.folding import fold
from amparo.base.languages import find_language
from amparo.search.grammar import Spellings, column, expression
from amparo.search.kinds import kind_number, kinds_meant
from amparo.search.plan import is_text
from amparo.search.syntax import And, Dated, Field, Node, Not, Or
from amparo.search.web import index, tables
from amparo.search.web.engine import engine
from amparo.search.web.index import Where
from amparo.search.words import word_pieces

__all__ = ["Known", "condition"]

_NOTHING = Where(["FALSE"])


@dataclass(frozen=True, slots=True)
class Known:
    """What fields are looked up in: the matters that the person may see and what they are called.

    ``names`` gives each visible matter's folded names (number, title), ``numbers`` its numbers in
    the index; a matter that is not in them cannot be named.
    """

    numbers: Mapping[UUID, tuple[int, ...]]
    names: Mapping[UUID, tuple[str, ...]]
    spellings: Spellings


def condition(node: Node, known: Known) -> Where:
    """Return the conditions under which a passage satisfies the tree."""
    match node:
        case And(nodes):
            return _joined(" AND ", [condition(each, known) for each in nodes])
        case Or(nodes) if not is_text(node):
            return _joined(" OR ", [condition(each, known) for each in nodes])
        case Not(inner):
            where = condition(inner, known)
            return Where([f"NOT {_as_one(where)}"], where.parameters, where.rows)
        case Dated():
            return _dated(node)
        case Field():
            return _field(node, known)
        case _:
            return index.matching(expression(node, known.spellings, engine().grammar))


def _as_one(where: Where) -> str:
    return f"({' AND '.join(where.conditions)})"


def _joined(joiner: str, wheres: list[Where]) -> Where:
    joined = joiner.join(_as_one(where) for where in wheres)
    parameters = [parameter for where in wheres for parameter in where.parameters]
    return Where([f"({joined})"], parameters, any(where.rows for where in wheres))


def _dated(dated: Dated) -> Where:
    """The passage's date touches the stretch; a passage without a date does not."""
    where = Where(rows=True)
    where.add("p.date <> ''")
    if dated.earliest:
        where.add("(p.latest >= %s OR p.latest = '')", dated.earliest.isoformat(), rows=True)
    if dated.latest:
        where.add("(p.earliest <= %s)", dated.latest.isoformat(), rows=True)
    return where


def _field(node: Field, known: Known) -> Where:
    match node.name:
        case "matter":
            return _matter(node.value, known)
        case "type":
            return _type(node.value)
        case "language":
            return _language(node.value)
        case "tag":
            return Where([index.tagged(1)], [fold(node.value)])
        case "page":
            page = "".join(c for c in fold(node.value) if c.isdecimal())[:9]
            return Where(["p.page = %s"], [int(page)], rows=True) if page else _NOTHING
        case "from":
            return _label("sender", node.value)
        case "name":
            return _label("name", node.value)


def _matter(value: str, known: Known) -> Where:
    wanted = fold(value)
    exact = [matter for matter, names in known.names.items() if wanted in names]
    alike = [
        matter for matter, names in known.names.items() if any(wanted in name for name in names)
    ]
    numbers = [n for matter in exact or alike for n in known.numbers.get(matter, ())]
    if not numbers:
        return _NOTHING
    return Where([index.part_in("matter", numbers)])


def _type(value: str) -> Where:
    if "/" in value:
        return Where(["p.media_type = %s"], [value.lower()], rows=True)
    numbers = [kind_number(kind) for kind in kinds_meant(value)]
    return Where([index.part_in("kind", numbers)]) if numbers else _NOTHING


def _language(value: str) -> Where:
    meant = find_language(value)
    code = meant.code if meant else value.strip().lower()
    numbers = [number for number, known in tables.language_codes().items() if known == code]
    return Where([index.part_in("language", numbers)]) if numbers else _NOTHING


def _label(name: str, value: str) -> Where:
    pieces = word_pieces(value)
    if not pieces:
        return _NOTHING
    where = Where()
    index.labelled(column(name, pieces, engine().grammar), where)
    return where
