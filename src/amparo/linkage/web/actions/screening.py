"""Bringing lists, having names screened, ruling on hits, taking the memo away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.canonical import dumps
from amparo.base.digests import digest
from amparo.base.errors import UsageError
from amparo.base.folding import fold_words
from amparo.base.ids import new_id
from amparo.base.web.jobs import enqueue
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions import record
from amparo.evidence.web.actions.stored import keep_object
from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.linkage.screening import Asked, Hit
from amparo.linkage.screening.confined import read_list
from amparo.linkage.web.models import (
    BroughtList,
    Screening,
    ScreeningHit,
    ScreeningResult,
    ScreeningRuling,
)
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.matters.web.models import Matter

__all__ = [
    "LARGEST",
    "SCREEN",
    "Found",
    "ask_for_screening",
    "asked_of",
    "bring_list",
    "keep_screening",
    "rule_on_hit",
    "take_memo",
    "to_ask",
]

SCREEN = "linkage.screen"
"""The task that screens."""
SCREENED = "names screened"
"""The kind of the ledger entry that states a screening: which list by digest, how many hits."""
LARGEST = 256 * 2**20


@dataclass(frozen=True, slots=True)
class Found:
    """A hit on its way to be kept: whose (a place among those asked), on which list."""

    asked: int
    listed: int
    hit: Hit
    owned: dict[str, Any] | None


def bring_list(
    data: bytes,
    name: str,
    *,
    dated: str = "",
    acting_user: User,
    room: Sandbox,
    safe: Safe,
) -> BroughtList:
    """Read a list in a worker and seal it as it is. UnreadableFile, UsageError say why not.

    ``dated`` (ISO 8601) is used only where the list itself says no date.
    """
    require_workspace(acting_user, WorkspaceVerb.BRING_LISTS)
    if len(data) > LARGEST:
        raise UsageError(_("The file is larger than any list of names."))
    found = read_list(room, data, name=name)
    sealed = seal_bytes(data, safe, name=name)
    if BroughtList.objects.filter(object_id=sealed.sha256).exists():
        raise UsageError(_("This very list is here already."))
    with transaction.atomic():
        made = BroughtList.objects.create(
            object=keep_object(sealed, now=timezone.now()),
            name=name[:300],
            title=found.title[:300],
            format=found.format,
            dated=found.dated or dated,
            is_dated_by_list=bool(found.dated),
            entries=len(found.entries),
            remarks=list(found.remarks),
            brought_by=acting_user,
            brought_at=timezone.now(),
        )
        audit("bring a list of names", acting_user=acting_user, subject=made)
    return made


@transaction.atomic
def ask_for_screening(
    matter: Matter,
    asked: Sequence[dict[str, Any]],
    lists: Sequence[BroughtList | Item],
    *,
    acting_user: User,
) -> Screening:
    """Note who is to be looked for on which lists, and queue it."""
    require_knowing(acting_user, Verb.EDIT, matter)
    if not asked:
        raise UsageError(
            _("There is no name to screen."), next_step=_("Add the parties of the matter first.")
        )
    if not lists:
        raise UsageError(_("Choose at least one list."))
    if any(isinstance(each, Item) and each.matter_id != matter.pk for each in lists):
        raise UsageError(_("Choose lists of this matter or of the workspace."))
    number = new_id()
    job = enqueue(SCREEN, matter_id=matter.pk, user_id=acting_user.pk, screening_id=str(number))
    made = Screening.objects.create(
        id=number,
        matter=matter,
        asked=list(asked),
        lists=[_list(each) for each in lists],
        by=acting_user,
        asked_at=timezone.now(),
        job_id=job.pk,
    )
    audit(
        "ask for screening",
        acting_user=acting_user,
        subject=made,
        matter_id=matter.pk,
        names=len(asked),
    )
    return made


def _list(chosen: BroughtList | Item) -> dict[str, str]:
    is_item = isinstance(chosen, Item)
    return {
        "name": chosen.name,
        "sha256": chosen.object_id,
        "object_name": chosen.object.object_name,
        "item": str(chosen.pk) if is_item else "",
        "brought": "" if is_item else str(chosen.pk),
        "dated": chosen.dated if isinstance(chosen, BroughtList) else "",
    }


@transaction.atomic
def keep_screening(
    asked: Screening,
    names: Sequence[dict[str, Any]],
    lists: Sequence[dict[str, Any]],
    found: Sequence[Found],
    *,
    stakes: Sequence[dict[str, str]],
    cut: Sequence[int],
    acting_user: User,
) -> ScreeningResult:
    """Keep what was found, with its entry in the ledger; the right to it is asked for again."""
    require_knowing(acting_user, Verb.EDIT, asked.matter)
    hits = [_hit(asked, number, names, lists, each) for number, each in enumerate(found)]
    ScreeningHit.objects.bulk_create(hits, batch_size=500)
    made = ScreeningResult.objects.create(
        screening=asked,
        asked=list(names),
        lists=list(lists),
        stakes=list(stakes),
        cut=list(cut),
        made_at=timezone.now(),
    )
    record(
        SCREENED,
        acting_user=acting_user,
        matter=asked.matter,
        subject=f"screening:{asked.pk}",
        details={
            "screening": {
                "id": str(asked.pk),
                "names": len(names),
                "hits": len(hits),
                "lists": [
                    {key: each[key] for key in ("name", "sha256", "dated", "entries")}
                    for each in lists
                ],
            }
        },
    )
    return made


def _hit(
    asked: Screening,
    number: int,
    names: Sequence[dict[str, Any]],
    lists: Sequence[dict[str, Any]],
    found: Found,
) -> ScreeningHit:
    hit, entry = found.hit, asdict(found.hit.entry)
    return ScreeningHit(
        screening=asked,
        number=number,
        pair=_pair(asked, names[found.asked], lists[found.listed]["format"], hit),
        asked=found.asked,
        listed=found.listed,
        name=hit.asked[:300],
        spelling=hit.alias.name,
        entry=entry,
        score=hit.score,
        reasons=list(hit.reasons),
        facts=[asdict(fact) for fact in hit.facts],
        owned=found.owned,
    )


def _pair(asked: Screening, who: dict[str, Any], form: str, hit: Hit) -> str:
    """By what a ruling is found again: it holds while both sides say of themselves the same."""
    entry = hit.entry
    said = [
        str(asked.matter_id),
        who["party"],
        fold_words(who["name"]).split(),
        [fold_words(each).split() for each in who["spellings"]],
        [who["born"], *who["countries"], *who["identifiers"]],
        form,
        entry.number,
        [each.name for each in entry.spellings],
        [*entry.born, *entry.countries, *(each.number for each in entry.identifiers)],
        str(entry.is_listed),
    ]
    return digest(dumps(said)).sha256


@transaction.atomic
def rule_on_hit(
    hit: ScreeningHit, verdict: str, reason: str, *, acting_user: User
) -> ScreeningRuling:
    """Rule that a hit is the same, is not, or stays open; with a reason, over what was ruled."""
    require_knowing(acting_user, Verb.REVIEW, hit.matter)
    if not reason.strip():
        raise UsageError(_("A decision needs a reason."))
    ruling = ScreeningRuling.objects.create(
        hit=hit,
        pair=hit.pair,
        verdict=ScreeningRuling.Verdict(verdict),
        reason=reason.strip(),
        ruled_by=acting_user,
        ruled_at=timezone.now(),
    )
    audit(
        "rule on a hit of a list",
        acting_user=acting_user,
        subject=ruling,
        matter_id=hit.matter.pk,
        verdict=str(ruling.verdict),
    )
    return ruling


def take_memo(asked: Screening, *, acting_user: User) -> None:
    """Write down that the memo of a screening leaves."""
    require_knowing(acting_user, Verb.EXPORT, asked.matter)
    audit(
        "take a memo of screening",
        acting_user=acting_user,
        subject=asked,
        matter_id=asked.matter_id,
    )


def asked_of(
    name: str,
    spellings: Sequence[str] = (),
    *,
    party: str = "",
    role: str = "",
    born: str = "",
    countries: Sequence[str] = (),
    identifiers: Sequence[str] = (),
) -> dict[str, Any]:
    """Who is asked, as a screening keeps it."""
    return {
        "name": name,
        "party": party,
        "as": role,
        "spellings": [each for each in spellings if each != name],
        "born": born,
        "countries": list(countries),
        "identifiers": list(identifiers),
    }


def to_ask(said: dict[str, Any]) -> Asked:
    """The same as the library asks it."""
    return Asked(
        said["name"],
        tuple(said["spellings"]),
        said["born"],
        tuple(said["countries"]),
        tuple(said["identifiers"]),
    )
