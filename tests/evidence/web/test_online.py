"""Papers of online work: held against their forms, kept in versions, stated by the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from amparo.base.errors import AccessDenied, UsageError
from amparo.evidence.custody import online
from amparo.evidence.web.actions.online import write_paper
from amparo.evidence.web.actions.verification import verify_workspace
from amparo.evidence.web.models.watch import OnlinePaper
from tests.evidence.web.workspaces import add_files

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

LOG = {"activity": "search", "where": "Telegram", "result": "nothing"}


def test_a_log_entry_is_written_and_verified(personas: Personas, matter: Matter) -> None:
    row = write_paper(matter, "activity", LOG, acting_user=personas.colleague)
    assert (row.version, row.is_reconstruction) == (1, False)
    late = write_paper(
        matter, "activity", LOG, acting_user=personas.colleague, occurred_at="2026-01-05"
    )
    assert late.is_reconstruction
    assert verify_workspace(acting_user=personas.owner).holds


def test_a_change_is_a_version_and_the_first_stays(personas: Personas, matter: Matter) -> None:
    first = write_paper(matter, "activity", LOG, acting_user=personas.colleague)
    changed = {**LOG, "result": "three videos"}
    second = write_paper(matter, "activity", changed, acting_user=personas.owner, before=first)
    assert (second.thread, second.version) == (first.pk, 2)
    assert OnlinePaper.objects.get(pk=first.pk).content["result"] == "nothing"
    with pytest.raises(UsageError, match="Nothing was changed"):
        write_paper(matter, "activity", changed, acting_user=personas.owner, before=first)


def test_a_collection_record_belongs_to_a_file(personas: Personas, matter: Matter) -> None:
    page = add_files(matter, personas.owner, {"page.html": b"<p>x"})["page.html"]
    said = {
        "address": "https://example.org/a",
        "captured_at": "2026-11-22T14:05:09+02:00",
        "clock": "time.example, 0.2 s",
        "collector": "A. Colleague",
        "tool": "browser 1",
        "captured": "source and picture",
        "hash_at_capture": page.object_id.upper(),
    }
    with pytest.raises(UsageError, match="belongs to a file"):
        write_paper(matter, "collection", said, acting_user=personas.owner)
    row = write_paper(matter, "collection", said, acting_user=personas.owner, item=page)
    assert online.agreement(row.content, page.object_id).agrees is True
    assert online.agreement({"hash_at_capture": "0" * 64}, page.object_id).agrees is False
    assert online.agreement({}, page.object_id).agrees is None


@pytest.mark.parametrize("who", ["interpreter", "auditor", "client", "stranger"])
def test_who_may_not_write(who: str, personas: Personas, matter: Matter) -> None:
    with pytest.raises(AccessDenied):
        write_paper(matter, "activity", LOG, acting_user=getattr(personas, who))
