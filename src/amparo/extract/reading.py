"""What a reader finds in a file: pages with the place of each word, facts, and children.

A reader is ``def read(file: BinaryIO, name: str, limits: Limits) -> Reading`` in
``extract/readers/<kind>.py``. It runs inside a disposable worker (``extract/sandbox``) that has
no network and sees no other file, so it may be simple: it raises ``UnreadableFile`` with a
sentence for the file's owner when nothing can be read, and it may give ``pages`` and
``children`` as generators. The sandbox takes them one at a time, counts them against the limits,
and keeps what came before a crash. Temporary files belong in ``tempfile``'s folder, which in a
worker is private, in memory, and removed. External programs go through ``base.programs``.

Readers do not recognise characters: a page that needs it says ``needs_ocr``, and OCR is a job of
its own over drawn pages, so that it can be run again in part.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import BinaryIO, Literal, NamedTuple, Protocol, overload

__all__ = [
    "Box",
    "Child",
    "Heading",
    "Limits",
    "Message",
    "MessageKind",
    "PageText",
    "Picture",
    "Reader",
    "Reading",
    "Rows",
    "Source",
    "Status",
    "Word",
    "Words",
]

Box = tuple[float, float, float, float]
"""``x0, y0, x1, y1`` in points (1/72 inch), from the top left corner of the page as shown."""

Source = Literal["text layer", "ocr", "converted", "none"]
Status = Literal["read", "partial", "failed"]
MessageKind = Literal["said", "notice", "deleted", "call"]

_WORD = struct.Struct("<IIffff")
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Word(NamedTuple):
    """A word of a page: ``text[start:end]`` (code points) stands in ``box``."""

    start: int
    end: int
    box: Box


class Words(Sequence[Word]):
    """The words of a page as one block of bytes, 24 a word; a ``Word`` is made when asked for.

    Layout, little endian: start and end as unsigned 32 bit, the box as four 32-bit floats.
    """

    __slots__ = ("packed",)

    def __init__(self, packed: bytes = b"") -> None:
        if len(packed) % _WORD.size:
            raise ValueError(f"{len(packed)} bytes are not a whole number of words")
        self.packed = packed

    @classmethod
    def of(cls, words: Iterable[Word]) -> Words:
        """Pack words; gives ``words`` back when they are packed already."""
        if isinstance(words, cls):
            return words
        return cls(b"".join(_WORD.pack(start, end, *box) for start, end, box in words))

    def __len__(self) -> int:
        return len(self.packed) // _WORD.size

    def __iter__(self) -> Iterator[Word]:
        for start, end, x0, y0, x1, y1 in _WORD.iter_unpack(self.packed):
            yield Word(start, end, (x0, y0, x1, y1))

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Words: ...
    def __getitem__(self, index: int | slice) -> Word | Words:
        if isinstance(index, slice):
            return Words.of([self[i] for i in range(*index.indices(len(self)))])
        position = range(len(self))[index]
        start, end, x0, y0, x1, y1 = _WORD.unpack_from(self.packed, position * _WORD.size)
        return Word(start, end, (x0, y0, x1, y1))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and other.packed == self.packed

    def __hash__(self) -> int:
        return hash(self.packed)

    def __repr__(self) -> str:
        return f"Words({len(self)})"


@dataclass(frozen=True, slots=True)
class Rows:
    """Which rows of a table the lines of a page are: line ``i`` is row ``numbers[i]``.

    Rows are counted from 1 as spreadsheets show them, blank ones included; ``sheet`` is the
    sheet's own name, "" where a file is one table. Cells of a line are parted by tabs.
    """

    sheet: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a conversation, which ``text[start:end]`` of its page shows.

    Everything is as the archive says it. ``words`` is where its own words begin, after the line
    that names time and sender. ``number`` counts from 1 in the file. ``sender`` is "" for notices
    of the service. ``written`` is the time as written there; ``at`` the same as ISO 8601, no
    sharper than written (``2021-03-04T10:30``, ``2021``), "" when that is no date or can be read
    in several ways. ``outgoing`` is None when the archive does not say whose it is.
    ``attachments`` are paths as the archive names them; ``own_id`` and ``reply_to`` are its own
    names for messages; ``conversation`` tells apart several in one file.
    """

    number: int
    start: int
    end: int
    words: int
    sender: str
    written: str
    at: str = ""
    kind: MessageKind = "said"
    outgoing: bool | None = None
    attachments: tuple[str, ...] = ()
    conversation: str = ""
    own_id: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page (of one sheet, slide, message: of what is shown at once).

    ``number`` starts at 1. ``width`` and ``height`` are points of the page as shown, 0 when the
    file has no pages of its own. ``needs_ocr`` says that the page shows something that ``text``
    does not hold. ``language`` is a BCP 47 tag, or None when nobody has looked.
    ``label`` is the name that people use for it: a sheet's name, a page label. ``rows`` and
    ``messages`` say what the lines of a table's and a conversation's page are.
    """

    number: int
    width: float
    height: float
    text: str
    words: Sequence[Word] = ()
    source: Source = "text layer"
    language: str | None = None
    needs_ocr: bool = False
    label: str = ""
    rows: Rows | None = None
    messages: Sequence[Message] = ()


@dataclass(frozen=True, slots=True)
class Child:
    """A file inside the file: an attachment, a member of an archive, an embedded picture.

    ``path`` is the name as the container gives it, with ``/`` between folders; it is a label and
    never becomes a path on a disk. ``data`` gives the bytes: a reader passes ``bytes`` or an
    iterable of ``bytes`` (read from the container as it goes); who calls the sandbox gets an open
    file in memory, at its beginning, and closes it. ``modified`` is an EDTF date or "".
    """

    path: str
    data: bytes | Iterable[bytes] | BinaryIO
    media_type: str | None = None
    modified: str = ""
    metadata: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the file's own table of contents; ``level`` from 1, ``page`` None if nowhere."""

    level: int
    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file, and how.

    ``status``: ``read`` (all of it), ``partial`` (``reason`` says what is missing), ``failed``
    (``reason`` says why). ``metadata`` keys: plain words of Dublin Core and mail where they fit
    (title, creator, subject, description, keywords, created, modified, producer, from, to, cc, bcc,
    date, message-id), else the origin and its own name (``exif:Make``, ``pdf:Trapped``,
    ``field:Family name``); dates as EDTF. ``settings`` are the choices that would change the
    result (OCR language, resolution). ``needs_ocr`` is filled by the sandbox from the pages.
    ``page_count`` is the file's own, when it is more than the pages read.
    """

    status: Status = "read"
    reason: str = ""
    pages: Iterable[PageText] = ()
    children: Iterable[Child] = ()
    metadata: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    outline: Sequence[Heading] = ()
    tool: str = ""
    tool_version: str = ""
    settings: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    needs_ocr: tuple[int, ...] = ()
    page_count: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn as pixels."""

    page: int
    width: int
    height: int
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use; beyond it the job ends with a sentence that names the limit.

    Sizes are bytes. ``ratio`` is how many times its own size a file may unfold into, looked at
    beyond 64 MiB. ``characters`` counts all pages together.
    """

    seconds: float = 120.0
    cpu_seconds: float = 120.0
    memory: int = 1536 * 2**20
    pages: int = 20_000
    characters: int = 200_000_000
    pixels: int = 120_000_000
    entries: int = 20_000
    child_size: int = 2 * 2**30
    children_size: int = 8 * 2**30
    ratio: int = 200
    processes: int = 24


class Reader(Protocol):
    """The one function of each module of ``extract/readers``."""

    def __call__(self, file: BinaryIO, name: str, limits: Limits) -> Reading:
        """Read an open, seekable file called ``name``; ``UnreadableFile`` when it cannot be."""
        ...
