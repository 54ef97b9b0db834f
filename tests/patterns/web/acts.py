"""An invented table of acts, as an organisation might keep one."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tests.extract.web.builders import item_of, safe

if TYPE_CHECKING:
    from amparo.accounts.web.models import User
    from amparo.evidence.web.models import Item
    from amparo.extract.sandbox import Sandbox
    from amparo.matters.web.models import Matter

__all__ = ["CSV", "PEOPLE", "ROWS", "UNDER", "table_in", "written"]

HEADS = (
    "act_id",
    "person_id",
    "date",
    "place",
    "violation",
    "unit",
    "age",
    "source",
    "longitude",
    "latitude",
)
PLACES = (("Ríohondo", -73.1, 4.2), ("Ар-Рабія", -73.4, 4.9), ("الوادي", -72.9, 4.4))
KINDS = ("arrest", "torture", "disappearance")
UNITS = ("Interior Guard", "2nd Battalion", "")


def _row(number: int) -> tuple[object, ...]:
    year = 2015 + number % 10 if number % 3 else 2021
    month, day = 1 + number * 7 % 12, 1 if number % 4 == 0 else 1 + number * 5 % 28
    said = f"{year}" if number % 11 == 0 else f"{year}-{month:02}-{day:02}"
    place, x, y = PLACES[number % 3 if number % 5 else 0]
    age = 20 + 5 * (number % 9) if number % 2 else 18 + number % 50
    source = "Registry" if number % 3 else "Interviews"
    return (
        f"A{number}", f"P{number // 2}", said, place, KINDS[number * number % 3],
        UNITS[number % 3 if number % 7 else 2], age if number % 13 else "unknown", source,
        x, y,
    )  # fmt: skip


ROWS = [_row(number) for number in range(1, 301)]


def written(heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> bytes:
    """A CSV."""
    page = io.StringIO()
    csv.writer(page).writerows([heads, *rows])
    return page.getvalue().encode()


CSV = written(HEADS, ROWS)
PEOPLE = written(
    ("place", "population", "longitude", "latitude"),
    [(name, 10_000 * n, x, y) for n, (name, x, y) in enumerate(PLACES, 1)],
)
UNDER = written(
    ("unit", "above", "from", "to"),
    [("2nd Battalion", "Interior Guard", "2015", "2019"), ("Interior Guard", "Ministry", "", "")],
)


def table_in(matter: Matter, data: bytes, name: str, room: Sandbox, who: User) -> Item:
    """A table among a matter's files, read as any file is."""
    from amparo.extract.web.actions import read_item

    item = item_of(matter, data, name)
    item.save()
    read_item(item, room=room, safe=safe(), acting_user=who)
    item.refresh_from_db()
    return item
