"""A draft of a translation by a program on this computer, for a person to correct."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from amparo.accounts.web.models import User
from amparo.base.errors import UnreadableFile, UsageError
from amparo.evidence.web.models import Item
from amparo.extract.translations.engine import TranslationEngine
from amparo.extract.translations.pairs import Pair, carry_over, drafted
from amparo.extract.translations.passages import Passage
from amparo.extract.web.actions.translations import Work, keep_translation
from amparo.extract.web.models import Translation
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing

__all__ = ["draft_translation"]


def draft_translation(
    item: Item,
    passages: Sequence[Passage],
    engine: TranslationEngine,
    source: str,
    target: str,
    *,
    acting_user: User,
    on_text: Callable[[int, int], None] = lambda _done, _total: None,
) -> Translation:
    """Let a program write what waits for words; what a person wrote stays as it is.

    ``passages`` are the item's as it is read now. ``on_text`` hears how many of how many are done,
    and may end the work. The draft is the next version, made from the newest as it is at the end.
    UsageError when nothing waits; UnreadableFile when the program failed.
    """
    require_knowing(acting_user, Verb.ANNOTATE, item)
    waiting = [pair for pair in _started(_last(item, target), passages) if pair.is_missing]
    texts = list(dict.fromkeys(pair.passage.original for pair in waiting))
    if not texts:
        raise UsageError("No passage waits for its words.")
    words: dict[str, str] = {}

    def take(number: int, text: str) -> None:
        words[texts[number]] = text
        on_text(len(words), len(texts))

    engine.translate(texts, source, target, take)
    if not any(words.values()):
        raise UnreadableFile("The model gave no words.")
    last = _last(item, target)
    pairs = drafted(_started(last, passages), words, engine.mark)
    work = Work(source, target, engine.mark.name, Translation.Made.DRAFTED)
    based_on = last.number if last else None
    return keep_translation(item, pairs, work, based_on=based_on, acting_user=acting_user)


def _last(item: Item, target: str) -> Translation | None:
    return item.translations.filter(target=target).order_by("-number").first()


def _started(last: Translation | None, passages: Sequence[Passage]) -> list[Pair]:
    return carry_over(last.value if last else (), passages)
