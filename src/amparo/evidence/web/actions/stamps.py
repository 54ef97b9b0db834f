"""Time stamps of checkpoints: queued always, asked for only when a person allowed calling out."""

from __future__ import annotations

import hashlib
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amparo.base.errors import AmparoError, CallFailed
from amparo.base.web import calling_out
from amparo.base.web.jobs import enqueue
from amparo.evidence.ledger import timestamps
from amparo.evidence.web.actions.ledger import record, sign_checkpoint
from amparo.evidence.web.actions.open_stamps import queue_open_stamps
from amparo.evidence.web.models import Checkpoint, TimeStamp

__all__ = ["PURPOSE", "TASK", "fetch_stamps", "queue_stamps"]

TASK = "evidence.stamp"

PURPOSE = calling_out.register(
    calling_out.Purpose(
        name="time-stamps",
        title=_("Time stamps"),
        why=_(
            "An independent authority confirms (RFC 3161) that the ledger existed at a moment, so "
            "that nobody can say it was written later."
        ),
        leaves=_(
            "The SHA-256 of a checkpoint: 32 bytes that say nothing about the evidence. The "
            "authority learns that this computer asked, and when."
        ),
        addresses=("https://freetsa.org/tsr", "http://timestamp.digicert.com"),
        task=TASK,
    )
)

_HEADERS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
}


@transaction.atomic
def queue_stamps() -> None:
    """Sign the ledger as it stands and let its checkpoint wait for a stamp of each authority.

    One checkpoint waits at each: the newest, which covers everything before it.
    """
    checkpoint = sign_checkpoint()
    if checkpoint is None:
        return
    queue_open_stamps(checkpoint)
    for authority in calling_out.addresses_of(PURPOSE.name):
        if not checkpoint.stamps.filter(authority=authority).exists():
            _queue(checkpoint, authority)
    if calling_out.is_on(PURPOSE.name):
        enqueue(TASK)


def fetch_stamps() -> int:
    """Ask for every stamp that waits; return how many were granted.

    Nothing is sent while calling out is off. Not inside a transaction.
    """
    if not calling_out.is_on(PURPOSE.name):
        return 0
    waiting = TimeStamp.objects.filter(status=TimeStamp.Status.QUEUED).select_related("checkpoint")
    return sum(_fetch(row) for row in list(waiting))


def _queue(checkpoint: Checkpoint, authority: str) -> None:
    now = timezone.now()
    waiting = TimeStamp.objects.filter(authority=authority, status=TimeStamp.Status.QUEUED)
    if not waiting.update(checkpoint=checkpoint, queued_at=now):
        TimeStamp.objects.create(checkpoint=checkpoint, authority=authority, queued_at=now)


def _fetch(row: TimeStamp) -> bool:
    """Ask one authority; what it answers is kept whole."""
    note = row.checkpoint.note
    send = partial(_send, what=f"SHA-256 of checkpoint {row.checkpoint_id}")
    try:
        request, response = timestamps.fetch(note, row.authority, send)
        stamp = timestamps.read(response, note=note, request=request)
    except AmparoError as error:
        refused = not isinstance(error, CallFailed)
        row.status = TimeStamp.Status.FAILED if refused else TimeStamp.Status.QUEUED
        row.reason = error.message
        row.save(update_fields=["status", "reason"])
        return False
    _keep(row, request, response, stamp)
    return True


@transaction.atomic
def _keep(row: TimeStamp, request: bytes, response: bytes, stamp: timestamps.Stamp) -> None:
    row.status, row.reason = TimeStamp.Status.GRANTED, ""
    row.request, row.response = request, response
    row.stamped_at, row.signer = stamp.at, stamp.authority
    row.save()
    record(
        "stamped",
        acting_user=None,
        subject=f"checkpoint:{row.checkpoint_id}",
        details={
            "checkpoint": row.checkpoint_id,
            "authority": row.authority,
            "signer": stamp.authority,
            "response_sha256": hashlib.sha256(response).hexdigest(),
        },
    )


def _send(address: str, request: bytes, *, what: str) -> bytes:
    return calling_out.post(PURPOSE.name, address, request, what=what, headers=_HEADERS)
