"""What was found of proofs, as a paper of the package that leaves: ``field-proofs.json``.

For each file that has something to say: the last look with its findings, the files held beside it,
every time and place that is stated, and what can be said of each two. Sentences are English. The
sealing entry of the ledger commits to the paper; each look has an entry of its own, which states
``findings_sha256``, the SHA-256 of the findings' canonical JSON (RFC 8785).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from amparo.evidence.ledger import moment
from amparo.evidence.packages.records import Contents
from amparo.evidence.proofs.comparison import compare, rows
from amparo.evidence.proofs.findings import Claim
from amparo.evidence.web.models import Item
from amparo.extract.web.models import ProofCheck, Reading, TrustedKey
from amparo.extract.web.queries.proofs import all_claims, keys_trusted, says_little

__all__ = ["field_proofs"]

FORMAT = "amparo-field-proofs/1"
_AT_ONCE = 400


def field_proofs(contents: Contents) -> bytes:
    """The paper for a package of these contents; empty when no file has anything to say."""
    places = contents.places()
    found = [
        {"file": places.get(str(item.pk)), **said}
        for batch in _batches(contents)
        for item, said in _said(batch)
    ]
    if not found:
        return b""
    value = {
        "format": FORMAT,
        "about": "holds: it was checked and fits; fails: it was checked and does not fit; unknown:"
        " it cannot be told. Nothing here says that a file is genuine or false.",
        "trusted_keys": [_key(each) for each in keys_trusted()],
        "items": found,
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _batches(contents: Contents) -> Iterator[list[Item]]:
    ids = [UUID(each.item.id) for each in contents.in_order()]
    for start in range(0, len(ids), _AT_ONCE):
        wanted = ids[start : start + _AT_ONCE]
        rows = Item.objects.filter(pk__in=wanted)
        by_id = {row.pk: row for row in rows.prefetch_related("proof_checks", "acquisitions")}
        yield [by_id[pk] for pk in wanted if pk in by_id]


def _said(batch: Sequence[Item]) -> Iterator[tuple[Item, dict[str, Any]]]:
    told = _metadata(batch)
    for item in batch:
        check = next(iter(item.proof_checks.all()), None)
        came = min(item.acquisitions.all(), key=lambda each: each.recorded_at, default=None)
        findings = check.values if check else ()
        stated = all_claims(item, findings, told.get(item.pk, {}), came)
        if check or not says_little(stated):
            yield item, {"id": str(item.pk), **_look(check), **_side_by_side(stated)}


def _metadata(batch: Sequence[Item]) -> dict[UUID, dict[str, Any]]:
    """What each file says of itself, by its last reading."""
    wanted = Reading.objects.filter(item__in=batch, kind=Reading.Kind.TEXT)
    found = wanted.order_by("made_at", "id").values_list("item_id", "metadata")
    return dict(found)


def _look(check: ProofCheck | None) -> dict[str, Any]:
    if check is None:
        return {"looked_at": None, "findings": []}
    return {
        "looked_at": moment(check.made_at),
        "findings": check.findings,
        "findings_sha256": check.sha256,
        "trust_sha256": check.trust_sha256,
        "beside": [{"id": pk, "name": name, "sha256": sha} for pk, name, sha in check.beside],
        "reason": check.reason,
    }


def _side_by_side(stated: Sequence[Claim]) -> dict[str, Any]:
    return {
        "stated": [{"name": row.name, **asdict(row.claim)} for row in rows(stated)],
        "compared": [asdict(pair) for pair in compare(stated)],
    }


def _key(row: TrustedKey) -> dict[str, str]:
    return {"kind": row.kind, "name": row.name, "fingerprint": row.fingerprint}
