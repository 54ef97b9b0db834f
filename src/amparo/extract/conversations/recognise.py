"""Which messenger or network a text is an archive of, if of any."""

from __future__ import annotations

import re
from dataclasses import replace

from amparo.extract.conversations import broken_json, meta, signal, telegram, whatsapp, x
from amparo.extract.conversations.setting import as_reading
from amparo.extract.conversations.values import Archive
from amparo.extract.reading import Reading

__all__ = ["read"]

_JSON = re.compile(r'\{|\[\s*[\[{"]')


def read(text: str, name: str, *, more: str = "", encoding: str = "") -> Reading | None:
    """Read a text as an archive of messages; None when it is none.

    ``more`` is what its reader remarks on the file as a whole; ``encoding`` what it was read in.
    """
    archive = _archive(text, name)
    if archive is None or not (archive.said or archive.facts):
        return None
    return as_reading(archive, more=more, encoding=encoding)


def _archive(text: str, name: str) -> Archive | None:
    start = text[:200].lstrip("\ufeff \t\r\n")
    if x.is_script(text[:400]):
        return x.read(text)
    if _JSON.match(start):
        return _from_json(text)
    if start[:1] == "<":
        if telegram.is_html(text):
            return telegram.read_html(text)
        return signal.read_sms(text) if signal.is_sms(text) else None
    if signal.is_markdown(text, name):
        return signal.read_markdown(text)
    if signal.is_text(text):
        return signal.read_text(text)
    return whatsapp.read(text, name) if whatsapp.looks_like(text) else None


def _from_json(text: str) -> Archive | None:
    if signal.is_lines(text):
        return signal.read_lines(text)
    for is_such, read_such in (
        (telegram.is_json, telegram.read_json),
        (meta.is_json, lambda data: meta.read_json(data, text)),
    ):
        if is_such(text) and (parsed := broken_json.parse(text)) is not None:
            archive = read_such(parsed[0])
            if archive is not None:
                return replace(archive, remarks=[*archive.remarks, *filter(None, parsed[1:])])
    return None
