"""Translations: written, corrected, brought in, each as a new version; their certificates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.canonical import Json
from amparo.base.errors import UsageError, VerificationError
from amparo.evidence.intake.ingest import Sealed, seal_bytes
from amparo.evidence.store.safe import Safe
from amparo.evidence.web import hearers
from amparo.evidence.web.actions import record
from amparo.evidence.web.actions.acquiring import Arrival, acquire
from amparo.evidence.web.actions.intake import Provenance, finish_intake, open_intake
from amparo.evidence.web.actions.stored import keep_object
from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.translations.certificate import (
    Certified,
    Original,
    not_on_it,
    set_certificate,
)
from amparo.extract.translations.pairs import (
    LONGEST,
    MOST_PASSAGES,
    Pair,
    digest,
    missing,
    to_rows,
    unchecked,
)
from amparo.extract.web.actions.indexing import index
from amparo.extract.web.actions.keeping import READ
from amparo.extract.web.actions.translated import drop_translations
from amparo.extract.web.actions.versions import kept_meanwhile
from amparo.extract.web.models import Translation, TranslationCertificate
from amparo.matters.access import Verb
from amparo.matters.web.access import require

__all__ = ["Work", "certify", "file_certificate", "forget_translations", "keep_translation"]


@dataclass(frozen=True, slots=True)
class Work:
    """How a translation came about: ``made`` is one of ``Translation.Made``."""

    source: str
    target: str
    translator: str
    made: str
    note: str = ""


@transaction.atomic
def keep_translation(
    item: Item,
    pairs: Sequence[Pair],
    work: Work,
    *,
    based_on: int | None = None,
    acting_user: User,
) -> Translation:
    """Keep the passages as the next version; what is as it was stays the version that it is.

    ``based_on`` is the version that a person went on from, None for none. UsageError without a
    translator, with nothing translated, and when someone else kept another version meanwhile.
    """
    require(acting_user, Verb.ANNOTATE, item)
    _check(pairs, work)
    rows = Translation.objects.select_for_update().filter(item=item, target=work.target)
    last = rows.order_by("-number").first()
    if last is not None and last.number != based_on:
        raise kept_meanwhile(last.number)
    sha256 = digest(work.source, work.target, pairs)
    if last is not None and (last.sha256, last.translator) == (sha256, work.translator.strip()):
        return last
    row = Translation.objects.create(
        item=item,
        target=work.target,
        number=last.number + 1 if last else 1,
        made=work.made,
        based_on=based_on,
        source=work.source,
        translator=work.translator.strip()[:200],
        passages=to_rows(pairs),
        missing=missing(pairs),
        unchecked=unchecked(pairs),
        parent_sha256=item.object_id,
        sha256=sha256,
        note=work.note.strip()[:300],
        made_at=timezone.now(),
        made_by=acting_user,
    )
    index(item)
    _state(row, acting_user)
    return row


def certify(
    row: Translation, said: Certified, *, room: Sandbox, safe: Safe, acting_user: User
) -> TranslationCertificate:
    """Set the translation with its certificate as a PDF, read it back, and seal it.

    UsageError when something that the certificate needs is lacking or passages wait for their
    words; VerificationError when the PDF does not say what it should.
    """
    require(acting_user, Verb.ANNOTATE, row)
    original = Original(row.item.name, row.parent_sha256, row.item.matter.number)
    pdf = set_certificate(said, original, row.value, version=row.number, sha256=row.sha256)
    read = room.read(pdf, name="translation.pdf", media_type="application/pdf")
    lacking = not_on_it(said, "\n".join(page.text for page in read.pages))
    if lacking:
        raise VerificationError("The certificate as set", got="without it", expected=lacking[0])
    return _keep_certificate(row, said, seal_bytes(pdf, safe, name="translation.pdf"), acting_user)


@transaction.atomic
def file_certificate(row: TranslationCertificate, *, safe: Safe, acting_user: User) -> Item:
    """Make the PDF a file of the matter, as exhibits are; the same one when it was done before."""
    require(acting_user, Verb.ADD, row)
    if row.item is not None:
        return row.item
    if row.object is None:
        raise UsageError(_("The original was disposed of, and its translations with it."))
    translation = row.translation
    with safe.open(row.object.object_name) as opened:
        sealed = seal_bytes(opened.read(), safe, name="translation.pdf")
    said = Provenance(from_whom=row.value.translator, method="translation set in the workbench")
    root = f"translation:{translation.pk}"
    intake = open_intake(row.matter, root, acting_user=acting_user, provenance=said)
    path = f"{translation.item.name} ({translation.target}, {translation.number}).pdf"
    taken = acquire(intake, [Arrival(path, sealed)], acting_user=acting_user)[0]
    finish_intake(intake, acting_user=acting_user)
    assert taken.item is not None
    item = taken.item
    item.title = f"{row.value.documents} ({translation.target})"[:300]
    item.language = translation.target
    item.save(update_fields=["title", "language"])
    row.item = item
    row.save(update_fields=["item"])
    hearers.tell(item, acting_user)
    return item


def forget_translations(item: Item) -> list[str]:
    """Remove the words of an item's translations and let go of their certificates.

    That they were made, by whom and with which digest, stays; so does a certificate that is a file
    of the matter by itself.
    """
    drop_translations(item)
    certificates = TranslationCertificate.objects.filter(translation__item=item)
    filed = Item.objects.filter(object__in=certificates.values("object")).values("object")
    alone = certificates.exclude(object=None).exclude(object__in=filed)
    let_go = [str(sha256) for sha256 in alone.values_list("object_id", flat=True)]
    certificates.update(object=None, said={})
    item.translations.update(passages=[], note="")
    return let_go


@transaction.atomic
def _keep_certificate(
    row: Translation, said: Certified, sealed: Sealed, acting_user: User
) -> TranslationCertificate:
    now = timezone.now()
    stored = keep_object(sealed, now=now)
    made = TranslationCertificate.objects.create(
        translation=row, said=asdict(said), object=stored, made_at=now, made_by=acting_user
    )
    audit(
        "certify translation",
        acting_user=acting_user,
        subject=made,
        matter_id=row.item.matter_id,
        name=said.translator,
        sha256=sealed.sha256,
    )
    return made


def _check(pairs: Sequence[Pair], work: Work) -> None:
    if not work.translator.strip():
        raise UsageError(_("Who translated it is not said."), next_step=_("Name the translator."))
    if work.source and work.source == work.target:
        raise UsageError(_("It is in this language already."))
    if not any(pair.text.strip() for pair in pairs):
        raise UsageError(
            _("Nothing is translated yet."), next_step=_("Write at least one passage.")
        )
    if len(pairs) > MOST_PASSAGES or any(len(pair.text) > LONGEST for pair in pairs):
        raise UsageError(
            _("A passage holds %(longest)s characters, a translation %(most)s passages.")
            % {"longest": f"{LONGEST:,}", "most": f"{MOST_PASSAGES:,}"}
        )


def _state(row: Translation, acting_user: User) -> None:
    stated: dict[str, Json] = {
        "id": str(row.pk),
        "kind": "translation",
        "made": row.made,
        "parent_sha256": row.parent_sha256,
        "sha256": row.sha256,
        "version": row.number,
        "corrects": row.based_on,
        "from": row.source,
        "into": row.target,
        "translator": row.translator,
        "passages": len(row.passages),
        "missing": row.missing,
        "unchecked": row.unchecked,
    }
    record(
        READ,
        acting_user=acting_user,
        matter=row.item.matter,
        subject=f"item:{row.item_id}",
        details={"derivative": stated},
        now=row.made_at,
    )
