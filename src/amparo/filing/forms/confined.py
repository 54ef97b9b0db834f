"""Where forms meet a worker: a form is read, filled and verified without network or other files.

``read``, ``fill_form`` and ``prove`` run inside a worker of ``extract.sandbox``; ``InRoom`` is the
side that asks for them and gets plain data and the finished file back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from amparo.base.errors import AmparoError, UnreadableFile, UsageError
from amparo.extract.reading import Child, Limits, Reading
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception
from amparo.filing.forms.answers import read_answers
from amparo.filing.forms.maps import read_map, write_map
from amparo.filing.forms.production import fill
from amparo.filing.forms.proposing.proposal import other_editions, propose
from amparo.filing.forms.reading import read_form
from amparo.filing.forms.specimen import specimen_answers
from amparo.filing.forms.told import filled_as_data, form_as_data

__all__ = ["FilledForm", "InRoom", "fill_form", "prove", "read"]

_FACTS, _FORM, _MAP = "facts.json", "form.pdf", "map.yaml"
_SECONDS = 120.0


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The facts of a filling as ``told`` says them; ``data`` only when every check passed."""

    facts: Mapping[str, Any]
    data: bytes | None


def read(file: BinaryIO, name: str, limits: Limits, *, own_map: str, proposing: bool) -> Reading:
    """In a worker: read a form, and propose a map when asked."""
    del name, limits
    try:
        form = read_form(file.read(), read_map(own_map, "that was given") if own_map else None)
        facts = form_as_data(form)
        identity = form.identity
        anchors = other_editions(identity.form, identity.edition) if proposing else ()
        proposed = write_map(propose(form, anchors=anchors)) if proposing else ""
    except AmparoError as error:
        return _refused(error)
    return _handed_over(facts, {_MAP: proposed.encode()} if proposed else {})


def fill_form(file: BinaryIO, name: str, limits: Limits, *, answers: str, own_map: str) -> Reading:
    """In a worker: fill a form and verify it; the file is handed over only if it holds."""
    del name, limits
    try:
        given = read_map(own_map, "that was given") if own_map else None
        filled = fill(file.read(), read_answers(answers), given)
    except AmparoError as error:
        return _refused(error)
    return _handed_over(filled_as_data(filled), {_FORM: filled.data} if filled.holds else {})


def prove(file: BinaryIO, name: str, limits: Limits, *, own_map: str) -> Reading:
    """In a worker: answer every question of a form with a specimen, fill it and verify it."""
    del name, limits
    try:
        data, given = file.read(), read_map(own_map, "that was given") if own_map else None
        answers = specimen_answers(read_form(data, given))
        filled = fill(data, read_answers(json.dumps(answers)), given, specimen=True)
    except AmparoError as error:
        return _refused(error)
    return _handed_over(filled_as_data(filled), {_FORM: filled.data} if filled.holds else {})


class InRoom:
    """Asks a reading room for what is done in workers."""

    def __init__(self, room: Sandbox) -> None:
        self._room = room

    def read(
        self, form: BinaryIO | bytes, *, own_map: str = "", proposing: bool = False
    ) -> tuple[Mapping[str, Any], str]:
        """A form as ``told`` says it, and the proposed map as YAML ("" unless asked for)."""
        arguments = {"own_map": own_map, "proposing": proposing}
        given = self._ask("read", form, arguments)
        return _facts(given), given.get(_MAP, b"").decode()

    def fill(self, form: BinaryIO | bytes, answers: str, *, own_map: str = "") -> FilledForm:
        """Fill a form with answers (JSON) and verify it."""
        given = self._ask("fill_form", form, {"answers": answers, "own_map": own_map})
        return FilledForm(_facts(given), given.get(_FORM))

    def prove(self, form: BinaryIO | bytes, *, own_map: str = "") -> FilledForm:
        """Fill a form with specimen answers to every question, and verify it."""
        given = self._ask("prove", form, {"own_map": own_map})
        return FilledForm(_facts(given), given.get(_FORM))

    def _ask(
        self, function: str, form: BinaryIO | bytes, arguments: Mapping[str, Any]
    ) -> dict[str, bytes]:
        reception = Reception(Limits(seconds=_SECONDS, cpu_seconds=_SECONDS))
        self._room.run(
            f"{__name__}:{function}", form, name="form", arguments=arguments, reception=reception
        )
        reading = reception.reading()
        given = {
            child.path: child.data for child in reading.children if isinstance(child.data, bytes)
        }
        if _FACTS not in given:
            raise UnreadableFile(reading.reason or "The form could not be read.")
        return given


def _facts(given: Mapping[str, bytes]) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(given[_FACTS])
    if "refused" in facts:
        kind = UsageError if facts["kind"] == "usage" else UnreadableFile
        raise kind(facts["refused"], next_step=facts["next_step"])
    return facts


def _refused(error: AmparoError) -> Reading:
    kind = "usage" if isinstance(error, UsageError) else "unreadable"
    facts = {"refused": error.message, "next_step": error.next_step, "kind": kind}
    return _handed_over(facts, {})


def _handed_over(facts: Mapping[str, Any], files: Mapping[str, bytes]) -> Reading:
    children = [Child(_FACTS, json.dumps(facts, ensure_ascii=False).encode())]
    children += [Child(path, data) for path, data in files.items()]
    return Reading(status="read", reason="", children=children)
