"""The papers of online work as pages show them, and their words for catalogues of translations."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from amparo.evidence.custody import online
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.watch import OnlinePaper
from amparo.evidence.web.queries.timeline import shown_date
from amparo.matters.web.models import Matter

__all__ = ["PaperLine", "collection_of", "paper_line", "papers_of", "versions_of"]


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A version of a paper: its form, its answers as label and text, who and when."""

    paper: OnlinePaper
    title: str
    pairs: tuple[tuple[str, str], ...]
    when: str
    is_newest: bool = True

    @property
    def first(self) -> str:
        """What tells it apart in a list."""
        said = [text for _, text in self.pairs[:2]]
        return " · ".join(said)[:160]


def papers_of(matter: Matter, form: str) -> list[PaperLine]:
    """The newest version of each paper of this form, newest first."""
    return [paper_line(row) for row in _newest(matter.online_papers.filter(form=form))]


def collection_of(item: Item) -> PaperLine | None:
    """The item's collection record as it stands."""
    rows = _newest(OnlinePaper.objects.filter(item=item, form="collection"))
    return paper_line(rows[0]) if rows else None


def versions_of(matter: Matter, thread: UUID) -> list[PaperLine]:
    """Every version of a paper, newest first."""
    rows = matter.online_papers.filter(thread=thread).select_related("made_by", "item")
    ordered = list(rows.order_by("-version"))
    return [paper_line(row, is_newest=row is ordered[0]) for row in ordered]


def paper_line(row: OnlinePaper, *, is_newest: bool = True) -> PaperLine:
    """A version in words, in the language of the page."""
    asked = online.form(row.form)
    pairs = []
    for field in asked.fields:
        said = row.content.get(field.key, "")
        if said:
            text = gettext(said) if field.kind == "choice" else str(said)
            pairs.append((gettext(field.label), text))
    return PaperLine(
        row, gettext(asked.title), tuple(pairs), shown_date(row.occurred_at), is_newest
    )


def _newest(rows: QuerySet[OnlinePaper]) -> list[OnlinePaper]:
    found: dict[UUID, OnlinePaper] = {}
    for row in rows.select_related("made_by", "item").order_by("version"):
        found[row.thread] = row
    return sorted(found.values(), key=lambda row: row.entry_id, reverse=True)
