"""Background work: read an item and what lies in it, recognise pages, read what was left over."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from amparo.accounts.web.models import User
from amparo.base.errors import UnreadableFile
from amparo.base.web.jobs import Progress, enqueue, task
from amparo.base.web.models import Job
from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.recordings.speech import whisper
from amparo.extract.translations.engine import LocalModel
from amparo.extract.translations.models import model_in
from amparo.extract.web.actions import (
    Readers,
    complete,
    prove_item,
    prove_matter,
    read_item,
    recognise_item,
    recognise_speech,
    set_item,
)
from amparo.extract.web.actions.comparing import compare_item, waiting
from amparo.extract.web.actions.drafting import draft_translation
from amparo.extract.web.actions.keeping import index
from amparo.extract.web.actions.suggesting import look_through
from amparo.extract.web.queries.players import player_of
from amparo.extract.web.queries.suggestions import not_looked_through
from amparo.extract.web.queries.translations import passages_of
from amparo.extract.web.room import reading_room
from amparo.matters.web.models import Matter

__all__ = [
    "DRAFT",
    "ask_to_compare",
    "ask_to_draft",
    "ask_to_index",
    "ask_to_look_through",
    "ask_to_prove",
    "ask_to_prove_matter",
    "ask_to_read",
    "ask_to_read_several",
    "ask_to_recognise",
    "ask_to_reread",
    "ask_to_set",
    "ask_to_transcribe",
    "drafting_now",
    "failed_draft",
]

DRAFT = "extract.draft"
COMPARE_AFTER = timedelta(minutes=2)
"""While many files are read by many workers: so long after some are, all that were are compared."""


@task("extract.read")
def read(progress: Progress, *, item: str, user: str) -> None:
    """Read an item, all that lies in it, and recognise its scanned pages, as far as not done."""
    progress.report(0, None, _name(item))
    row, readers = _item(item), _readers(user)
    complete(row, readers, on_step=lambda name: progress.report(0, None, name))
    ask_to_compare(row.matter, user=readers.acting_user)


@task("extract.read_several")
def read_several(progress: Progress, *, items: list[str], user: str) -> None:
    """Read several items of a matter as ``read`` does; cut off, it goes on with the one it had."""
    readers = _readers(user)
    rows = Item.objects.select_related("object", "matter", "parent").in_bulk(map(UUID, items))
    done = 0

    def next_is(name: str) -> None:
        progress.glance(done, len(items), name)

    for row in rows.values():
        complete(row, readers, on_step=next_is)
        done += 1
    progress.report(len(items), len(items), "")
    if rows:
        ask_to_compare(row.matter, user=readers.acting_user, after=COMPARE_AFTER)


@task("extract.compare")
def compare(progress: Progress, *, matter: str, user: str) -> None:
    """Mark what was read and not compared yet, so that near-duplicates are found."""
    wanted = list(waiting(Matter.objects.get(pk=matter)).values_list("pk", flat=True))
    readers = _readers(user)
    for done, item in enumerate(wanted):
        row = _item(str(item))
        progress.report(done, len(wanted), row.name)
        compare_item(row, room=readers.room, safe=readers.safe)


@task("extract.reread")
def reread(progress: Progress, *, item: str, user: str) -> None:
    """Read an item anew, with the tools of today."""
    progress.report(0, 1, _name(item))
    readers = _readers(user)
    read_item(_item(item), room=readers.room, safe=readers.safe, acting_user=readers.acting_user)


@task("extract.recognise")
def recognise(
    progress: Progress, *, item: str, user: str, pages: list[int], languages: list[str]
) -> None:
    """Recognise some pages of an item, in the languages asked for or those found."""
    name, done = _name(item), 0
    progress.report(0, len(pages), name)

    def one_more(_number: int) -> None:
        nonlocal done
        done += 1
        progress.report(done, len(pages), name)

    readers = _readers(user)
    recognise_item(
        _item(item),
        pages,
        languages=languages,
        room=readers.room,
        safe=readers.safe,
        acting_user=readers.acting_user,
        on_page=one_more,
    )


@task("extract.transcribe")
def transcribe(progress: Progress, *, item: str, user: str, language: str) -> None:
    """Write down what is said in a recording, by the speech model that the deployment names."""
    row, readers = _item(item), _readers(user)
    engine = whisper(settings.SPEECH_MODEL)
    length = round(player_of(row).seconds) or None
    progress.report(0, length, row.name)
    recognise_speech(
        row,
        engine,
        language=language,
        room=readers.room,
        safe=readers.safe,
        acting_user=readers.acting_user,
        on_line=lambda line: progress.report(round(line.end), length, row.name),
    )


@task(DRAFT)
def draft(
    progress: Progress, *, item: str, user: str, model: str, source: str, target: str
) -> None:
    """Let a translation model of the deployment write what waits for words."""
    row, name = _item(item), _name(item)
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


@task("extract.prove")
def prove(progress: Progress, *, item: str, user: str) -> None:
    """Look at an item's proofs again, against what is trusted now."""
    progress.report(0, 1, _name(item))
    readers = _readers(user)
    prove_item(_item(item), room=readers.room, safe=readers.safe, acting_user=readers.acting_user)


@task("extract.index")
def index_anew(progress: Progress, *, matter: str) -> None:
    """Put all items of a matter into the search anew."""
    rows = Item.objects.filter(matter=UUID(matter)).order_by("pk")
    total = rows.count()
    for done, item in enumerate(rows.iterator(chunk_size=200)):
        progress.report(done, total, item.name)
        with transaction.atomic():
            index(item)


@task("extract.prove_matter")
def prove_again(progress: Progress, *, matter: str, user: str) -> None:
    """Look again at a matter's proofs that were looked at while others were trusted."""
    readers = _readers(user)
    prove_matter(
        Matter.objects.get(pk=UUID(matter)),
        room=readers.room,
        safe=readers.safe,
        acting_user=readers.acting_user,
        on_item=progress.report,
    )


@task("extract.set")
def set_to_pages(progress: Progress, *, item: str, user: str) -> None:
    """Set an office file, message or text to pages."""
    progress.report(0, 1, _name(item))
    readers = _readers(user)
    set_item(_item(item), room=readers.room, safe=readers.safe, acting_user=readers.acting_user)


@task("extract.suggest")
def suggest(progress: Progress, *, matter: str, items: list[str], user: str) -> None:
    """Look through items for suggestions: those named, or all of the matter that were not yet."""
    who = User.objects.get(pk=UUID(user))
    wanted = items or [
        str(pk)
        for pk in not_looked_through(Matter.objects.get(pk=matter)).values_list("pk", flat=True)
    ]
    for done, item in enumerate(wanted):
        progress.report(done, len(wanted), _name(item))
        with contextlib.suppress(UnreadableFile):  # it stays among those not looked through
            look_through(_item(item), room=reading_room(), acting_user=who)
    progress.report(len(wanted), len(wanted), "")


def ask_to_read(item: Item, *, user: User) -> None:
    """Let an item be read in the background."""
    _ask("extract.read", item, user)


def ask_to_read_several(items: Sequence[Item], *, user: User) -> None:
    """Let items of one matter be read in the background, by one job."""
    if items:
        matter_id = items[0].matter_id
        enqueue(
            "extract.read_several",
            matter_id=matter_id,
            user_id=user.pk,
            items=[str(item.pk) for item in items],
            user=str(user.pk),
        )


def ask_to_reread(item: Item, *, user: User) -> None:
    """Let an item be read anew in the background."""
    _ask("extract.reread", item, user)


def ask_to_prove(item: Item, *, user: User) -> None:
    """Let an item's proofs be looked at again in the background."""
    _ask("extract.prove", item, user)


def ask_to_prove_matter(matter: Matter, *, user: User) -> None:
    """Let all of a matter's proofs be looked at again in the background."""
    enqueue(
        "extract.prove_matter",
        matter_id=matter.pk,
        user_id=user.pk,
        matter=str(matter.pk),
        user=str(user.pk),
    )


def ask_to_set(item: Item, *, user: User) -> None:
    """Let an item be set to pages in the background."""
    _ask("extract.set", item, user)


def ask_to_compare(matter: Matter, *, user: User, after: timedelta = timedelta(0)) -> None:
    """Let a matter's files be compared in the background, once however often it is asked."""
    waits = Job.objects.filter(name="extract.compare", state=Job.State.QUEUED, matter_id=matter.pk)
    if not waits.exists():
        enqueue(
            "extract.compare",
            matter_id=matter.pk,
            user_id=user.pk,
            after=after,
            matter=str(matter.pk),
            user=str(user.pk),
        )


def ask_to_look_through(matter: Matter, items: Sequence[Item], *, user: User) -> None:
    """Let items be looked through for suggestions; without items, all that were not yet."""
    enqueue(
        "extract.suggest",
        matter_id=matter.pk,
        user_id=user.pk,
        matter=str(matter.pk),
        items=[str(item.pk) for item in items],
        user=str(user.pk),
    )


def ask_to_transcribe(item: Item, language: str, *, user: User) -> None:
    """Let what is said in a recording be written down in the background."""
    _ask("extract.transcribe", item, user, language=language)


def ask_to_draft(item: Item, model: str, source: str, target: str, *, user: User) -> None:
    """Let a translation be drafted in the background; once, however often it is asked."""
    if drafting_now(item, target) is None:
        _ask(DRAFT, item, user, model=model, source=source, target=target)


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


def ask_to_recognise(
    item: Item, pages: Sequence[int], languages: Sequence[str], *, user: User
) -> None:
    """Let pages of an item be recognised in the background."""
    _ask("extract.recognise", item, user, pages=list(pages), languages=list(languages))


def ask_to_index(matter: Matter, *, user: User) -> None:
    """Let a matter be put into the search anew in the background."""
    enqueue("extract.index", matter_id=matter.pk, user_id=user.pk, matter=str(matter.pk))


def _ask(task_name: str, item: Item, user: User, **more: Any) -> None:
    enqueue(
        task_name,
        matter_id=item.matter_id,
        user_id=user.pk,
        item=str(item.pk),
        user=str(user.pk),
        **more,
    )


def _readers(user: str) -> Readers:
    return Readers(
        room=reading_room(),
        safe=open_safe(),
        acting_user=User.objects.get(pk=UUID(user)),
        at_once=0,
    )


def _item(item: str) -> Item:
    return Item.objects.select_related("object", "matter", "parent").get(pk=item)


def _name(item: str) -> str:
    return Item.objects.values_list("name", flat=True).get(pk=item)
