"""Background work: recognise what scanned pages show, write down what a recording says."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from amparo.accounts.web.models import User
from amparo.base.web.jobs import Progress, task
from amparo.evidence.web.models import Item
from amparo.extract.recordings.speech import whisper
from amparo.extract.web.actions import recognise_item, recognise_speech
from amparo.extract.web.queries.players import player_of
from amparo.extract.web.tasks.asked import ask, item_of, name_of, readers_of

__all__ = ["ask_to_recognise", "ask_to_transcribe"]


@task("extract.recognise")
def recognise(
    progress: Progress, *, item: str, user: str, pages: list[int], languages: list[str]
) -> None:
    """Recognise some pages of an item, in the languages asked for or those found."""
    name, done = name_of(item), 0
    progress.report(0, len(pages), name)

    def one_more(_number: int) -> None:
        nonlocal done
        done += 1
        progress.report(done, len(pages), name)

    readers = readers_of(user)
    recognise_item(
        item_of(item),
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
    row, readers = item_of(item), readers_of(user)
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


def ask_to_recognise(
    item: Item, pages: Sequence[int], languages: Sequence[str], *, user: User
) -> None:
    """Let pages of an item be recognised in the background."""
    ask("extract.recognise", item, user, pages=list(pages), languages=list(languages))


def ask_to_transcribe(item: Item, language: str, *, user: User) -> None:
    """Let what is said in a recording be written down in the background."""
    ask("extract.transcribe", item, user, language=language)
