"""Transcripts: typed, corrected, imported or recognised, each as a new version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.base.canonical import Json
from amparo.base.errors import UsageError
from amparo.evidence.web.actions import record
from amparo.evidence.web.models import Item
from amparo.extract.recordings.transcripts import UNWRITTEN, Line, digest
from amparo.extract.web.actions.indexing import index
from amparo.extract.web.actions.keeping import READ
from amparo.extract.web.actions.versions import kept_meanwhile
from amparo.extract.web.models import Transcript
from amparo.matters.access import Verb
from amparo.matters.web.access import require

__all__ = ["Origin", "keep_transcript"]


@dataclass(frozen=True, slots=True)
class Origin:
    """How a transcript came about: ``made`` is one of ``Transcript.Made``; a tool has a name."""

    made: str
    tool: str = ""
    tool_version: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    note: str = ""


@transaction.atomic
def keep_transcript(
    item: Item,
    lines: Sequence[Line],
    *,
    language: str,
    origin: Origin,
    based_on: int | None = None,
    acting_user: User,
) -> Transcript:
    """Keep lines as the next version; what is as it was stays the version that it is.

    ``based_on`` is the version that a person corrected. UsageError when nothing is said, and when
    someone else kept another version meanwhile.
    """
    require(acting_user, Verb.ANNOTATE, item)
    if not lines:
        raise UsageError(
            _("The transcript has no lines."), next_step=_("Write at least one, with its times.")
        )
    last = Transcript.objects.select_for_update().filter(item=item).first()
    if based_on is not None and last is not None and last.number != based_on:
        raise kept_meanwhile(last.number)
    sha256 = digest(lines)
    if last is not None and (last.sha256, last.language) == (sha256, language):
        return last
    row = Transcript.objects.create(
        item=item,
        number=last.number + 1 if last else 1,
        made=origin.made,
        based_on=based_on,
        language=language,
        lines=[[line.start, line.end, line.text, line.speaker] for line in lines],
        sha256=sha256,
        tool=origin.tool,
        tool_version=origin.tool_version,
        tool_settings=dict(origin.settings),
        note=origin.note.strip(),
        made_at=timezone.now(),
        made_by=acting_user,
    )
    _tell(row, acting_user)
    _item_is_read(item, row)
    index(item)
    return row


def _item_is_read(item: Item, row: Transcript) -> None:
    """A recording whose words are written down is read."""
    if item.status == Item.Status.PARTIAL and item.reason == UNWRITTEN:
        item.status, item.reason = Item.Status.READ, ""
    item.language = item.language or row.language[:12]
    item.save(update_fields=["status", "reason", "language"])


def _tell(row: Transcript, acting_user: User) -> None:
    stated: dict[str, Json] = {
        "id": str(row.pk),
        "kind": "transcript",
        "made": row.made,
        "parent_sha256": row.item.object_id,
        "sha256": row.sha256,
        "version": row.number,
        "corrects": row.based_on,
        "tool": row.tool,
        "tool_version": row.tool_version,
        "settings": dict(row.tool_settings),
        "lines": len(row.lines),
    }
    record(
        READ,
        acting_user=acting_user,
        matter=row.item.matter,
        subject=f"item:{row.item_id}",
        details={"derivative": stated},
        now=row.made_at,
    )
