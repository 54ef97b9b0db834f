"""Background work: let a translation model draft, and tell how its work stands."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings

from amparo.accounts.web.models import User
from amparo.base.web.jobs import Progress, task
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item
from amparo.extract.translations.engine import LocalModel
from amparo.extract.translations.models import model_in
from amparo.extract.web.actions.drafting import draft_translation
from amparo.extract.web.queries.translations import passages_of
from amparo.extract.web.room import reading_room
from amparo.extract.web.tasks.asked import ask, item_of, name_of

__all__ = ["DRAFT", "ask_to_draft", "drafting_now", "failed_draft"]

DRAFT = "extract.draft"


@task(DRAFT)
def draft(
    progress: Progress, *, item: str, user: str, model: str, source: str, target: str
) -> None:
    """Let a translation model of the deployment write what waits for words."""
    row, name = item_of(item), name_of(item)
    progress.report(0, None, name)
    draft_translation(
        row,
        passages_of(row),
        LocalModel.of(model_in(settings.TRANSLATION_MODELS, model), reading_room()),
        source,
        target,
        acting_user=User.objects.get(pk=UUID(user)),
        on_text=lambda done, total: progress.report(done, total, name),
    )


def ask_to_draft(item: Item, model: str, source: str, target: str, *, user: User) -> None:
    """Let a translation be drafted in the background; once, however often it is asked."""
    if drafting_now(item, target) is None:
        ask(DRAFT, item, user, model=model, source=source, target=target)


def drafting_now(item: Item, target: str) -> Job | None:
    """The job that drafts a translation into ``target``, while it waits or runs."""
    states = [Job.State.QUEUED, Job.State.RUNNING]
    waiting = Job.objects.filter(name=DRAFT, state__in=states, matter_id=item.matter_id)
    return waiting.filter(payload__item=str(item.pk), payload__target=target).first()


def failed_draft(item: Item, target: str) -> Job | None:
    """The last job that drafted into ``target``, when it failed."""
    jobs = Job.objects.filter(name=DRAFT, matter_id=item.matter_id, payload__item=str(item.pk))
    last = jobs.filter(payload__target=target).order_by("-created_at").first()
    return last if last and last.state == Job.State.FAILED else None
