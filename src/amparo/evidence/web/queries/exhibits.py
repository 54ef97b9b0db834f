"""Physical exhibits as pages and papers show them: lines, steps, words, the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from amparo.evidence import ledger
from amparo.evidence.custody import exhibits, labels
from amparo.evidence.custody.receipt import Handed, Receipt
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.exhibits import (
    Acknowledgement,
    ExhibitEvent,
    PhysicalExhibit,
    StoragePlace,
    Transfer,
)
from amparo.evidence.web.queries.standing import event_of, standings_of
from amparo.evidence.web.queries.timeline import shown_date
from amparo.matters.web.models import Matter

__all__ = [
    "TERMS",
    "ExhibitLine",
    "ExhibitStep",
    "PlaceLine",
    "exhibit_lines",
    "exhibit_steps",
    "kind_of_exhibit",
    "label_words",
    "place_lines",
    "receipt_of",
]

TERMS = (
    gettext_noop("Telephone"),
    gettext_noop("Computer"),
    gettext_noop("Storage medium"),
    gettext_noop("SIM or memory card"),
    gettext_noop("Camera or recorder"),
    gettext_noop("Document on paper"),
    gettext_noop("Notebook or book"),
    gettext_noop("Photograph on paper"),
    gettext_noop("Tape or film"),
    gettext_noop("Clothing"),
    gettext_noop("Biological sample"),
    gettext_noop("Projectile or fragment"),
    gettext_noop("Another object"),
    gettext_noop("Building"),
    gettext_noop("Room"),
    gettext_noop("Safe"),
    gettext_noop("Cabinet"),
    gettext_noop("Shelf or box"),
    gettext_noop("Bank deposit"),
    gettext_noop("Registry of a court"),
    gettext_noop("Laboratory"),
    gettext_noop("Elsewhere"),
    gettext_noop("Received"),
    gettext_noop("Sealed"),
    gettext_noop("Seal opened"),
    gettext_noop("Put into its place"),
    gettext_noop("Taken out of its place"),
    gettext_noop("Condition noted"),
    gettext_noop("Examined"),
    gettext_noop("Copied into files"),
    gettext_noop("Handed over"),
    gettext_noop("Receipt acknowledged"),
    gettext_noop("Came back"),
    gettext_noop("Given back to its owner"),
    gettext_noop("Destroyed"),
    gettext_noop("{actor} took it into custody"),
    gettext_noop("{actor} sealed it"),
    gettext_noop("{actor} opened the seal"),
    gettext_noop("{actor} put it into its place"),
    gettext_noop("{actor} took it out of its place"),
    gettext_noop("{actor} noted its condition"),
    gettext_noop("{actor} examined it"),
    gettext_noop("{actor} made files of it"),
    gettext_noop("{actor} handed it over"),
    gettext_noop("{actor} acknowledged that it was received"),
    gettext_noop("{actor} took it back into custody"),
    gettext_noop("{actor} gave it back"),
    gettext_noop("{actor} had it destroyed, as somebody else had proposed"),
)
"""The words of ``exhibits.toml`` once more, for catalogues of translations; a test compares."""


@dataclass(frozen=True, slots=True)
class ExhibitLine:
    """An exhibit as a list shows it."""

    exhibit: PhysicalExhibit
    kind: str
    now: exhibits.Standing


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A storage place, its kind in words, and what lies there."""

    place: StoragePlace
    kind: str
    exhibits: tuple[PhysicalExhibit, ...]


@dataclass(frozen=True, slots=True)
class ExhibitStep:
    """One thing that was done with an exhibit; ``facts`` are pairs of label and text."""

    sentence: SafeString
    when: str
    recorded: str
    is_late: bool
    facts: tuple[tuple[str, str], ...]
    entry: int
    items: tuple[Item, ...]
    transfer: Transfer | None


def exhibit_lines(matter: Matter) -> list[ExhibitLine]:
    """The matter's exhibits, by number, each as it stands."""
    rows = list(matter.physical_exhibits.all())
    standings = standings_of(rows)
    return [ExhibitLine(row, kind_of_exhibit(row.kind), standings[row.pk]) for row in rows]


def place_lines(matters: QuerySet[Matter]) -> list[PlaceLine]:
    """Every place by its full name, with the exhibits of ``matters`` that lie there now."""
    rows = list(PhysicalExhibit.objects.filter(matter__in=matters).select_related("matter"))
    standings = standings_of(rows)
    lying: dict[str, list[PhysicalExhibit]] = {}
    for row in rows:
        lying.setdefault(standings[row.pk].place, []).append(row)
    places = StoragePlace.objects.select_related("inside__inside__inside")
    lines = [
        PlaceLine(
            place,
            gettext(exhibits.vocabulary().places.get(place.kind, place.kind)),
            tuple(lying.get(place.full_name, ())),
        )
        for place in places
    ]
    return sorted(lines, key=lambda line: (line.place.is_closed, line.place.full_name))


def exhibit_steps(exhibit: PhysicalExhibit) -> list[ExhibitStep]:
    """What was done with an exhibit, in the order in which it was written down."""
    events = list(exhibit.events.select_related("actor", "transfer").order_by("entry_id"))
    named = {name for event in events for name in event.items}
    items = {str(item.pk): item for item in Item.objects.filter(pk__in=named)}
    return [_step(event, items) for event in events]


def kind_of_exhibit(kind: str) -> str:
    """A kind of exhibit, in the language of the page."""
    return gettext(exhibits.vocabulary().kinds.get(kind, kind))


def label_words() -> Mapping[str, str]:
    """The words of labels, in the language of the page."""
    return {
        **labels.LABELS,
        "title": gettext("Labels of exhibits"),
        "exhibit": gettext("Exhibit"),
        "seal": gettext("Seal"),
        "open": gettext("If found, do not open."),
    }


def receipt_of(transfer: Transfer) -> Receipt:
    """What the receipt of a transfer says, as it was when the exhibits were handed over."""
    rows = list(PhysicalExhibit.objects.filter(pk__in=transfer.exhibits).order_by("number"))
    return Receipt(
        number=transfer.code,
        matter_number=transfer.matter.number,
        matter_title=transfer.matter.title,
        handed_by=str(transfer.handed_by),
        to_name=transfer.to_name,
        to_capacity=transfer.to_capacity,
        to_organisation=transfer.to_organisation,
        occurred=shown_date(transfer.occurred_at),
        place=transfer.place,
        purpose=transfer.purpose,
        returns=transfer.returns,
        entry=transfer.entry.seq,
        entry_hash=transfer.entry.entry_hash,
        exhibits=[_handed(row, transfer) for row in rows],
        acknowledged=_acknowledged(transfer),
    )


def _handed(exhibit: PhysicalExhibit, transfer: Transfer) -> Handed:
    events = exhibit.events.filter(entry_id__lt=transfer.entry_id).order_by("entry_id")
    then = exhibits.standing(event_of(event) for event in events)
    return Handed(
        code=exhibit.code,
        title=exhibit.title,
        kind=kind_of_exhibit(exhibit.kind),
        identifiers=exhibit.identifiers,
        seal=then.seal,
        condition=then.condition,
    )


def _acknowledged(transfer: Transfer) -> list[tuple[str, str]]:
    row = Acknowledgement.objects.filter(transfer=transfer).first()
    if row is None:
        return []
    pairs = [
        (gettext("Acknowledged by"), row.by_name),
        (gettext("When"), shown_date(row.occurred_at)),
        (gettext("Seals"), str(row.get_seals_display())),
        (gettext("Remarks"), row.remarks),
        (gettext("Entry of the ledger"), str(row.entry_id)),
    ]
    return [(label, said) for label, said in pairs if said]


def _step(event: ExhibitEvent, items: Mapping[str, Item]) -> ExhibitStep:
    kind = exhibits.vocabulary().events.get(event.kind)
    pattern = gettext(kind.sentence) if kind else event.kind
    actor = format_html("<bdi>{}</bdi>", event.by_whom or str(event.actor))
    recorded = ledger.moment(event.recorded_at)
    facts = [
        (gettext("Seal"), event.seal),
        (gettext("Place"), event.place),
        (gettext("In whose hands"), event.holder),
        (gettext("Condition"), event.condition),
        (gettext("Purpose"), event.purpose),
    ]
    return ExhibitStep(
        sentence=format_html(pattern, actor=actor),
        when=shown_date(event.occurred_at),
        recorded="" if recorded == event.occurred_at else shown_date(recorded),
        is_late=event.is_reconstruction,
        facts=tuple((label, said) for label, said in facts if said),
        entry=event.entry_id,
        items=tuple(items[name] for name in event.items if name in items),
        transfer=event.transfer,
    )
