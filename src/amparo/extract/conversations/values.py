"""What an archive of messages says, before it is set to pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from amparo.extract.reading import MessageKind

__all__ = ["Archive", "Said"]

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Said:
    """One message as its archive says it; the fields are those of ``reading.Message``.

    ``sender_id`` is the archive's own name for the account, "" where it has none.
    """

    sender: str
    written: str
    text: str
    at: str = ""
    kind: MessageKind = "said"
    sender_id: str = ""
    outgoing: bool | None = None
    attachments: tuple[str, ...] = ()
    conversation: str = ""
    own_id: str = ""
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive of one conversation or several.

    ``maker`` and ``form`` name what it looks like ("WhatsApp", "text export"). ``claims`` are
    sentences of what the archive says of itself and its owner; ``remarks`` of what is missing or
    broken in it; ``settings`` are the choices that would change the result.
    """

    maker: str
    form: str
    said: Sequence[Said]
    title: str = ""
    people: Sequence[str] = ()
    claims: Sequence[str] = ()
    remarks: Sequence[str] = ()
    facts: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    settings: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
