"""The parties of a matter, and the seal over who one of them is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.matters.access import Verb
from amparo.matters.web import hearers
from amparo.matters.web.access import require
from amparo.matters.web.actions.telling import told
from amparo.matters.web.models import Matter, Party

__all__ = ["add_party", "change_party", "remove_party", "seal_party", "unseal_party"]


@transaction.atomic
def add_party(matter: Matter, *, acting_user: User, **values: str) -> Party:
    """Write down who takes part; ``values`` are the fields of ``Party``."""
    require(acting_user, Verb.EDIT, matter)
    party = Party.objects.create(matter=matter, **values)
    told("add party", party, matter, acting_user, name=party.name, role=party.role)
    hearers.tell_of_party(party)
    return party


@transaction.atomic
def change_party(party: Party, *, acting_user: User, **values: str) -> Party:
    """Correct what is written about a party."""
    require(acting_user, Verb.EDIT, party)
    changed = [name for name, value in values.items() if getattr(party, name) != value]
    for name in changed:
        setattr(party, name, values[name])
    party.save(update_fields=changed)
    told("change party", party, party.matter, acting_user, name=party.name, changed=changed)
    hearers.tell_of_party(party)
    return party


@transaction.atomic
def remove_party(party: Party, *, acting_user: User) -> None:
    """Take a party off the matter."""
    require(acting_user, Verb.EDIT, party)
    told("remove party", party, party.matter, acting_user, name=party.name)
    party.delete()


@transaction.atomic
def seal_party(
    party: Party,
    pseudonym: str,
    *,
    acting_user: User,
    spellings: Iterable[str] = (),
    known_to: Iterable[User] = (),
) -> None:
    """Seal who a party is: everyone else reads ``pseudonym``; who is ``known_to`` reads the name.

    ``spellings`` are further ways in which the name is written; one of a single word is hidden
    wherever it stands. Nobody else on the team knows any identity of the matter from then on.
    UsageError without a pseudonym and for one that is taken.
    """
    require(acting_user, Verb.MANAGE, party)
    require(acting_user, Verb.IDENTIFY, party)
    matter, pseudonym = party.matter, " ".join(pseudonym.split())
    if not pseudonym:
        raise UsageError(_("A sealed identity needs a pseudonym."))
    if matter.parties.filter(pseudonym=pseudonym).exclude(pk=party.pk).exists():
        raise UsageError(_("Another party of this matter has this pseudonym."))
    knowing = {acting_user.pk, *(user.pk for user in known_to)}
    matter.team.exclude(user__in=knowing).update(knows=False)
    matter.team.filter(user__in=knowing).update(knows=True)
    party.pseudonym, party.spellings = pseudonym, "\n".join(filter(str.strip, spellings))
    party.save(update_fields=["pseudonym", "spellings"])
    told("seal identity", party, matter, acting_user, pseudonym=pseudonym)
    hearers.tell(matter, acting_user)
    hearers.tell_of_party(party)


@transaction.atomic
def unseal_party(party: Party, *, acting_user: User) -> None:
    """Let everyone on the team read again who a party is."""
    require(acting_user, Verb.MANAGE, party)
    before, party.pseudonym, party.spellings = party.pseudonym, "", ""
    party.save(update_fields=["pseudonym", "spellings"])
    told("unseal identity", party, party.matter, acting_user, pseudonym=before)
    hearers.tell(party.matter, acting_user)
    hearers.tell_of_party(party)
