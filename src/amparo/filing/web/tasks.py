"""Background work: producing a bundle."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from amparo.accounts.web.models import User
from amparo.base.web.jobs import Progress, enqueue, task
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.room import reading_room
from amparo.filing.web.actions import begin_production, produce_bundle
from amparo.filing.web.models import Bundle, Production

__all__ = ["PRODUCE", "ask_to_produce", "produce"]

PRODUCE = "filing.produce"


def ask_to_produce(bundle: Bundle, *, acting_user: User) -> Production:
    """Queue the production of a bundle as it stands."""
    with transaction.atomic():
        made = begin_production(bundle, acting_user=acting_user)
        job = enqueue(
            PRODUCE,
            matter_id=bundle.matter_id,
            user_id=acting_user.pk,
            production_id=str(made.pk),
        )
        made.job_id = job.pk
        made.save(update_fields=["job_id"])
    return made


@task(PRODUCE)
def produce(progress: Progress, *, production_id: str) -> None:
    """Produce a bundle that somebody asked for; one that is finished is not made again."""
    rows = Production.objects.select_related("bundle__matter", "by")
    asked = rows.get(pk=UUID(production_id))
    if asked.finished_at:
        return
    produce_bundle(asked, room=reading_room(), safe=open_safe(), on_step=progress.report)
