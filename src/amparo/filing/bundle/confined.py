"""The two places where a bundle meets hostile bytes, done in a worker: reading pages, checking.

``read`` and ``check_volume`` run inside a worker of ``extract.sandbox``; ``InRoom`` is the side
that asks for them and turns what comes back into values again.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, BinaryIO

from amparo.base import canonical
from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Child, Limits, Reading
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception
from amparo.filing.bundle.check import Finding, Report, check
from amparo.filing.bundle.copying import rehearse
from amparo.filing.bundle.exhibits import Balance, Notice
from amparo.filing.bundle.pdfs import Locked
from amparo.filing.bundle.pictures import TooLarge
from amparo.filing.bundle.reading import PagesRead, read_pages

__all__ = ["InRoom", "check_volume", "read"]

_FACTS, _PAGES = "facts.json", "pages.pdf"
_KINDS: Mapping[str, type[UnreadableFile]] = {
    "locked": Locked,
    "large": TooLarge,
    "unreadable": UnreadableFile,
}
_SECONDS_A_PAGE = 0.5
_SECONDS = 120.0


def read(
    file: BinaryIO, name: str, limits: Limits, *, media_type: str, sheet: Sequence[float]
) -> Reading:
    """In a worker: read pages, rehearse their assembly, and hand over what was found."""
    del name, limits
    try:
        found = read_pages(file, media_type, (sheet[0], sheet[1]))
        if found.made is None:
            file.seek(0)
            rehearse(file)
    except UnreadableFile as error:
        kind = next(key for key, known in _KINDS.items() if isinstance(error, known))
        return _handed_over({"problem": kind, "says": error.message})
    facts = {
        "count": found.count,
        "notices": [[notice.code, dict(notice.values)] for notice in found.notices],
        "uneven": [[page, each.below, each.open] for page, each in found.uneven.items()],
    }
    return _handed_over(facts, found.made)


def check_volume(
    file: BinaryIO, name: str, limits: Limits, *, manifest: str, limit: int
) -> Reading:
    """In a worker: check one volume, and hand over the report."""
    del limits
    report = check([(name, file)], manifest, limit=limit)
    return _handed_over(
        {
            "compared": dict(report.compared),
            "findings": [asdict(finding) for finding in report.findings],
        }
    )


class InRoom:
    """Asks a reading room for what is done in workers."""

    def __init__(self, room: Sandbox) -> None:
        self._room = room

    def read(self, stream: BinaryIO, media_type: str, sheet: tuple[float, float]) -> PagesRead:
        """Read the pages of a PDF or picture, as ``read_pages`` does."""
        facts, made = self._ask(
            "read", stream, "", Limits(), {"media_type": media_type, "sheet": list(sheet)}
        )
        if "problem" in facts:
            raise _KINDS[facts["problem"]](str(facts["says"]))
        return PagesRead(
            int(facts["count"]),
            tuple(Notice(str(code), values) for code, values in facts["notices"]),
            {int(page): Balance(int(below), int(open_)) for page, below, open_ in facts["uneven"]},
            made,
        )

    def check(
        self,
        files: Sequence[tuple[str, BinaryIO, int]],
        manifest: str,
        *,
        limit: int = 0,
        step: Callable[[int], None] | None = None,
    ) -> Report:
        """Check finished volumes: (name, file, pages) each, one after another."""
        compared: Counter[str] = Counter()
        findings: list[Finding] = []
        for name, file, pages in files:
            allowed = _SECONDS + pages * _SECONDS_A_PAGE
            limits = Limits(seconds=allowed, cpu_seconds=allowed)
            try:
                arguments = {"manifest": manifest, "limit": limit}
                told, _ = self._ask("check_volume", file, name, limits, arguments)
            except UnreadableFile as error:
                findings.append(Finding("opens", name, "", error.message, "a PDF that opens"))
                continue
            compared.update(told["compared"])
            findings.extend(Finding(**finding) for finding in told["findings"])
            if step:
                step(pages)
        return Report(dict(compared), tuple(findings))

    def _ask(
        self,
        function: str,
        stream: BinaryIO,
        name: str,
        limits: Limits,
        arguments: Mapping[str, Any],
    ) -> tuple[dict[str, Any], bytes | None]:
        """Run a function of this module in a worker; UnreadableFile when it did not survive."""
        reception = Reception(limits)
        self._room.run(
            f"{__name__}:{function}", stream, name=name, arguments=arguments, reception=reception
        )
        reading = reception.reading()
        given = {
            child.path: child.data for child in reading.children if isinstance(child.data, bytes)
        }
        if _FACTS not in given:
            raise UnreadableFile(reading.reason or "It could not be read.")
        facts = canonical.loads(given[_FACTS])
        assert isinstance(facts, dict)
        return facts, given.get(_PAGES)


def _handed_over(facts: dict[str, Any], pages: bytes | None = None) -> Reading:
    children = [Child(_FACTS, canonical.dumps(facts))]
    if pages is not None:
        children.append(Child(_PAGES, io.BytesIO(pages).getvalue()))
    return Reading(status="read", reason="", children=children)
