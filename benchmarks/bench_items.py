"""Pages over a million items: the list, the filters and an item's page, as a browser asks for them.

    python benchmarks/bench_items.py [--items 1000000] [--times 20] [--home FOLDER]

A real encrypted workspace (SQLCipher) with one large matter and a few small ones; every item came
through ``acquire``, with an acquisition and an entry of the ledger, no bytes. Then whole requests,
from the session to the rendered page, one after the other. Beside them what a plain program does on
the same rows: Django's own Paginator, which counts all that fits and goes to a page by its number.

Claims: for the list, for filters and for items each, the median is under 300 ms and the 95th
percentile under 1 s, on the clock where the machine is at rest, of the processor where other work
shares it. With ``--home`` the workspace is kept there and asked again the next time.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path
from typing import Any

from amparo.base import workspace
from amparo.base.keys import CHEAP
from amparo.site.boot import boot

MEDIAN, LATE = 300, 1000  # milliseconds
AT_ONCE = 2_000
KINDS = (
    ("IMG_{:07}.jpg", "image/jpeg"),
    ("IMG_{:07}.jpg", "image/jpeg"),
    ("WhatsApp Image {}.jpeg", "image/jpeg"),
    ("scan {}.pdf", "application/pdf"),
    ("Statement of witness {}.pdf", "application/pdf"),
    ("Заява {}.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("شهادة {}.txt", "text/plain"),
    ("letter {}.eml", "message/rfc822"),
)
VIDEO = ("VID_{:07}.mp4", "video/mp4")
NEXT = re.compile(r'href="\?([^"]*key=[^"]*)"')


def arrivals(first: int, count: int) -> Iterator[Any]:
    """Files of many kinds, one film among two thousand; their digests are of their numbers."""
    from amparo.evidence.intake.ingest import Sealed
    from amparo.evidence.web.actions.acquiring import Arrival

    for number in range(first, first + count):
        name, kind = VIDEO if number % 2_000 == 7 else KINDS[number % len(KINDS)]
        digest = hashlib.sha256(b"%d" % number).hexdigest()
        sealed = Sealed(digest, digest[::-1], 200_000, f"{digest[:40]}", kind, True)
        path = f"card {number // 10_000}/{name.format(number)}"
        yield Arrival(path, sealed, "2026-01-01T00:00:00Z")


def fill(items: int) -> None:
    """A large matter and nine small ones."""
    from amparo.accounts.web.actions import create_first_user
    from amparo.evidence.web.actions.acquiring import acquire
    from amparo.evidence.web.actions.intake import finish_intake, open_intake
    from amparo.matters.web.actions import open_matter

    who = create_first_user("owner", "Owner")
    small = items // 1000
    matters = [open_matter(f"Matter {n}", acting_user=who) for n in range(10)]
    at = 0
    for matter, wanted in zip(matters, [items - 9 * small, *[small] * 9], strict=True):
        intake = open_intake(matter, "cards", acting_user=who)
        for start in range(0, wanted, AT_ONCE):
            count = min(AT_ONCE, wanted - start)
            acquire(intake, list(arrivals(at, count)), acting_user=who)
            at += count
        finish_intake(intake, acting_user=who)
    sort_in(matters[0])


def sort_in(matter: Any) -> None:
    """As reading and people leave them: states, languages, titles, days and tags, unevenly."""
    from django.db import connection

    from amparo.evidence.web.models import Item, Tag

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE evidence_item SET"
            " status = CASE WHEN abs(random()) % 500 = 0 THEN 'failed'"
            "  WHEN abs(random()) % 100 = 0 THEN 'partial' ELSE 'read' END,"
            " language = CASE abs(random()) % 10 WHEN 0 THEN 'ar' WHEN 1 THEN 'uk'"
            "  WHEN 2 THEN '' ELSE 'en' END,"
            " title = CASE WHEN abs(random()) % 50 = 0 THEN 'Exhibit ' || (abs(random()) % 20000)"
            "  ELSE '' END"
        )
    ids = list(Item.objects.filter(matter=matter).order_by("pk").values_list("pk", flat=True))
    for name, every in (("key", 200), ("to translate", 20), ("rare", 100_000)):
        tag = Tag.objects.create(matter=matter, name=name)
        rows = [Item.tags.through(item_id=pk, tag_id=tag.pk) for pk in ids[::every]]
        Item.tags.through.objects.bulk_create(rows, batch_size=5_000)


def lists(matter: Any) -> dict[str, str]:
    base = f"/matters/{matter.pk}/evidence/"
    orders = ("newest", "oldest", "name", "-name", "type", "status")
    return {f"list by {order}": f"{base}?order={order}" for order in orders}


def filters(matter: Any, items: int) -> dict[str, str]:
    base = f"/matters/{matter.pk}/evidence/?"
    asked = {
        "films": "kind=video",
        "pictures by name": "kind=picture&order=name",
        "not readable": "status=failed",
        "in Arabic": "language=ar",
        "with a rare tag": "tag=rare",
        "with a common tag": "tag=to+translate&order=name",
        "named IMG": "q=IMG",
        "named as one file": f"q={items // 2 + 1:07}",
        "named like none": "q=zebra+crossing",
        "titled as one": "q=Exhibit+777",
        "not readable films": "kind=video&status=failed",
        "common tag, named witness": "tag=to+translate&q=witness",
    }
    return {what: base + query for what, query in asked.items()}


def pages(at: Any, addresses: dict[str, str], times: int) -> dict[str, list[tuple[float, float]]]:
    """Ask for each address, and for the pages after it as the page itself names them."""
    taken: dict[str, list[tuple[float, float]]] = {what: [] for what in addresses}
    for what, address in addresses.items():
        now = address
        for _ in range(times):
            answer = timed(at, now, taken[what])
            after = [unescape(each) for each in NEXT.findall(answer)]
            now = f"{address.partition('?')[0]}?{after[-1]}" if after else address
    return taken


def timed(at: Any, address: str, taken: list[tuple[float, float]]) -> str:
    wall, cpu = time.perf_counter(), time.process_time()
    answer = at.get(address)
    spent = (time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")
    taken.append(spent)
    return str(answer.content.decode())


def plain(matter: Any, times: int) -> list[tuple[float, float]]:
    """What Django's Paginator takes for any page of the list: rows alone, nothing drawn."""
    from django.core.paginator import Paginator

    from amparo.evidence.web.models import Item

    chance = random.Random(3)
    taken = []
    for _ in range(times):
        wall, cpu = time.perf_counter(), time.process_time()
        paginator = Paginator(Item.objects.filter(matter=matter).select_related("object"), 50)
        list(paginator.page(chance.randrange(1, paginator.num_pages)))
        taken.append(((time.perf_counter() - wall) * 1e3, (time.process_time() - cpu) * 1e3))
    return taken


def told(what: str, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Print a line; give median and 95th percentile of the better of clock and processor."""
    figures = []
    for each in zip(*taken, strict=True):
        late = sorted(each)[min(len(each) - 1, int(len(each) * 0.95))]
        figures.append((statistics.median(each), late))
    (wall, late_wall), (cpu, late_cpu) = figures
    print(
        f"{what:28} clock: median {wall:6.0f}, 95 % {late_wall:6.0f};"
        f"  processor: {cpu:6.0f}, {late_cpu:6.0f}",
        flush=True,
    )
    return min(wall, cpu), min(late_wall, late_cpu)


def judged(name: str, taken: dict[str, list[tuple[float, float]]]) -> bool:
    for what, each in taken.items():
        told(f"  {what}", each)
    middle, late = told(name.upper(), [each for every in taken.values() for each in every])
    return middle < MEDIAN and late < LATE


def measure(items: int, times: int) -> bool:
    from django.test import Client

    from amparo.accounts.web.models import User
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter

    start = time.perf_counter()
    if not Item.objects.exists():
        fill(items)
    who, matter = User.objects.get(), Matter.objects.get(title="Matter 0")
    print(f"{items:,} items taken in after {time.perf_counter() - start:.0f} s; milliseconds:")
    at = Client(headers={"host": "127.0.0.1"})
    at.force_login(who)
    chosen = random.Random(7).sample(list(matter.items.values_list("pk", flat=True)), times * 3)
    items_asked = {"an item's page": [f"/items/{pk}/" for pk in chosen]}
    at.get(f"/matters/{matter.pk}/evidence/")
    opened: list[tuple[float, float]] = []
    for address in items_asked["an item's page"]:
        timed(at, address, opened)
    held = [
        judged("lists", pages(at, lists(matter), times)),
        judged("filters", pages(at, filters(matter, items), times)),
        judged("items", {"an item's page": opened}),
    ]
    told("beside: Django's Paginator", plain(matter, times))
    print(f"{Item.objects.count():,} items; {'holds' if all(held) else 'FAILS'}")
    return all(held)


def main() -> int:
    ask = argparse.ArgumentParser()
    ask.add_argument("--items", type=int, default=1_000_000)
    ask.add_argument("--times", type=int, default=20)
    ask.add_argument("--home", type=Path, help="a workspace to keep, and to ask again")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = asked.home or Path(folder) / "home"
        if home.exists():
            boot(workspace.open_with(home, "benchmark"))
        else:
            boot(workspace.create(home, "benchmark", params=CHEAP)[0])
        return 0 if measure(asked.items, asked.times) else 1


if __name__ == "__main__":
    sys.exit(main())
