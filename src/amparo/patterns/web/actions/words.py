"""Saying what the words of a table mean: kept with who said it and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.evidence.web.models import Item
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.patterns.rights import Own
from amparo.patterns.web.models import TableWord

__all__ = ["say_what_words_mean"]

Means = Mapping[str, Sequence[str] | None]


@transaction.atomic
def say_what_words_mean(
    item: Item, sheet: str, *, words: Means, facts: Means, acting_user: User
) -> list[TableWord]:
    """Keep what is said of words and of facts; None takes back what was said before.

    UsageError for a type of act or a fact that the vocabulary does not have.
    """
    require_knowing(acting_user, Verb.ANNOTATE, item)
    Own({word: tuple(keys) for word, keys in words.items() if keys}, dict.fromkeys(facts, True))
    now, kinds = timezone.now(), TableWord.Kind
    rows = [
        TableWord(
            item=item,
            sheet=sheet,
            kind=kind,
            said=said,
            means=None if means is None else list(means),
            by=acting_user,
            at=now,
        )
        for kind, told in ((kinds.WORD, words), (kinds.FACT, facts))
        for said, means in told.items()
    ]
    if rows:
        TableWord.objects.bulk_create(rows)
        audit(
            "say what words mean",
            acting_user=acting_user,
            subject=item,
            matter_id=item.matter_id,
            words=len(rows),
        )
    return rows
