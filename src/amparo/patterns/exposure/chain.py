"""The chain of command: which unit stood under which, from when to when, as far as it is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.patterns.tables import Records

__all__ = ["Chain", "Post", "chain"]

_DEEPEST = 40
_EARLIEST, _LATEST = date.min, date.max


@dataclass(frozen=True, slots=True)
class Post:
    """``unit`` stood under ``above`` surely from ``sure_from`` to ``sure_to`` and perhaps from
    ``may_from`` to ``may_to``: the parts of dates that were not said. ``row`` says so."""

    unit: str
    above: str
    may_from: date
    sure_from: date
    sure_to: date
    may_to: date
    row: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Every post by its unit."""

    posts: Mapping[str, Sequence[Post]]

    def above(self, unit: str, first: date, last: date) -> dict[str, bool]:
        """The units above ``unit`` at some time from ``first`` to ``last``; True where it stood
        under them surely all that time."""
        found: dict[str, bool] = {}
        waiting = [(unit, True, 0)]
        while waiting:
            at, sure, depth = waiting.pop()
            for post in self.posts.get(at, ()):
                if post.may_to < first or post.may_from > last:
                    continue
                here = sure and post.sure_from <= first and last <= post.sure_to
                if depth < _DEEPEST and not found.get(post.above, False):
                    found[post.above] = here or found.get(post.above, False)
                    waiting.append((post.above, here, depth + 1))
        return found


def chain(
    records: Records,
    *,
    unit: str = "unit",
    above: str = "above",
    begins: str = "from",
    ends: str = "to",
) -> Chain:
    """Read the chain from a table of units. Without a column of dates a post always held.

    UsageError for units that stand above themselves, by whatever way, and for unreadable dates.
    """
    units, over = records.column(unit), records.column(above)
    posts: dict[str, list[Post]] = defaultdict(list)
    for row in range(len(records)):
        name, higher = units.word(row), over.word(row)
        if name is None or higher is None:
            continue
        start, end = _date(records, begins, row), _date(records, ends, row)
        posts[name].append(
            Post(
                name,
                higher,
                may_from=start[0] or _EARLIEST,
                sure_from=start[1] or _EARLIEST,
                sure_to=end[0] or _LATEST,
                may_to=end[1] or _LATEST,
                row=row + 1,
            )
        )
    _refuse_circles(posts)
    return Chain(dict(posts))


def _date(records: Records, column: str, row: int) -> tuple[date | None, date | None]:
    if column.casefold() not in {name.casefold() for name in records.columns}:
        return None, None
    word = records.column(column).word(row)
    if word is None:
        return None, None
    told = dates.from_person(word)
    return told.earliest, told.latest


def _refuse_circles(posts: Mapping[str, Sequence[Post]]) -> None:
    done: set[str] = set()
    for start in posts:
        path: list[str] = []
        _walk(start, posts, path, done)


def _walk(unit: str, posts: Mapping[str, Sequence[Post]], path: list[str], done: set[str]) -> None:
    if unit in path:
        circle = " → ".join([*path[path.index(unit) :], unit])
        raise UsageError(
            f"The chain of command runs in a circle: {circle}.",
            next_step="One of these rows is mistaken; or give both the dates from and to.",
        )
    if unit in done or len(path) > _DEEPEST:
        return
    path.append(unit)
    for post in posts.get(unit, ()):
        _walk(post.above, posts, path, done)
    path.pop()
    done.add(unit)
