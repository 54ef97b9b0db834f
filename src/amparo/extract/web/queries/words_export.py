"""What people wrote down beside the files, as a paper of the package: ``words.json``.

Transcripts and translations of the files in it, every version with who made it, its digest, and the
digest of the file that it is of. The ledger's entries state the same digests, and how each is taken
from the words: a transcript's from its WebVTT, a translation's from its rows. A passage that a
program wrote names it in ``draft``; ``unchecked`` counts those that no person has checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from amparo.evidence.ledger import moment
from amparo.evidence.packages.records import Contents
from amparo.extract.web.models import Transcript, Translation

__all__ = ["words_beside"]

FORMAT = "amparo-words/1"
_AT_ONCE = 400


def words_beside(contents: Contents) -> bytes:
    """The paper for a package of these contents; empty when nobody wrote anything down."""
    places = contents.places()
    found = [
        {"file": places.get(pk), **said}
        for batch in _batches(contents)
        for pk, said in (*_transcripts(batch), *_translations(batch))
    ]
    if not found:
        return b""
    about = "Transcripts and translations of the files, every version as it was kept."
    value = {"format": FORMAT, "about": about, "words": found}
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _batches(contents: Contents) -> Iterator[list[UUID]]:
    ids = [UUID(each.item.id) for each in contents.in_order()]
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]


def _transcripts(batch: list[UUID]) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = Transcript.objects.filter(item__in=batch).select_related("item", "made_by")
    for row in rows.order_by("item_id", "number"):
        yield (
            str(row.item_id),
            {
                "kind": "transcript",
                **_version(row, row.item.object_id),
                "language": row.language,
                "tool": f"{row.tool} {row.tool_version}".strip(),
                "lines": row.lines,
            },
        )


def _translations(batch: list[UUID]) -> Iterator[tuple[str, dict[str, Any]]]:
    rows = Translation.objects.filter(item__in=batch).select_related("item", "made_by")
    for row in rows.order_by("item_id", "target", "number"):
        yield (
            str(row.item_id),
            {
                "kind": "translation",
                **_version(row, row.parent_sha256),
                "from": row.source,
                "into": row.target,
                "translator": row.translator,
                "unchecked": row.unchecked,
                "passages": row.passages,
            },
        )


def _version(row: Transcript | Translation, parent: str) -> dict[str, Any]:
    return {
        "version": row.number,
        "corrects": row.based_on,
        "how": row.made,
        "by": str(row.made_by),
        "at": moment(row.made_at),
        "note": row.note,
        "parent_sha256": parent,
        "sha256": row.sha256,
    }
