"""WhatsApp's text exports: iPhones write ``[time] name: words``, Androids ``time - name: words``.

The phone's language decides the digits, the order of day, month and year, the half of the day and
the phrases, and the file does not say which language that was; so a line begins a message when it
begins with three numbers and a clock time, and the order is found from all of them together. Times
are the phone's own, in a zone that the file does not name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

from amparo.extract.conversations.values import Archive, Said
from amparo.extract.conversations.wording import MARKS, plain, wording
from amparo.extract.conversations.written_dates import Order, Triple, day_of, find_order
from amparo.extract.reading import MessageKind

__all__ = ["looks_like", "read"]

_M = f"[{MARKS}]*"
_S = r"[ \u00a0\u202f\u2009]"
_HEAD = re.compile(
    rf"{_M}(?P<open>\[)?{_M}(?P<a>\d{{1,4}}){_M}(?P<sign>[./-]){_M}(?P<b>\d{{1,2}}){_M}(?P=sign){_M}"
    rf"(?P<c>\d{{1,4}})\.?{_M}[,،]?{_S}+(?:[^\W\d_]{{1,4}}\.?{_S}+)?{_M}"
    rf"(?P<hour>\d{{1,2}}){_M}[:.٫]{_M}(?P<minute>\d{{2}})(?:{_M}[:.٫]{_M}(?P<second>\d{{2}}))?{_M}"
    rf"(?:{_S}*(?P<half>[^\W\d_](?:[^\W\d_]|\.|{_S}(?=[^\W\d_]\.)){{0,8}}))?{_M}"
    rf"(?P<close>\])?{_M}(?P<dash>{_S}[-–]{_S}|:{_S})?{_M}{_S}?"
)
_NAMED = re.compile(r"(?P<name>[^\n]{1,80}?):(?:[ \u00a0]|$)")
_ATTACHED = re.compile(rf"{_M}<(?P<phrase>[^<>:：]{{2,30}})[:：]{_S}*{_M}(?P<name>[^<>]+)>{_M}$")
_BESIDE = re.compile(rf"{_M}(?P<name>\S[^\n]*\.\w{{2,5}}){_M} \((?P<phrase>[^()]{{2,30}})\){_M}$")
_SAMPLE, _LEAST = 400, 2
_OF_NOBODY = re.compile('[“”«»"]')


@dataclass(frozen=True, slots=True)
class _Line:
    """The first line of a message taken apart, with the lines that follow it."""

    written: str
    date: Triple
    hour: int
    minute: int
    second: int | None
    half: str
    rest: str


def looks_like(text: str) -> bool:
    """Whether a text begins with a message, and its first lines hold more, most of them named."""
    lines = [line for line in islice(_split(text), _SAMPLE) if line.strip()]
    heads = [head for line in lines if (head := _head(line))]
    named = sum(bool(_NAMED.match(_rest(line, head))) for line, head in _with_heads(lines))
    return (
        len(heads) >= _LEAST
        and named * 2 >= len(heads)
        and bool(_head(lines[0]) or _head(lines[1]))
    )


def read(text: str, name: str) -> Archive:
    """Read an export; its name gives the title where it is not the usual ``_chat.txt``."""
    lines = list(_messages(text))
    language = _language(lines)
    order = find_order([line.date for line in lines], day_first=_day_first(language))
    twelve = _counts_to_twelve(lines)
    names = Counter(sender for line in lines if (sender := _named(line.rest)[0]))
    said = [_said(line, order, twelve, names) for line in lines]
    unclear = sum(not each.at for each in said)
    return Archive(
        maker="WhatsApp",
        form="text export",
        said=said,
        title=_title(name),
        claims=["The file does not say whose phone it was exported from."],
        remarks=_remarks(lines, order, unclear),
        settings={
            "order of dates": order.name,
            "order known by": order.how,
            "hours": "12" if twelve else "24",
            "phrases": language or "unknown",
            "zone": "not named by the file",
        },
    )


def _split(text: str) -> Iterator[str]:
    """Lines as WhatsApp ends them; ``str.splitlines`` would also break at U+2028 inside one."""
    return (line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n"))


def _head(line: str) -> re.Match[str] | None:
    found = _HEAD.match(line)
    if found is None or not _is_head(found):
        return None
    return found


def _is_head(found: re.Match[str]) -> bool:
    """Whether what follows the time parts it from the words: a bracket, a dash or a colon."""
    if found["open"]:
        return bool(found["close"])
    return bool(found["dash"]) and (not found["half"] or _half(found) in _halves())


def _half(found: re.Match[str]) -> str:
    return re.sub(r"[. ]", "", plain(found["half"] or ""))


def _halves() -> frozenset[str]:
    return wording().before_noon | wording().after_noon


def _with_heads(lines: Sequence[str]) -> Iterator[tuple[str, re.Match[str]]]:
    return ((line, head) for line in lines if (head := _head(line)))


def _rest(line: str, head: re.Match[str]) -> str:
    return line[head.end() :]


def _messages(text: str) -> Iterator[_Line]:
    head: re.Match[str] | None = None
    rest: list[str] = []
    for line in _split(text):
        found = _head(line)
        if found is None:
            rest.append(line)
            continue
        if head is not None:
            yield _line(head, rest)
        head, rest = found, [_rest(line, found)]
    if head is not None:
        yield _line(head, rest)


def _line(head: re.Match[str], rest: Sequence[str]) -> _Line:
    written = re.sub(f"[{MARKS}]", "", head[0]).strip().removesuffix("-").removesuffix("–")
    a, b, c = (int(head[each]) for each in "abc")
    return _Line(
        written=written.strip(" :[]\u00a0"),
        date=(a, b, c, head["sign"]),
        hour=int(head["hour"]),
        minute=int(head["minute"]),
        second=int(head["second"]) if head["second"] else None,
        half=_half(head),
        rest="\n".join(rest).rstrip(),
    )


def _language(lines: Sequence[_Line]) -> str:
    """The language of the service's own phrases; "" when none was met."""
    known = wording()
    votes: Counter[str] = Counter()
    for line in lines:
        words = plain(_named(line.rest)[1] or line.rest)
        bare = words.strip("<>. ")
        for phrases in (known.left_out, known.deleted, known.call):
            if bare in phrases:
                votes[phrases[bare]] += 1
        votes.update(lang for phrase, lang in known.encrypted.items() if phrase in words[:120])
        if found := _ATTACHED.match(words) or _BESIDE.match(words.partition("\n")[0]):
            votes.update(filter(None, [known.attached.get(plain(found["phrase"]))]))
    return votes.most_common(1)[0][0] if votes else ""


def _day_first(language: str) -> str:
    if language not in wording().day_first:
        return ""
    return f"the phone's language ({language}) writes the day first"


def _counts_to_twelve(lines: Sequence[_Line]) -> bool:
    return any(line.half in _halves() for line in lines)


def _named(rest: str) -> tuple[str, str]:
    """Part the sender from the words; "" when nobody is named."""
    found = _NAMED.match(rest)
    if not found:
        return "", rest
    name = re.sub(f"[{MARKS}]", "", found["name"]).strip()
    return (name, rest[found.end() :]) if name else ("", rest)


def _said(line: _Line, order: Order, twelve: bool, names: Counter[str]) -> Said:
    sender, words = _named(line.rest)
    if sender and names[sender] < 2 and _OF_NOBODY.search(sender):
        sender, words = "", line.rest  # a notice that quotes a name with a colon in it
    attachments = _attachments(words)
    return Said(
        sender=sender,
        written=line.written,
        text=words.lstrip("\u200e\u200f") if sender else line.rest.lstrip("\u200e\u200f"),
        at=_at(line, order, twelve),
        kind=_kind(sender, words, attachments),
        attachments=attachments,
    )


def _kind(sender: str, words: str, attachments: tuple[str, ...]) -> MessageKind:
    known, bare = wording(), plain(words).strip("<>. ")
    if bare in known.deleted:
        return "deleted"
    if bare.partition(",")[0].partition(".")[0] in known.call:
        return "call"
    if not sender:
        return "notice"
    by_service = words.startswith("\u200e") and not attachments and bare not in known.left_out
    return "notice" if by_service else "said"


def _attachments(words: str) -> tuple[str, ...]:
    """The file that a message names in the service's own words, in its first or last line."""
    lines = dict.fromkeys((words.partition("\n")[0], words.rpartition("\n")[2]))
    found = next(filter(None, map(_attachment, lines)), None)
    return (re.sub(f"[{MARKS}]", "", found["name"]).strip(),) if found else ()


def _attachment(line: str) -> re.Match[str] | None:
    found = _ATTACHED.match(line) or _BESIDE.match(line)
    if found is None:
        return None
    known = plain(found["phrase"]) in wording().attached
    return found if known or line[:1] in ("\u200e", "\u200f") else None


def _at(line: _Line, order: Order, twelve: bool) -> str:
    day = day_of(line.date, order)
    clock = _clock(line, twelve)
    return f"{day}T{clock}" if len(day) == 10 and clock else day


def _clock(line: _Line, twelve: bool) -> str:
    """The time of day; "" when it is none, or when it does not say which half of the day."""
    hour = line.hour
    if twelve:
        if not 1 <= hour <= 12:
            return ""
        if line.half in wording().after_noon:
            hour = hour % 12 + 12
        elif line.half in wording().before_noon:
            hour %= 12
        else:
            return ""
    if hour > 23 or line.minute > 59 or (line.second or 0) > 59:
        return ""
    clock = f"{hour:02d}:{line.minute:02d}"
    return clock if line.second is None else f"{clock}:{line.second:02d}"


def _remarks(lines: Sequence[_Line], order: Order, unclear: int) -> list[str]:
    remarks = []
    if order.name == "unknown" and lines:
        remarks.append(
            "Day and month cannot be told apart in its dates, which are shown as written: "
            f"{order.how}."
        )
    if unclear:
        remarks.append(f"Dates that are none of this calendar, shown as written: {unclear}.")
    return remarks


def _title(name: str) -> str:
    stem = PurePosixPath(name).stem
    return "" if stem.strip("_").lower() in ("chat", "file", "") else stem
