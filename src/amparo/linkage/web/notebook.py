"""How each page of linkage is done in a notebook, with copies of the files beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from amparo.evidence.web.models import Item
from amparo.linkage.web.models import Linkage, LinkedPair

__all__ = [
    "of_conflict",
    "of_conflicts",
    "of_group",
    "of_linkage",
    "of_lists",
    "of_pair",
    "of_pairs",
    "of_screening",
    "of_tables",
]

MOST_LABELS = 200
Roles = Mapping[str, str]
Labels = Mapping[tuple[int, int], bool]


def of_tables(files: Sequence[str], roles: Sequence[Roles] | None = None) -> str:
    """Tables read, what each column is taken for, what stays out, and what the rules would cost."""
    read = _reading(list(dict.fromkeys(files)) if roles is None else files, roles)
    return (
        f"{read}\n"
        "linking.roles, linking.left_out()\n"
        "[(rule.keys, rule.cost) for rule in linking.costs()]"
    )


def of_linkage(asked: Linkage, labels: Labels) -> str:
    """The tables linked as they were here, with what people had decided."""
    items = Item.objects.in_bulk([table["item"] for table in asked.tables])
    names = {str(pk): item.name for pk, item in items.items()}
    files = [names[table["item"]] for table in asked.tables]
    roles = [table["roles"] for table in asked.tables]
    heard = ", labels=labels" if labels else ""
    told = [f"labels = {_labels(labels)}"] if labels else []
    return "\n".join(
        [
            _reading(files, roles, within=asked.within),
            *told,
            f"model = linking.learn({heard.removeprefix(', ')})",
            f"result = linking.run(model{heard})",
            "result.pairs, result.clusters",
        ]
    )


def of_group(asked: Linkage, labels: Labels, records: Sequence[int]) -> str:
    """The same, and the rows of one group with the pairs that hold it together."""
    numbers = sorted(records)
    return "\n".join(
        [
            of_linkage(asked, labels),
            f"\ngroup = {{{', '.join(map(str, numbers))}}}",
            "for record in sorted(group):",
            "    sheet, row = linking.where(record)",
            "    print(sheets[sheet].name, row, sheets[sheet].row(row))",
            "for pair in result.above(-20.0):",
            "    if {pair.first, pair.second} <= group:",
            "        print(pair.chance, linking.reasons(model, pair).sentences)",
        ]
    )


def of_pair(asked: Linkage, labels: Labels, pair: LinkedPair) -> str:
    """The same, and what speaks for and against one pair."""
    return "\n".join(
        [
            of_linkage(asked, labels),
            "\nfrom amparo.linkage.records import Pair",
            f"pair = Pair({pair.first}, {pair.second}, {pair.bits!r})",
            "[linking.where(record) for record in (pair.first, pair.second)]",
            "linking.reasons(model, pair).sentences",
        ]
    )


def of_conflicts(names: Sequence[str]) -> str:
    """Names compared with those of a list of one's own: the parties of other matters are only
    found in the program."""
    return (
        "from amparo.linkage.conflicts import best_alike\n\n"
        f"names = {_told(names)}\n"
        'others = ["a party of another matter", "another"]\n'
        "[(name, found.spelling, found.comparison.score, found.comparison.reasons)\n"
        " for name in names if (found := best_alike([name], others))]"
    )


def of_pairs(pairs: Sequence[tuple[str, str]]) -> str:
    """Each name compared with the one that it is like."""
    told = ",\n    ".join(f"({one!a}, {other!a})" for one, other in pairs)
    return (
        "from amparo.linkage.names import compare\n\n"
        f"pairs = [\n    {told},\n]\n"
        "[(one, other, compare(one, other).score) for one, other in pairs]"
    )


def of_conflict(name: str, found: str) -> str:
    """Two names compared."""
    return (
        "from amparo.linkage.names import compare\n\n"
        f"found = compare({name!a}, {found!a})\n"
        "found.score, found.reasons"
    )


def of_lists(files: Sequence[str]) -> str:
    """Lists of names, read: what each is and how many stand on it."""
    return (
        f"{_lists(files)}\n"
        "[(found.title, found.dated, len(found.entries), found.remarks) for found in lists]"
    )


def of_screening(files: Sequence[str], asked: Iterable[Mapping[str, Any]]) -> str:
    """Names looked for on lists, as they were here."""
    people = ",\n    ".join(_asked(each) for each in asked)
    return (
        f"{_lists(files, 'Asked', 'Index', 'screen')}\n"
        f"asked = [\n    {people},\n]\n"
        "for found in lists:\n"
        "    index = Index(found.entries)\n"
        "    for each in asked:\n"
        "        for hit in screen(each, index).hits:\n"
        "            print(each.name, hit.entry.name, hit.score, hit.reasons)\n"
        "            print([fact.said for fact in hit.facts])"
    )


def _reading(
    files: Sequence[str], roles: Sequence[Roles] | None = None, *, within: bool = False
) -> str:
    """The first lines: the tables, and what their columns hold."""
    lines = [
        "from pathlib import Path",
        "from amparo.linkage.records import Linking, read",
        "",
        f"sheets = [{', '.join(f'read(Path({file!a}))' for file in files)}]",
    ]
    inside = ", within=True" if within else ""
    if roles is None:
        return "\n".join([*lines, f"linking = Linking(sheets{inside})"])
    chosen = ",\n    ".join(ascii(dict(each)) for each in roles)
    return "\n".join(
        [
            *lines,
            f"roles = [\n    {chosen},\n]",
            "chosen = [",
            '    {heading: own.get(heading, "none") for heading in sheet.headings}',
            "    for sheet, own in zip(sheets, roles)",
            "]",
            f"linking = Linking(sheets, chosen{inside})",
        ]
    )


def _labels(labels: Labels) -> str:
    some = dict(list(labels.items())[:MOST_LABELS])
    more = len(labels) - len(some)
    return f"{some}{f'  # and {more} more' if more else ''}"


def _lists(files: Sequence[str], *names: str) -> str:
    chosen = ", ".join(map(ascii, files)) or '"sdn.xml"'
    return (
        "from pathlib import Path\n"
        f"from amparo.linkage.screening import {', '.join([*names[:2], 'read', *names[2:]])}\n\n"
        f"lists = [read(Path(name).open('rb'), name) for name in ({chosen},)]"
    )


def _asked(said: Mapping[str, Any]) -> str:
    more = {
        "spellings": tuple(said.get("spellings", ())),
        "born": said.get("born", ""),
        "countries": tuple(said.get("countries", ())),
        "identifiers": tuple(said.get("identifiers", ())),
    }
    words = [f"{name}={value!a}" for name, value in more.items() if value]
    return f"Asked({', '.join([ascii(said['name']), *words])})"


def _told(names: Sequence[str]) -> str:
    return f"[{', '.join(map(ascii, names))}]"
