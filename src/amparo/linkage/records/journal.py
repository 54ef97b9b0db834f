"""Who is who, as people decided: merges and partings, one after another, nothing taken away.

The groups that hold are a function of the whole journal. To undo a merge is to part; both stay
written, with who did it and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Entry", "groups_after"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision on records: that they are one person, or that these are apart from the rest.

    ``merge`` joins the records, and all that are already joined with them. ``part`` takes these
    records, together, out of the groups that they are in.
    """

    kind: Literal["merge", "part"]
    records: tuple[int, ...]


def groups_after(entries: Iterable[Entry]) -> list[tuple[int, ...]]:
    """The groups of two records or more that hold after all entries, by their first record."""
    group_of: dict[int, set[int]] = {}
    for entry in entries:
        named = set(entry.records)
        if entry.kind == "merge":
            joined = named.union(*(group_of.get(record, set()) for record in named))
            group_of.update(dict.fromkeys(joined, joined))
        else:
            for group in {id(group_of[r]): group_of[r] for r in named if r in group_of}.values():
                rest = group - named
                group_of.update(dict.fromkeys(rest, rest))
            group_of.update(dict.fromkeys(named, named))
    found = {tuple(sorted(group)) for group in group_of.values() if len(group) > 1}
    return sorted(found)
