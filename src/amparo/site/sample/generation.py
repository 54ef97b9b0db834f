"""Making the sample's files: the same bytes each time, in a folder as a client would bring it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable
from datetime import timedelta, timezone
from importlib.resources import files
from pathlib import Path

from PIL import Image

from amparo.site.sample import charts, linked, mail, office, pages, photographs, scans
from amparo.site.sample.plan import SampleFile, SampleMatter, plan

__all__ = ["exhibit_index", "generate"]


def generate(folder: Path, *, seed: int = 0, sample: SampleMatter | None = None) -> SampleMatter:
    """Write every file of the sample under ``folder`` and say what they are.

    ``seed`` changes the dirt on the scans and nothing else; ``sample`` is the whole one unless a
    part of it is given. What already lies there is written over; no clock, no network and no
    program is used.
    """
    sample = sample or plan()
    workshop = _Workshop(sample, seed)
    for file in sample.files:
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(workshop.made(file.path))
        stamp = file.modified.timestamp()
        os.utime(place, (stamp, stamp))
    return sample


def exhibit_index(sample: SampleMatter) -> str:
    """The ``index.csv`` of the sample's exhibits, as ``amparo bundle`` takes it."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["tab", "file", "description", "date"])
    rows.writerows([each.tab, each.path, each.description, each.date] for each in sample.exhibits)
    return written.getvalue()


class _Workshop:
    """Makes each file once, and those that it is made from before it."""

    def __init__(self, sample: SampleMatter, seed: int) -> None:
        self._files = {file.path: file for file in sample.files}
        self._seed = seed
        self._made: dict[str, bytes] = {}

    def made(self, path: str) -> bytes:
        if path not in self._made:
            file = self._files[path]
            make: Callable[[SampleFile], bytes] = getattr(self, f"_{file.make}")
            self._made[path] = make(file)
        return self._made[path]

    def _pages(self, file: SampleFile) -> bytes:
        return pages.document(file.details["text"])

    def _form(self, file: SampleFile) -> bytes:
        return pages.form(file.details["text"])

    def _scan(self, file: SampleFile) -> bytes:
        name = file.details["text"]
        return scans.scan(pages.document(name), seed=f"{self._seed} {name}")

    def _fax(self, file: SampleFile) -> bytes:
        name = file.details["text"]
        header = file.details["header"]
        return scans.fax(pages.document(name), header=header, seed=f"{self._seed} {name}")

    def _paper(self, file: SampleFile) -> bytes:
        card = scans.render(pages.card(file.details["text"]), 220)[0]
        return self._on_a_table(card, file.path, file.details["table"])

    def _on_a_table(self, paper: Image.Image, name: str, colour: list[int]) -> bytes:
        red, green, blue = colour
        seen = scans.photographed(paper, seed=f"{self._seed} {name}", table=(red, green, blue))
        return _jpeg(seen)

    def _protected(self, file: SampleFile) -> bytes:
        return pages.protected(pages.document(file.details["text"]), file.details["password"])

    def _truncated(self, file: SampleFile) -> bytes:
        return pages.truncated(pages.document(file.details["text"]))

    def _photograph(self, file: SampleFile) -> bytes:
        place, device = file.details["position"], file.details["device"]
        return photographs.photograph(
            file.details["scene"],
            taken=file.details["taken"],
            position=tuple(place) if place else None,
            device=tuple(device),
        )

    def _chart(self, _: SampleFile) -> bytes:
        return charts.injury_chart()

    def _copy(self, file: SampleFile) -> bytes:
        return self.made(str(file.details["of"]))

    def _plain(self, file: SampleFile) -> bytes:
        return _encoded(file.details["text"])

    def _file(self, file: SampleFile) -> bytes:
        name: str = file.details["text"]
        return (files(__package__) / "texts" / name).read_bytes()

    def _word(self, file: SampleFile) -> bytes:
        told = pages.text("word")[file.details["text"]]
        return office.word(
            told["paragraphs"], title=told["title"], author=told["author"], made=file.modified
        )

    def _rtf(self, file: SampleFile) -> bytes:
        return office.rtf(pages.text("word")[file.details["text"]]["paragraphs"])

    def _incidents(self, file: SampleFile) -> bytes:
        told = pages.text("incidents")
        rows = [told["head"], *told["rows"]]
        if file.details["as"] == "csv":
            written = io.StringIO()
            csv.writer(written, lineterminator="\r\n").writerows(rows)
            return written.getvalue().encode("utf-8-sig")
        sheets = {"Incidents": rows, "Words": [told["key_head"], *told["key"]]}
        title, author = told["title"], told["author"]
        return office.spreadsheet(sheets, title=title, author=author, made=file.modified)

    def _linked(self, _: SampleFile) -> bytes:
        return linked.table()

    def _districts(self, _: SampleFile) -> bytes:
        return linked.districts()

    def _acts(self, _: SampleFile) -> bytes:
        return linked.acts()

    def _source(self, file: SampleFile) -> bytes:
        return linked.source(str(file.details["text"]))

    def _mail(self, file: SampleFile) -> bytes:
        letter = pages.text("mail")[file.details["text"]]
        attached = {name: self.made(path) for name, path in letter["attached"].items()}
        return mail.message(letter, attached)

    def _mailbox(self, file: SampleFile) -> bytes:
        return mail.mailbox(pages.text("mail")[file.details["text"]])

    def _archive(self, file: SampleFile) -> bytes:
        """A zip as a telephone makes it, with another inside."""
        summons = scans.render(pages.document("summons_ru"), 110)[0]
        inner = {
            "список.txt": _encoded("inner_note"),
            "повістка.jpg": self._on_a_table(summons, "summons", [104, 78, 60]),
        }
        wall = photographs.photograph(
            "wall",
            taken=file.modified.astimezone(timezone(timedelta(hours=3))) - timedelta(days=41),
            position=None,
            device=("Ovalo", "N3"),
        )
        outer = {
            "export/contacts.csv": _encoded("contacts"),
            "export/DCIM/IMG_20220608_024900.jpg": wall,
            "export/backup/старе.zip": office.packed(inner, file.modified),
        }
        return office.packed(outer, file.modified)


def _encoded(name: str) -> bytes:
    told = pages.text("plain")[name]
    words: str = told["text"]
    return words.replace("\n", "\r\n").encode(told["encoding"])


def _jpeg(picture: Image.Image) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=82)
    return written.getvalue()
