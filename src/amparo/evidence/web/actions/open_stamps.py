"""OpenTimestamps of checkpoints, an extra: queued with the other stamps, sent when allowed.

A calendar's promise is asked again once a day until it names its block.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amparo.base.errors import AmparoError
from amparo.base.web import calling_out
from amparo.base.web.jobs import enqueue
from amparo.evidence.ledger import open_timestamps
from amparo.evidence.web.models import Checkpoint
from amparo.evidence.web.models.watch import OpenStamp

__all__ = ["PURPOSE", "TASK", "fetch_open_stamps", "queue_open_stamps"]

TASK = "evidence.open-stamp"

PURPOSE = calling_out.register(
    calling_out.Purpose(
        name="opentimestamps",
        title=_("OpenTimestamps"),
        why=_(
            "Public calendars put the ledger's digest into the Bitcoin chain, where it stays even "
            "if every authority and company is gone. Needs the extra “opentimestamps”."
        ),
        leaves=_(
            "The SHA-256 of a checkpoint: 32 bytes that say nothing about the evidence. The "
            "calendars learn that this computer asked, and when."
        ),
        addresses=(
            "https://alice.btc.calendar.opentimestamps.org/digest",
            "https://bob.btc.calendar.opentimestamps.org/digest",
            "https://finney.calendar.eternitywall.com/digest",
        ),
        task=TASK,
    )
)
_HEADERS = {"Accept": "application/vnd.opentimestamps.v1"}


@transaction.atomic
def queue_open_stamps(checkpoint: Checkpoint) -> None:
    """Let ``checkpoint`` wait at each calendar; only the newest waits at any."""
    if not open_timestamps.is_there():
        return
    now = timezone.now()
    for calendar in calling_out.addresses_of(PURPOSE.name):
        if checkpoint.open_stamps.filter(calendar=calendar).exists():
            continue
        waiting = OpenStamp.objects.filter(calendar=calendar, status=OpenStamp.Status.QUEUED)
        if not waiting.update(checkpoint=checkpoint, queued_at=now):
            OpenStamp.objects.create(checkpoint=checkpoint, calendar=calendar, queued_at=now)
    if calling_out.is_on(PURPOSE.name):
        enqueue(TASK)


def fetch_open_stamps() -> int:
    """Send what waits and ask again for what was promised; return how many changed.

    Nothing is sent while calling out is off. Not inside a transaction.
    """
    if not (calling_out.is_on(PURPOSE.name) and open_timestamps.is_there()):
        return 0
    rows = OpenStamp.objects.exclude(status=OpenStamp.Status.COMPLETE)
    return sum(_fetch(row) for row in list(rows.select_related("checkpoint")))


def _fetch(row: OpenStamp) -> bool:
    """Ask one calendar; why it could not is kept beside the stamp."""
    try:
        proof = _promise(row) if row.status == OpenStamp.Status.QUEUED else _completion(row)
        said = open_timestamps.read(proof, row.checkpoint.note)
    except AmparoError as error:
        row.reason = error.message
        row.save(update_fields=["reason"])
        return False
    row.proof, row.reason = proof, ""
    row.blocks = [[height, root] for height, root in said.blocks]
    row.status = OpenStamp.Status.COMPLETE if said.blocks else OpenStamp.Status.PENDING
    row.changed_at = timezone.now()
    row.save()
    return True


def _promise(row: OpenStamp) -> bytes:
    note = row.checkpoint.note
    answer = calling_out.post(
        PURPOSE.name,
        row.calendar,
        open_timestamps.digest_of(note),
        what=f"SHA-256 of checkpoint {row.checkpoint_id}",
        headers=_HEADERS,
    )
    return open_timestamps.take(note, answer)


def _completion(row: OpenStamp) -> bytes:
    proof = bytes(row.proof or b"")
    waits = open_timestamps.read(proof, row.checkpoint.note).waits
    answers = [
        (
            commitment,
            calling_out.get(
                PURPOSE.name,
                f"{address}/timestamp/{commitment}",
                what=f"completion of the proof of checkpoint {row.checkpoint_id}",
                headers=_HEADERS,
            ),
        )
        for address, commitment in waits
    ]
    return open_timestamps.complete(proof, answers)
