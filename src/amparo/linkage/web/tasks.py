"""Background work: tables of a matter linked, and names of a matter screened."""

from __future__ import annotations

from uuid import UUID

from amparo.base.errors import UsageError, VerificationError
from amparo.base.web.jobs import Progress, task
from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.room import reading_room
from amparo.linkage.records import Linking
from amparo.linkage.web.actions.linkages import LINK, keep_linkage
from amparo.linkage.web.actions.listed import key_linkages_of
from amparo.linkage.web.actions.screened import screen_all
from amparo.linkage.web.actions.screening import SCREEN, keep_screening
from amparo.linkage.web.models import Linkage, Screening
from amparo.linkage.web.queries.linkages import labels_for
from amparo.linkage.web.queries.tables import MOST_ROWS, sheet_of

__all__ = ["link", "screen"]


@task(LINK)
def link(progress: Progress, *, linkage_id: str) -> None:
    """Link the tables that somebody chose; what is linked is not linked again."""
    rows = Linkage.objects.select_related("matter", "by", "after")
    asked = rows.get(pk=UUID(linkage_id))
    if hasattr(asked, "result"):
        key_linkages_of(asked.matter, progress.report)
        return
    sheets, places = [], []
    for table in asked.tables:
        item = Item.objects.get(pk=table["item"])
        if item.object_id != table["sha256"]:
            raise VerificationError("The table", got=item.object_id, expected=table["sha256"])
        sheet, numbers, pages = sheet_of(item.pk, table["sheet"], table["name"])
        sheets.append(sheet)
        places.append({"rows": numbers, "pages": pages})
    if sum(len(sheet) for sheet in sheets) > MOST_ROWS:
        raise UsageError(
            f"The tables have more than {MOST_ROWS} rows together.",
            next_step="Link them with “amparo link” or in Python.",
        )
    chosen = [
        _roles(table, sheet.headings) for table, sheet in zip(asked.tables, sheets, strict=True)
    ]

    def report(what: str, part: float) -> None:
        progress.report(round(part * 100), 100, f"{what[:1].upper()}{what[1:]}")

    linking = Linking(sheets, chosen, within=asked.within, progress=report)
    labels = labels_for(asked.after)
    model = linking.learn(labels=labels)
    result = linking.run(model, labels=labels)
    keep_linkage(asked, linking, model, result, places, acting_user=asked.by)
    key_linkages_of(asked.matter, progress.report)


@task(SCREEN)
def screen(progress: Progress, *, screening_id: str) -> None:
    """Look for the names of a matter on lists; what is screened is not screened again."""
    asked = Screening.objects.select_related("matter", "by").get(pk=UUID(screening_id))
    if hasattr(asked, "result"):
        return
    done = screen_all(asked, reading_room(), open_safe(), progress.report)
    keep_screening(
        asked,
        done.names,
        done.lists,
        done.found,
        stakes=done.stakes,
        cut=sorted(done.cut),
        acting_user=asked.by,
    )


def _roles(table: dict[str, dict[str, str]], headings: list[str]) -> dict[str, str]:
    """The role of every column as chosen: none of those that were not."""
    return {heading: table["roles"].get(heading, "none") for heading in headings}
