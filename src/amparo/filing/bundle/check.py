"""The check: finished volumes are opened again and compared with what they claim.

Every number on every page, every line of the index with the page that it leads to, every sheet,
bookmark and label. A bundle that fails is not offered.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.sax.saxutils import unescape

from amparo.base import canonical
from amparo.base.errors import UnreadableFile, VerificationError
from amparo.filing.bundle.profiles import Numbering
from amparo.filing.bundle.reopened import Link, Page, Reopened

__all__ = ["RULES", "Finding", "Report", "check"]

RULES: Mapping[str, str] = {
    "opens": "The volume opens.",
    "volume-size": "The volume is not larger than the profile allows.",
    "page-count": "The volume has the pages that it should have.",
    "number": "The number is printed on the page, at its place.",
    "page-label": "A viewer calls the page by its number.",
    "index-line": "The index has a line for the exhibit, with the numbers of its pages.",
    "index-link": "The line leads to the exhibit.",
    "tab-sheet": "The sheet before the exhibit names it.",
    "back-link": "The exhibit leads back to its line in the index.",
    "bookmark": "A bookmark leads to the exhibit.",
    "manifest": "The volume carries the manifest.",
}

_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060-\u2069\ufeff\ufffe\x00-\x1f]+")
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: the rule, where, and both values."""

    rule: str
    volume: str
    where: str
    got: str
    expected: str

    def __str__(self) -> str:
        where = f", {self.where}" if self.where else ""
        return f"{self.volume}{where}: got {self.got}, expected {self.expected}."


@dataclass(frozen=True, slots=True)
class Report:
    """What was compared (how often, by rule) and what did not hold."""

    compared: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def holds(self) -> bool:
        """Whether everything is as it should be."""
        return not self.findings

    def require(self) -> None:
        """Raise VerificationError for the first finding."""
        if self.findings:
            first = self.findings[0]
            what = f"{first.volume}, {first.where}" if first.where else first.volume
            raise VerificationError(
                what,
                got=first.got,
                expected=first.expected,
                next_step="The bundle was not released. Produce it again, and report this.",
            )


def check(
    files: Sequence[tuple[str, BinaryIO]],
    manifest: str,
    *,
    limit: int = 0,
    step: Callable[[int], None] | None = None,
) -> Report:
    """Open finished volumes, (name, file), and compare them with their manifest.

    ``limit`` is the largest volume in bytes, 0 for none; ``step`` is told pages as they are done.
    """
    claims: dict[str, Any] = canonical.loads(manifest)  # type: ignore[assignment]
    volumes = {volume["file"]: volume for volume in claims["volumes"]}
    checks = [_Check(name, file, volumes[name], claims, manifest) for name, file in files]
    for each in checks:
        each.run(limit, step)
    compared: Counter[str] = Counter()
    for each in checks:
        compared.update(each.compared)
    return Report(dict(compared), tuple(finding for each in checks for finding in each.findings))


class _Check:
    """Compares one volume with its claims, and remembers what did not hold."""

    def __init__(
        self,
        name: str,
        file: BinaryIO,
        volume: Mapping[str, Any],
        claims: Mapping[str, Any],
        manifest: str,
    ) -> None:
        self.name = name
        self.compared: Counter[str] = Counter()
        self.findings: list[Finding] = []
        self._file = file
        self._volume = volume
        self._claims = claims
        self._manifest = manifest
        self._numbering = Numbering(**claims["numbering"])
        self._text = self._numbering.text
        self._rows: dict[str, int] = {}

    def run(self, limit: int, step: Callable[[int], None] | None) -> None:
        """Compare everything; a volume that does not open is one finding."""
        size = self._file.seek(0, io.SEEK_END)
        if limit:
            self._compare("volume-size", "", size <= limit, f"{size:,} bytes", f"at most {limit:,}")
        self._compare("manifest", "", self._carries_manifest(), "another or none", "the manifest")
        try:
            with Reopened(self._file) as document:
                pages = self._volume["last"] - self._volume["first"] + 1
                found = len(document)
                self._compare("page-count", "", found == pages, f"{found} pages", f"{pages}")
                self._check_pages(document, min(found, pages), step)
                self._check_bookmarks(document)
        except UnreadableFile as error:
            self._compare("opens", "", False, error.message, "a PDF that opens")

    def _check_pages(
        self, document: Reopened, count: int, step: Callable[[int], None] | None
    ) -> None:
        """Go through all pages once, the index first come first."""
        starts = {spot["start"]: spot for spot in self._spots()}
        first_index, last_index = self._volume["index"]
        index_links: list[Link] = []
        for position in range(count):
            number = self._volume["first"] + position
            with document.page(position) as page:
                self._check_number(document, page, position, number)
                if first_index <= number <= last_index:
                    links = list(page.links())
                    index_links += links
                    for link in links:
                        self._rows.setdefault(_key(link), position)
                if number == last_index:
                    self._check_index(index_links)
                if number in starts:
                    self._check_start(page, starts[number])
            if step:
                step(1)

    def _check_number(self, document: Reopened, page: Page, position: int, number: int) -> None:
        expected = self._text(number)
        where = f"page {number}"
        printed = page.printed_at(self._numbering.place, expected)
        self._compare("number", where, printed == expected, _shown(printed), expected)
        label = document.label(position)
        self._compare("page-label", where, label == expected, _shown(label), expected)

    def _check_index(self, links: Sequence[Link]) -> None:
        """Compare every line of the index with the pages that the manifest claims."""
        lines: dict[str, list[Link]] = {}
        for link in links:
            if link.address.startswith("amparo:pages/"):
                lines.setdefault(_key(link), []).append(link)
        for key, where, volume, start, pages in self._expected_lines():
            found = lines.get(key, [])
            printed = _UNSEEN.sub("", "".join(link.text for link in found))
            self._compare("index-line", where, printed == pages, _shown(printed), pages)
            goes = {(link.file, link.page) for link in found}
            same = volume["number"] == self._volume["number"]
            expected = ("" if same else volume["file"], start - volume["first"])
            self._compare(
                "index-link", where, goes == {expected}, _targets(goes), _targets({expected})
            )

    def _expected_lines(self) -> Iterator[tuple[str, str, Mapping[str, Any], int, str]]:
        """Give key, name, volume, first page and printed pages of every line of the index."""
        volumes = {volume["number"]: volume for volume in self._claims["volumes"]}
        for spot in self._spots(everywhere=True):
            first, last = self._text(spot["first"]), self._text(spot["last"])
            pages = first if first == last else f"{first}–{last}"
            where = f"index line of {spot['tab']}"
            yield spot["key"], where, volumes[spot["volume"]], spot["start"], pages
        for volume in self._claims["volumes"]:
            for order, each in enumerate(volume["certificates"]):
                number = each["number"]
                where = f"index line of {each['title']}"
                yield f"certificate-{order}", where, volume, number, self._text(number)

    def _check_start(self, page: Page, spot: Mapping[str, Any]) -> None:
        """Compare the first page of an exhibit: its sheet names it, and leads back to the index."""
        where = f"page {spot['start']}"
        if spot["sheet"] is not None:
            words = _UNSEEN.sub("", page.text())
            digest = spot["sha256"]
            self._compare("tab-sheet", where, digest in words, "no such digest", digest)
            if self._claims["tab_sheets"]:
                tab = _UNSEEN.sub("", spot["tab"])
                self._compare("tab-sheet", where, tab in words, "no such tab", spot["tab"])
        back = {link.page for link in page.links() if link.address == f"amparo:index/{spot['key']}"}
        row = self._rows.get(spot["key"], -2)
        self._compare(
            "back-link", where, back == {row}, _targets({("", p) for p in back}), f"page {row + 1}"
        )

    def _check_bookmarks(self, document: Reopened) -> None:
        """Compare the outermost bookmarks that are exhibits', in order."""
        own = [spot for spot in self._spots() if spot["volume"] == self._volume["number"]]
        found = document.bookmarks()[2:]
        for order, spot in enumerate(own):
            where = f"bookmark of {spot['tab']}"
            title, page = found[order] if order < len(found) else ("", -1)
            expected = spot["start"] - self._volume["first"]
            right = page == expected and title.endswith(spot["description"])
            got = f"{_shown(title)} to page {page + 1}"
            self._compare("bookmark", where, right, got, f"page {expected + 1}")

    def _carries_manifest(self) -> bool:
        """Whether the metadata, which is not compressed, has the manifest as it was given."""
        data = b""
        place = self._file.seek(0, io.SEEK_END)
        while place and b"<amparo:manifest>" not in data:
            place = max(0, place - _BLOCK)
            self._file.seek(place)
            data = self._file.read(_BLOCK) + data[: len(self._manifest) * 12 + _BLOCK]
        _, begins, rest = data.rpartition(b"<amparo:manifest>")
        text, ends, _ = rest.partition(b"</amparo:manifest>")
        return bool(begins and ends) and unescape(text.decode("utf-8", "replace")) == self._manifest

    def _spots(self, *, everywhere: bool = False) -> Iterator[dict[str, Any]]:
        """Give each part of each exhibit, of this volume or of all, with what is known of it."""
        for item, exhibit in enumerate(self._claims["exhibits"]):
            for number, pages in enumerate(exhibit["pages"], start=1):
                if everywhere or pages["volume"] == self._volume["number"]:
                    start = pages["first"] if pages["sheet"] is None else pages["sheet"]
                    yield {**exhibit, **pages, "key": f"{item}.{number}", "start": start}

    def _compare(self, rule: str, where: str, holds: bool, got: str, expected: str) -> None:
        self.compared[rule] += 1
        if not holds:
            self.findings.append(Finding(rule, self.name, where, got, expected))


def _key(link: Link) -> str:
    return link.address.partition("/")[2]


def _shown(text: str) -> str:
    return f"“{text[:60]}”" if text else "nothing"


def _targets(targets: set[tuple[str, int]]) -> str:
    named = (f"{file} page {page + 1}".strip() for file, page in sorted(targets))
    return ", ".join(named) or "no link"
