"""What the labels of a table by right or by SDG indicator stand for."""

from __future__ import annotations

from typing import Any

from amparo.patterns.rights import Indicator, Right, vocabulary
from amparo.patterns.tables.crossing import CrossTable

__all__ = ["indicators_in", "meanings_of", "rights_in"]


def rights_in(table: CrossTable) -> tuple[Right, ...]:
    """The rights among the labels of a table, in the order of the vocabulary."""
    labels = {*table.row_labels, *table.column_labels} if table.read_as else set()
    return tuple(right for right in vocabulary().rights.values() if right.label in labels)


def indicators_in(table: CrossTable) -> tuple[Indicator, ...]:
    """The indicators among the labels of a table."""
    labels = {*table.row_labels, *table.column_labels} if table.read_as else set()
    return tuple(each for each in vocabulary().indicators.values() if each.code in labels)


def meanings_of(table: CrossTable) -> dict[str, Any]:
    """By label: the articles of a right and the types of act that touch it, with how sure each is;
    or what an indicator counts."""
    rights = {
        right.label: {
            "right": right.key,
            "articles": [
                {
                    "article": a.at,
                    "instrument": a.instrument,
                    "sure": a.sure,
                    "whom": a.whom or None,
                }
                for a in right.articles
            ],
            "acts": [
                {"act": act.key, "sure": touch.sure, "source": touch.source or None}
                for act in vocabulary().acts.values()
                for touch in act.touches
                if touch.right == right.key
            ],
        }
        for right in rights_in(table)
    }
    indicators = {
        each.code: {
            "name": each.names["en"],
            "counts": each.counts,
            "unit": each.unit,
            "metadata": each.metadata,
            "sure": each.sure,
        }
        for each in indicators_in(table)
    }
    return {**rights, **indicators}
