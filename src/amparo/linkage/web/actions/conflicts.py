"""Checking a matter for conflicts of interest, and deciding what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import AccessDenied, UsageError
from amparo.linkage.conflicts import pair_of
from amparo.linkage.web.actions.named import key_what_is_not
from amparo.linkage.web.models import ConflictCheck, ConflictHit, ConflictRequest, ConflictRuling
from amparo.linkage.web.queries.conflicts import may_rule, standing_hits
from amparo.linkage.web.queries.named import THOROUGHLY, parties_like, spellings_of
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter, Party

__all__ = ["MOST_HITS", "ask_for_decision", "check_conflicts", "require_ruling", "rule_on"]

MOST_HITS = 50
"""So many parties a name are kept; a name that more share is too short to be checked."""


@transaction.atomic
def check_conflicts(
    matter: Matter, further: Iterable[str] = (), *, acting_user: User
) -> ConflictCheck:
    """Look for every name of the matter among the parties of all other matters.

    ``further`` are names that are no party's, such as a firm's. What is found is kept whole, also
    of matters that ``acting_user`` may not see; who reads it is told only what they may see.
    UsageError where there is no name.
    """
    require(acting_user, Verb.EDIT, matter)
    asked = list(_asked(matter, further))
    if not asked:
        raise UsageError(
            _("There is no name to check."), next_step=_("Add the parties of the matter first.")
        )
    key_what_is_not()
    check = ConflictCheck(matter=matter, asked_by=acting_user, asked_at=timezone.now(), names=[])
    hits = []
    for name, party, spellings in asked:
        found = list(_hits(check, name, spellings))
        hits += found[:MOST_HITS]
        check.names.append({"name": name, "party": party, "spellings": list(spellings)})
        check.names[-1]["more"] = len(found) > MOST_HITS
    check.save(force_insert=True)
    ConflictHit.objects.bulk_create(hits)
    audit(
        "check conflicts",
        acting_user=acting_user,
        subject=check,
        matter_id=matter.pk,
        names=len(asked),
    )
    return check


def _asked(matter: Matter, further: Iterable[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Each name, the party whose it is ("" for none) and its spellings."""
    for party in matter.parties.all():
        yield party.name, str(party.pk), spellings_of(party)
    for name in dict.fromkeys(" ".join(each.split())[:300] for each in further):
        if name:
            yield name, "", (name,)


def _hits(check: ConflictCheck, name: str, spellings: tuple[str, ...]) -> Iterator[ConflictHit]:
    others = Party.objects.exclude(matter=check.matter)
    for found in parties_like(spellings, others, most=MOST_HITS + 1, look_at=THOROUGHLY):
        alike, party = found.alike, found.party
        yield ConflictHit(
            check_made=check,
            pair=pair_of(str(check.matter_id), alike.name, str(party.pk), alike.spelling),
            name=name,
            found_matter=party.matter_id,
            found_party=party.pk,
            found_name=alike.spelling,
            score=alike.comparison.score,
            reasons=list(alike.comparison.reasons),
        )


@transaction.atomic
def ask_for_decision(check: ConflictCheck, note: str = "", *, acting_user: User) -> ConflictRequest:
    """Let attorneys who may see what was hit read the names that were asked, and decide.

    They learn the names of this check that were hit, who asks and the note: nothing else of the
    matter. An attorney of the team decides to tell them, sealed identities among them.
    """
    require(acting_user, Verb.REVIEW, check.matter)
    if not standing_hits(check).exists():
        raise UsageError(_("This check found nothing to decide."))
    asked = ConflictRequest.objects.create(
        check_made=check, note=note.strip(), asked_by=acting_user, asked_at=timezone.now()
    )
    audit(
        "ask for decision on conflicts",
        acting_user=acting_user,
        subject=check,
        matter_id=check.matter_id,
    )
    return asked


def require_ruling(user: User, hit: ConflictHit) -> None:
    """AccessDenied unless ``user`` may decide on the hit."""
    if not may_rule(user, hit):
        raise AccessDenied(
            _("You may not decide on this hit."),
            next_step=_("An attorney who may see both sides decides on it."),
        )


@transaction.atomic
def rule_on(hit: ConflictHit, verdict: str, reason: str, *, acting_user: User) -> ConflictRuling:
    """Clear a hit or declare a conflict, with a reason; a later decision stands over this one.

    Written into the history of both matters, in neither with what the other is.
    """
    require_ruling(acting_user, hit)
    if not reason.strip():
        raise UsageError(_("A decision needs a reason."))
    ruling = ConflictRuling.objects.create(
        hit=hit,
        pair=hit.pair,
        verdict=ConflictRuling.Verdict(verdict),
        reason=reason.strip(),
        ruled_by=acting_user,
        ruled_at=timezone.now(),
    )
    for matter_id in (hit.check_made.matter_id, hit.found_matter):
        audit(
            "decide on a conflict",
            acting_user=acting_user,
            subject=ruling,
            matter_id=matter_id,
            verdict=str(ruling.verdict),
        )
    return ruling
