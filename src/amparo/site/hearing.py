"""Who hears of what: uploads are read in the background, and what is disposed of is forgotten.

When an identity is sealed, its matter is put into the search anew. A package that leaves carries
what was found of its files' proofs, and what was written down beside the files.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.evidence.web import hearers
from amparo.evidence.web.models import Item
from amparo.extract.web.actions.forgetting import forget_item
from amparo.extract.web.queries.proof_export import field_proofs
from amparo.extract.web.queries.words_export import words_beside
from amparo.extract.web.tasks import ask_to_index, ask_to_read
from amparo.filing.web.models import Bundle, FormAnswer
from amparo.interviews.web.models import GivenAnswer
from amparo.linkage.web.actions.named import key_parties
from amparo.matters.web import hearers as sealing
from amparo.matters.web.models import Matter, Party
from amparo.search.web.actions import set_aside

__all__ = ["introduce"]


def introduce() -> None:
    """Let everyone hear what concerns them."""
    hearers.hear("read", _read)
    hearers.object_to("bundles", _stands_in_bundles)
    hearers.object_to("forms", _answers_forms)
    hearers.forgets("read", forget_item)
    hearers.adds("field-proofs.json", field_proofs)
    hearers.adds("words.json", words_beside)
    sealing.hear("search", _index_anew)
    sealing.hear_of_parties("names", _key_anew)


def _index_anew(matter: Matter, acting_user: User) -> None:
    """What names someone whose identity was just sealed is found by nobody else from now on."""
    set_aside(matter.pk)
    ask_to_index(matter, user=acting_user)


def _key_anew(party: Party) -> None:
    """A party is found by its names as they are written now."""
    key_parties([party])


def _read(item: Item, acting_user: User) -> None:
    ask_to_read(item, user=acting_user)


def _stands_in_bundles(item: Item) -> Iterator[str]:
    """An exhibit of a bundle is not destroyed under it."""
    for bundle in Bundle.objects.filter(exhibits__item=item).distinct():
        told = {"name": item, "bundle": bundle}
        yield _("“%(name)s” is an exhibit in the bundle “%(bundle)s”: take it out first.") % told


def _answers_forms(item: Item) -> Iterator[str]:
    """A passage on which an answer of a form rests is not destroyed under it."""
    said = GivenAnswer.objects.filter(pinpoint__item=item).exists()
    if said or FormAnswer.objects.filter(pinpoint__item=item).exists():
        told = {"name": item}
        yield _("Answers of official forms rest on “%(name)s”: choose other passages first.") % told
