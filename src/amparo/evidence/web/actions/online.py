"""Writing the papers of an online investigation, version after version."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.base.ids import new_id
from amparo.evidence.custody import online
from amparo.evidence.ledger import moment
from amparo.evidence.web.actions.stating import state
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.watch import OnlinePaper
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = ["write_paper"]


@transaction.atomic
def write_paper(
    matter: Matter,
    form: str,
    content: Mapping[str, str],
    *,
    acting_user: User,
    item: Item | None = None,
    before: OnlinePaper | None = None,
    occurred_at: str = "",
) -> OnlinePaper:
    """Write a paper, or the next version of ``before``; ``occurred_at`` is EDTF or a moment.

    UsageError when it says too little, or when nothing changed. What happened before today is
    marked as written down later.
    """
    require(acting_user, Verb.EDIT, matter)
    asked = online.form(form)
    if (asked.about == "item") != (item is not None) or (item and item.matter_id != matter.pk):
        raise UsageError(_("This paper belongs to a file of the matter."))
    answers = online.check(form, content)
    last = _last(before, matter, form)
    if last and last.content == answers:
        raise UsageError(_("Nothing was changed."))
    now = timezone.now()
    name = new_id()
    row = OnlinePaper(
        id=name,
        matter=matter,
        form=form,
        thread=last.thread if last else name,
        version=last.version + 1 if last else 1,
        item=item,
        content=answers,
        made_by=acting_user,
        occurred_at=occurred_at or moment(now),
        recorded_at=now,
        is_reconstruction=_is_late(occurred_at),
    )
    subject = f"item:{item.pk}" if item else f"paper:{row.thread}"
    state(row, acting_user=acting_user, matter=matter, subject=subject, occurred_at=row.occurred_at)
    return row


def _last(before: OnlinePaper | None, matter: Matter, form: str) -> OnlinePaper | None:
    """The newest version of the same paper."""
    if before is None:
        return None
    rows = OnlinePaper.objects.filter(thread=before.thread, matter=matter, form=form)
    return rows.order_by("-version").first()


def _is_late(occurred_at: str) -> bool:
    if not occurred_at:
        return False
    latest = dates.parse(occurred_at).latest
    return latest is not None and latest < timezone.now().date()
