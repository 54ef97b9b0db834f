"""Custody reports on their own: of a matter, and of one item."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from amparo.accounts.web.models import User
from amparo.evidence import ledger
from amparo.evidence.packages import records, report
from amparo.evidence.web.actions import signer
from amparo.evidence.web.models import Item, LedgerEntry
from amparo.evidence.web.models.disposal import Disposal, DisposalDecision, Hold, HoldLift
from amparo.evidence.web.papers_words import in_words
from amparo.evidence.web.queries.contents import contents_of, contents_of_item, entries_of
from amparo.matters.sealing import Veil
from amparo.matters.web.models import Matter
from amparo.matters.web.veils import veil_for

__all__ = ["item_report", "matter_report"]


def matter_report(matter: Matter, *, by: User) -> bytes:
    """The PDF about everything in the matter, as the ledger stands now."""
    head = _head()
    contents = contents_of(matter, entries_of(matter, head.seq), by=by, at=_now(), purpose="")
    return _set(contents, head, veil_for(by, matter))


def item_report(item: Item, *, by: User) -> bytes:
    """The PDF about one item: how it came, what was done with it, holds on it, its disposal."""
    head = _head()
    about = Q(subject=f"item:{item.pk}") | Q(kind__in=_KINDS)
    rows = LedgerEntry.objects.filter(about, matter_id=item.matter_id, seq__lte=head.seq)
    texts = rows.order_by("seq").values_list("canonical", flat=True)
    contents = contents_of_item(item, [ledger.parse(text) for text in texts], by=by, at=_now())
    return _set(contents, head, veil_for(by, item))


_KINDS = [model.LEDGER_KIND for model in (Disposal, DisposalDecision, Hold, HoldLift)]


def _set(contents: records.Contents, head: ledger.Head, veil: Veil) -> bytes:
    """The PDF with the matter's sealed identities hidden from whom they are to be."""
    return report.custody_report(
        contents,
        fingerprint=signer().key.fingerprint,
        head=head,
        labels=in_words({**report.LABELS, "about": report.LABELS["about_alone"]}),
        language=get_language() or "en",
        over=veil.over,
    )


def _head() -> ledger.Head:
    last = LedgerEntry.objects.order_by("-seq").values_list("seq", "entry_hash").first()
    return ledger.Head(*last) if last else ledger.Head()


def _now() -> str:
    return ledger.moment(timezone.now())
