"""Field maps of unknown editions: proposed, and decided field by field by people."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.evidence.store.safe import Safe
from amparo.extract.sandbox import Sandbox
from amparo.filing.forms.confined import InRoom
from amparo.filing.forms.maps import entry_of, read_map
from amparo.filing.forms.proposing.review import Word, decided
from amparo.filing.web.models import FieldWord, FormMapReview, OfficialForm
from amparo.filing.web.queries.reviews import field_of, own_map_for, review_of
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing

__all__ = ["propose_map", "read_again", "say_of_field"]


def propose_map(
    form: OfficialForm, *, acting_user: User, room: Sandbox, safe: Safe
) -> FormMapReview:
    """Propose a map for the fields of this form, unless one is there already."""
    require_knowing(acting_user, Verb.PRODUCE, form)
    with safe.open(form.blank.object_name) as blank:
        facts, proposed = InRoom(room).read(blank.read(), proposing=True)
    with transaction.atomic():
        review, is_new = FormMapReview.objects.get_or_create(
            fingerprint=facts["fingerprint"],
            defaults={
                "name": facts["form"],
                "edition": facts["edition"] or "",
                "proposed": proposed,
                "made_by": acting_user,
                "made_at": timezone.now(),
            },
        )
        if is_new:
            audit(
                "propose a map", acting_user=acting_user, subject=review, matter_id=form.matter_id
            )
    read_again(form, acting_user=acting_user, room=room, safe=safe)
    return review


@transaction.atomic
def say_of_field(form: OfficialForm, key: str, word: Word, *, acting_user: User) -> FieldWord:
    """A person's word on one field of the map under review. UsageError says what is wrong."""
    require_knowing(acting_user, Verb.PRODUCE, form)
    review = review_of(form.read.get("fingerprint", ""))
    if review is None:
        raise UsageError("No map of this form is under review.")
    told = next((each for each in form.read["fields"] if each["field"] == key), None)
    asked = read_map(review.proposed, "that was proposed here").fields.get(key)
    if told is None or asked is None:
        raise UsageError("The form has no such field.")
    made = FieldWord.objects.create(
        review=review,
        key=key,
        verdict=word.verdict,
        entry=entry_of(decided(asked, field_of(told), word)),
        by=acting_user,
        at=timezone.now(),
    )
    audit(
        "say what a field asks", acting_user=acting_user, subject=review, matter_id=form.matter_id
    )
    return made


def read_again(form: OfficialForm, *, acting_user: User, room: Sandbox, safe: Safe) -> None:
    """Read a form again with the map as it stands, so that its questions are those of the map."""
    require_knowing(acting_user, Verb.PRODUCE, form)
    own = own_map_for(form.read)
    with safe.open(form.blank.object_name) as blank:
        facts, _ = InRoom(room).read(blank.read(), own_map=own)
    form.read = dict(facts)
    form.title = (facts["map"] or {}).get("title", "") or form.title
    form.save(update_fields=["read", "title"])
