"""Forgetting what was read from an item whose bytes are disposed of."""

from __future__ import annotations

from amparo.evidence.web.models import Item
from amparo.extract.web.actions.indexing import SOURCE
from amparo.extract.web.actions.translations import forget_translations
from amparo.extract.web.models import PageText, ProofCheck, Reading
from amparo.search.web import actions as search

__all__ = ["forget_item"]


def forget_item(item: Item) -> list[str]:
    """Remove an item's text with its messages and rows, what was suggested of it, its passages in
    the search and what its proofs told.

    Its derivatives are let go of. That it was read, by what and with which digest, and that its
    proofs were looked at, stays. Gives the digests of sealed derivatives that no reading of it
    names any more; needs a transaction around it.
    """
    readings = Reading.objects.filter(item=item)
    made = readings.exclude(object=None).values_list("object_id", flat=True)
    let_go = [str(sha256) for sha256 in made]
    PageText.objects.filter(item=item).delete()
    readings.update(object=None, metadata={}, outline=[])
    ProofCheck.objects.filter(item=item).update(findings=[], beside=[])
    item.transcripts.update(lines=[], note="")
    let_go += forget_translations(item)
    item.fingerprints.all().delete()
    item.suggestions.all().delete()
    search.remove(SOURCE, str(item.pk))
    return let_go
