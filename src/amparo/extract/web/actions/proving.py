"""Proofs: looked at when a file is read and when somebody asks; what is found is kept for good."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.canonical import Json, dumps
from amparo.base.errors import UnreadableFile, UsageError
from amparo.evidence.ledger import moment
from amparo.evidence.proofs.findings import Finding, to_json
from amparo.evidence.proofs.keys import Described, Known, Trust, described
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions import record
from amparo.evidence.web.models import Item
from amparo.extract.proofs.asking import prove
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.models import ProofCheck, Reading, TrustedKey
from amparo.extract.web.neighbours import beside_item, proven_by
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter

__all__ = [
    "CHECKED",
    "named",
    "prove_item",
    "prove_matter",
    "prove_read_item",
    "stated",
    "trust",
    "trust_keys",
    "withdraw_key",
]

CHECKED = "proofs checked"
"""The kind of the ledger entry that states a look at an item's proofs."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look at an item's proofs found, before it is kept."""

    found: tuple[Finding, ...]
    near: Sequence[Item]
    trusted: Trust
    reason: str = ""


def prove_read_item(item: Item, *, room: Sandbox, safe: Safe, acting_user: User) -> None:
    """Look at the proofs of an item that was just read, and of those that it proves itself.

    A look that finds nothing leaves no trace.
    """
    others = [each for each in proven_by(item) if not _is_known_to(item, each)]
    wanted: list[tuple[Item, list[UUID]]] = [(each, [item.pk]) for each in others]
    if _may_carry(item) or beside_item(item):
        wanted.insert(0, (item, []))
    if wanted:
        require(acting_user, Verb.ADD, item)
    for each, also in wanted:
        look = _look(each, also, room, safe)
        if look.found or look.reason:
            _keep(each, look, acting_user)


def prove_item(item: Item, *, room: Sandbox, safe: Safe, acting_user: User) -> ProofCheck:
    """Look at an item's proofs now, against what is trusted now; never fails for what they are."""
    require(acting_user, Verb.ADD, item)
    return _keep(item, _look(item, [], room, safe), acting_user)


def prove_matter(
    matter: Matter,
    *,
    room: Sandbox,
    safe: Safe,
    acting_user: User,
    on_item: Callable[[int, int, str], None] = lambda _done, _total, _name: None,
) -> int:
    """Look again at all proofs of a matter that were looked at while others were trusted.

    ``on_item`` hears how many are done, of how many, and the next one's name. Gives how many.
    """
    require(acting_user, Verb.ADD, matter)
    now = named(trust())
    checked = Item.objects.filter(matter=matter).exclude(proof_checks=None).distinct()
    rows = checked.select_related("object", "matter").prefetch_related("proof_checks")
    wanted = [item for item in rows.order_by("pk") if _last(item).trust_sha256 != now]
    for done, item in enumerate(wanted):
        on_item(done, len(wanted), item.name)
        prove_item(item, room=room, safe=safe, acting_user=acting_user)
    return len(wanted)


def _last(item: Item) -> ProofCheck:
    return next(iter(item.proof_checks.all()))


def _look(item: Item, also: Sequence[UUID], room: Sandbox, safe: Safe) -> _Look:
    """``also`` are items that are about it besides those near it and those of the last look."""
    last = item.proof_checks.first()
    known = [UUID(each[0]) for each in last.beside] if last else []
    near, trusted = beside_item(item, [*known, *also]), trust()
    try:
        with safe.open(item.object.object_name) as source:
            found = prove(
                room,
                source,
                name=item.name.rpartition("/")[2],
                media_type=item.media_type,
                beside={_label(each): _whole(safe, each) for each in near},
                trust=trusted,
            )
    except UnreadableFile as error:
        return _Look((), near, trusted, str(error))
    return _Look(found, near, trusted)


def _is_known_to(item: Item, other: Item) -> bool:
    """Whether the last look at ``other`` had ``item`` beside it, or none is due yet."""
    last = other.proof_checks.first()
    known = [each[0] for each in last.beside] if last else []
    return other.status == Item.Status.SEALED or str(item.pk) in known


@transaction.atomic
def _keep(item: Item, look: _Look, acting_user: User) -> ProofCheck:
    now = timezone.now()
    findings = to_json(look.found)
    row = ProofCheck.objects.create(
        item=item,
        findings=findings,
        sha256=hashlib.sha256(dumps(findings)).hexdigest(),
        beside=[[str(each.pk), each.name, each.object_id] for each in look.near],
        trust_sha256=named(look.trusted),
        reason=look.reason,
        made_at=now,
        made_by=acting_user,
    )
    record(
        CHECKED,
        acting_user=acting_user,
        matter=item.matter,
        subject=f"item:{item.pk}",
        details={"proofs": stated(row)},
        now=now,
    )
    return row


def stated(row: ProofCheck) -> dict[str, Json]:
    """What the ledger says of a look: the answers and the findings' digest, no place, no name."""
    answers: list[Json] = [
        [each.kind, each.answer("file"), each.answer("signer"), each.answer("time")]
        for each in row.values
    ]
    return {
        "id": str(row.pk),
        "item": str(row.item_id),
        "sha256": row.sha256,
        "answers": answers,
        "beside": [each[2] for each in row.beside],
        "trust_sha256": row.trust_sha256,
        "reason": row.reason,
        "made_at": moment(row.made_at),
    }


def trust() -> Trust:
    """Everything that is trusted now."""
    rows = list(TrustedKey.objects.filter(withdrawn_at=None).order_by("fingerprint"))
    kinds: dict[str, tuple[Known, ...]] = {
        kind: tuple(Known(row.name, row.text) for row in rows if row.kind == kind)
        for kind in TrustedKey.Kind.values
    }
    return Trust(kinds["certificate"], kinds["pgp"], kinds["minisign"])


@transaction.atomic
def trust_keys(*, name: str, text: str, acting_user: User) -> list[TrustedKey]:
    """Trust the certificates or keys in a text from now on, except those that are already.

    ``name`` is what pages call them; of several, each keeps what it says of its owner behind it.
    UsageError when there is none, or none that is not trusted already.
    """
    require_workspace(acting_user, WorkspaceVerb.TRUST_KEYS)
    known = set(TrustedKey.objects.filter(withdrawn_at=None).values_list("fingerprint", flat=True))
    found = described(text)
    made = [each for each in found if each.fingerprint not in known]
    if not made:
        raise UsageError("It is trusted already.")
    rows = []
    for each in made:
        row = TrustedKey.objects.create(
            kind=each.kind,
            name=_called(name.strip(), each, alone=len(found) == 1),
            owner=each.owner[:500],
            text=each.text,
            fingerprint=each.fingerprint,
            added_at=timezone.now(),
            added_by=acting_user,
        )
        audit("trust a key", acting_user=acting_user, subject=row, name=row.name)
        rows.append(row)
    return rows


def _called(name: str, key: Described, *, alone: bool) -> str:
    own = key.owner or key.fingerprint[:16]
    return (name if name and alone else f"{name}: {own}" if name else own)[:120]


@transaction.atomic
def withdraw_key(row: TrustedKey, *, acting_user: User) -> None:
    """Trust a key no longer; earlier looks keep what they found."""
    require_workspace(acting_user, WorkspaceVerb.TRUST_KEYS)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.withdrawn_by = timezone.now(), acting_user
        row.save(update_fields=["withdrawn_at", "withdrawn_by"])
        audit("trust a key no longer", acting_user=acting_user, subject=row, name=row.name)


def _may_carry(item: Item) -> bool:
    """Whether the file itself may hold a proof: recordings, archives, and what says so."""
    if item.media_type in ("application/wacz", "application/warc"):
        return True
    if item.media_type.startswith(("audio/", "video/")):
        return True
    if item.media_type == "application/pdf":
        return item.children.filter(media_type="application/c2pa").exists()
    if not item.media_type.startswith("image/"):
        return False
    told: dict[str, Any] = (
        item.readings.filter(kind=Reading.Kind.TEXT).values_list("metadata", flat=True).first()
        or {}
    )
    return "content credentials" in told or "xmp:provenance" in told


def named(trusted: Trust) -> str:
    """The digest by which a look names the list of what was trusted."""
    return hashlib.sha256(dumps(trusted.to_json())).hexdigest()


def _label(item: Item) -> str:
    return item.path.rpartition("/")[2] or item.name


def _whole(safe: Safe, item: Item) -> bytes:
    with safe.open(item.object.object_name) as source:
        return bytes(source.read())
