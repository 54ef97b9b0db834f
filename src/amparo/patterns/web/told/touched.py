"""What stands beside a table by right or by SDG indicator: articles, what is counted, how sure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from amparo.patterns.findings import Cell, Grid
from amparo.patterns.rights import Article, vocabulary
from amparo.patterns.tables import CrossTable
from amparo.patterns.tables.meanings import indicators_in, rights_in
from amparo.patterns.web.words import COUNTS, WHOM, language_here

__all__ = ["beside", "is_counted_note", "is_never_counted_note"]


def beside(table: CrossTable, acts: Collection[str]) -> Iterator[Grid]:
    """The articles of the rights, and what the indicators count, as far as the table has them;
    ``acts`` are the types that its rows are of."""
    language = language_here()
    rights = rights_in(table)
    if rights:
        lines = tuple(
            (
                Cell(right.names[language]),
                Cell(", ".join(map(_article, right.articles))),
                Cell("; ".join(_read(right.key, acts)) or _("the articles say so themselves")),
            )
            for right in rights
        )
        heads = (_("right"), _("articles"), _("read so by"))
        yield Grid(_("Where the rights stand"), heads, lines, _note(), prose=True)
    indicators = indicators_in(table)
    if indicators:
        lines = tuple(
            (
                Cell(f"{each.code} {each.names[language]}"),
                Cell(str(COUNTS[each.code])),
                Cell(each.metadata),
            )
            for each in indicators
        )
        heads = (_("indicator"), _("what it counts"), _("UN metadata of"))
        yield Grid(_("What the indicators count"), heads, lines, prose=True)


def _note() -> str:
    return _(
        "An act touches a right by its type; whether the right was violated is for a lawyer "
        "to say. In brackets stands whom an article protects."
    )


def _article(article: Article) -> str:
    return f"{article.at} ({WHOM[article.whom]})" if article.whom else article.at


def _read(right: str, acts: Collection[str]) -> list[str]:
    """The sources by which these types come under a right whose articles do not name them."""
    return sorted(
        {
            f"{act.names[language_here()]}: {touch.source}"
            for key, act in vocabulary().acts.items()
            if key in acts
            for touch in act.touches
            if touch.right == right and touch.source
        }
    )


def is_counted_note(note: str) -> bool:
    """Whether a note says what an indicator counts, as the grid beside does."""
    code, _space, rest = note.partition(" ")
    return code in vocabulary().indicators and rest.startswith("counts ")


def is_never_counted_note(note: str) -> bool:
    """Whether a note names indicators that no list of acts could ever give: no cause for care."""
    return note.startswith("Not counted, because no list")
