"""What people said that the words of a sheet mean, as it stands now."""

from __future__ import annotations

from uuid import UUID

from amparo.base.folding import fold_words
from amparo.patterns.rights import Own
from amparo.patterns.web.models import TableWord

__all__ = ["own_of", "words_said"]


def words_said(item: UUID, sheet: str) -> dict[tuple[str, str], TableWord]:
    """By kind and by what is meant (a word folded), the row that stands; what was taken back is
    not in it."""
    rows = TableWord.objects.filter(item=item, sheet=sheet).select_related("by").order_by("pk")
    standing: dict[tuple[str, str], TableWord] = {}
    for row in rows:
        key = (row.kind, fold_words(row.said) if row.kind == TableWord.Kind.WORD else row.said)
        standing.pop(key, None)
        if row.means is not None:
            standing[key] = row
    return standing


def own_of(item: UUID, sheet: str) -> Own | None:
    """All of it as the vocabulary takes it; None where nobody said anything."""
    standing = words_said(item, sheet).values()
    if not standing:
        return None
    people = dict.fromkeys(str(row.by) for row in standing)
    words, facts = {}, {}
    for row in standing:
        means: list[str] = row.means or []
        if row.kind == TableWord.Kind.WORD:
            words[row.said] = tuple(means)
        else:
            facts[row.said] = means[1] if means[0] == "column" else means[0] == "yes"
    return Own(words, facts, ", ".join(people))
