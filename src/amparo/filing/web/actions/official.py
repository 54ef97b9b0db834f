"""Official forms: a blank is brought, questions are answered once, forms are filled and approved.

A form that fails a check is kept as a report, never as a file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions import record
from amparo.evidence.web.actions.stored import keep_object
from amparo.evidence.web.models import StoredObject
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.models import Pinpoint
from amparo.filing.forms.confined import InRoom
from amparo.filing.web.models import FormAnswer, OfficialForm, PreparedForm
from amparo.filing.web.queries.answers import answers_told
from amparo.filing.web.queries.reviews import own_map_for
from amparo.interviews.web.actions import Said as InterviewSaid
from amparo.interviews.web.actions import keep_answers
from amparo.interviews.web.queries import answers_of
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.matters.web.models import Matter

__all__ = ["Said", "approve_form", "bring_form", "open_form_file", "prepare_form", "set_answers"]

PREPARED = "form prepared"
"""The kind of the ledger entry that states a filled form."""
APPROVED = "form approved"
"""The kind of the ledger entry that states an attorney's approval of one."""
LARGEST = 40_000_000


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as someone gives it: its texts, and the passage.

    ``apart``: no form fills it in by itself; ``decided``: this person decides that forms show it.
    """

    values: tuple[str, ...]
    pinpoint: Pinpoint | None = None
    apart: bool = False
    decided: bool = False


def bring_form(
    matter: Matter, data: bytes, *, acting_user: User, room: Sandbox, safe: Safe
) -> OfficialForm:
    """Keep a blank form and what is read in it. UnreadableFile, UsageError say why not."""
    require_knowing(acting_user, Verb.PRODUCE, matter)
    if len(data) > LARGEST:
        raise UsageError("The file is larger than any official form.")
    facts, _ = InRoom(room).read(data)
    if own := own_map_for(facts):
        facts, _ = InRoom(room).read(data, own_map=own)
    if not facts["form"]:
        raise UsageError(
            "No page says which form it is.",
            next_step="Fetch the blank form from the agency's own site.",
        )
    blank = _kept(data, safe, "blank.pdf")
    with transaction.atomic():
        made = OfficialForm.objects.create(
            matter=matter,
            name=facts["form"],
            edition=facts["edition"] or "",
            title=(facts["map"] or {}).get("title", ""),
            blank=blank,
            read=facts,
            made_by=acting_user,
            made_at=timezone.now(),
        )
        audit("bring a form", acting_user=acting_user, subject=made, matter_id=matter.pk)
    return made


@transaction.atomic
def set_answers(matter: Matter, said: Mapping[str, Said], *, acting_user: User) -> int:
    """Keep the answers that are new or changed in the matter's one set; gives how many."""
    require_knowing(acting_user, Verb.PRODUCE, matter)
    following = {q: each.values for q, each in answers_of(matter).items() if each.follows}
    common = {
        question: InterviewSaid(answer.values, answer.pinpoint)
        for question, answer in said.items()
        if not answer.apart
        and (answer.pinpoint is not None or following.get(question) != answer.values)
    }
    changed: int = keep_answers(matter, common, acting_user=acting_user)
    apart = {question: answer for question, answer in said.items() if answer.apart}
    return changed + _keep_apart(matter, apart, acting_user)


def _keep_apart(matter: Matter, said: Mapping[str, Said], acting_user: User) -> int:
    """Keep answers that no form fills in by itself; an empty one is taken out."""
    known = {row.question: row for row in matter.form_answers.select_for_update()}
    now, changed = timezone.now(), 0
    for question, answer in said.items():
        row = known.get(question)
        if answer.pinpoint and answer.pinpoint.item.matter_id != matter.pk:
            raise UsageError("That passage is of another matter.")
        if not answer.values:
            changed += bool(row)
            if row:
                row.delete()
            continue
        pinpoint_id = answer.pinpoint.pk if answer.pinpoint else None
        told = [list(answer.values), pinpoint_id, answer.decided]
        if row and [row.values, row.pinpoint_id, row.decided_by_id is not None] == told:
            continue
        changed += 1
        FormAnswer.objects.update_or_create(
            matter=matter,
            question=question,
            defaults={
                "values": list(answer.values),
                "pinpoint": answer.pinpoint,
                "decided_by": acting_user if answer.decided else None,
                "changed_by": acting_user,
                "changed_at": now,
            },
        )
    if changed:
        audit("answer questions of forms", acting_user=acting_user, matter_id=matter.pk)
    return changed


def prepare_form(
    form: OfficialForm, *, acting_user: User, room: Sandbox, safe: Safe
) -> PreparedForm:
    """Fill a form with the matter's answers as they stand, and keep it if it holds."""
    require_knowing(acting_user, Verb.PRODUCE, form)
    with safe.open(form.blank.object_name) as blank:
        answers = json.dumps(answers_told(form.matter))
        filled = InRoom(room).fill(blank.read(), answers, own_map=own_map_for(form.read))
    kept = _kept(filled.data, safe, "form.pdf") if filled.data is not None else None
    with transaction.atomic():
        last = form.prepared.aggregate(last=Max("number"))["last"] or 0
        made = PreparedForm.objects.create(
            form=form,
            number=last + 1,
            facts=dict(filled.facts),
            object=kept,
            by=acting_user,
            at=timezone.now(),
        )
        if kept is not None:
            made.entry = record(
                PREPARED,
                acting_user=acting_user,
                matter=form.matter,
                subject=f"form:{made.pk}",
                details={"form": _stated(made)},
            )
            made.save(update_fields=["entry"])
        audit("prepare a form", acting_user=acting_user, subject=made, matter_id=form.matter_id)
    return made


@transaction.atomic
def approve_form(prepared: PreparedForm, *, acting_user: User) -> None:
    """An attorney's word that this may be signed and filed; it stays in the ledger."""
    require_knowing(acting_user, Verb.REVIEW, prepared)
    if prepared.object is None:
        raise UsageError("There is nothing to approve: the form did not pass its checks.")
    if prepared.approved_at:
        return
    prepared.approved_by, prepared.approved_at = acting_user, timezone.now()
    prepared.save(update_fields=["approved_by", "approved_at"])
    record(
        APPROVED,
        acting_user=acting_user,
        matter=prepared.matter,
        subject=f"form:{prepared.pk}",
        details={"form": _stated(prepared)},
    )
    audit("approve a form", acting_user=acting_user, subject=prepared, matter_id=prepared.matter.pk)


def open_form_file(prepared: PreparedForm, *, safe: Safe, acting_user: User) -> BinaryIO:
    """Open a filled form to be taken away, having written that down. The caller closes it."""
    require_knowing(acting_user, Verb.EXPORT, prepared)
    if prepared.object is None:
        raise UsageError("This form did not pass its checks, so there is no file.")
    audit(
        "take a form away", acting_user=acting_user, subject=prepared, matter_id=prepared.matter.pk
    )
    return safe.open(prepared.object.object_name)


def _kept(data: bytes, safe: Safe, name: str) -> StoredObject:
    """Seal the bytes, and give their row."""
    sealed = seal_bytes(data, safe, name=name)
    return keep_object(sealed, now=timezone.now())


def _stated(prepared: PreparedForm) -> dict[str, Any]:
    """What the ledger says of a filled form: which, of which blank, its digest."""
    form = prepared.form
    assert prepared.object is not None
    return {
        "id": str(prepared.pk),
        "name": form.name,
        "edition": form.edition,
        "blank": form.blank_id,
        "sha256": prepared.object_id,
        "size": prepared.object.size,
    }
