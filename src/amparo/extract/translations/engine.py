"""The port to a program that translates, and the one that there is: a local model in a worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from amparo.base.errors import ProgramMissing, UnreadableFile, UsageError
from amparo.extract.reading import Limits, PageText
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception
from amparo.extract.translations.machine import TOOL, translate
from amparo.extract.translations.models import Model, models_in
from amparo.extract.translations.pairs import Draft
from amparo.extract.translations.parcel import parcel

__all__ = ["LocalModel", "TranslationEngine", "why_not"]

SECONDS_A_TEXT = 60
_MEMORY = 1536 * 2**20


class TranslationEngine(Protocol):
    """A program that drafts translations."""

    @property
    def mark(self) -> Draft:
        """Names it on every line that it writes."""
        ...

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        on_text: Callable[[int, str], None],
    ) -> None:
        """Translate each text; ``on_text`` hears its number and words, and may end the work.

        UsageError when it is not made for these languages; UnreadableFile when it failed.
        """
        ...


@dataclass(frozen=True, slots=True)
class LocalModel:
    """A model of the user's, run in the reading room, where it reaches nothing."""

    model: Model
    room: Sandbox
    mark: Draft

    @classmethod
    def of(cls, model: Model, room: Sandbox) -> LocalModel:
        """The engine over a model; reads the model once, for its digest."""
        mark = Draft(TOOL, version("ctranslate2"), model.name, model.sha256())
        return cls(model, room, mark)

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        on_text: Callable[[int, str], None],
    ) -> None:
        """As the port says."""
        if not self.model.translates(source, target):
            raise UsageError("This model does not translate between these languages.")
        files = self.model.files()
        head = {
            "texts": list(texts),
            "source_tag": self.model.sources[source],
            "target_tag": self.model.targets[target],
            "ends": self.model.ends,
        }

        def take(page: PageText) -> None:
            on_text(page.number - 1, page.text.strip())

        reception = Reception(_limits(len(texts), files.values()), on_page=take)
        with parcel(files, head) as source_file:
            self.room.run(
                f"{translate.__module__}:translate", source_file, name="", reception=reception
            )
        found = reception.reading()
        if found.status != "read":
            raise UnreadableFile(found.reason)


def why_not(folder: Path | None, source: str, target: str) -> ProgramMissing | UsageError | None:
    """What a draft by a program waits for; None when it can be made."""
    if find_spec("ctranslate2") is None or find_spec("sentencepiece") is None:
        return ProgramMissing(
            "No program translates here: CTranslate2 is not installed.",
            next_step="Install it with: pip install 'amparo[translation]'",
        )
    if folder is None:
        return UsageError(
            "No program translates here: no translation models are named.",
            next_step="Set AMPARO_TRANSLATION_MODELS to a folder of models, then start again.",
        )
    if not source:
        return UsageError(
            "A program must know the language of the original.",
            next_step="Say which language the file is in.",
        )
    if not any(each.translates(source, target) for each in models_in(folder)):
        return UsageError(
            "No model here translates between these languages.",
            next_step="Put one into the folder of models.",
        )
    return None


def _limits(texts: int, files: Iterable[Path]) -> Limits:
    size = sum(path.stat().st_size for path in files)
    seconds = 300.0 + SECONDS_A_TEXT * texts
    return Limits(seconds=seconds, cpu_seconds=seconds, memory=_MEMORY + 3 * size)
