"""Speech to text on this computer, by a model that the user names: faster-whisper, an extra.

The model is a folder in the CTranslate2 form (``model.bin``, ``config.json``, ``tokenizer.json``),
named by ``AMPARO_SPEECH_MODEL``. Nothing is fetched: without the folder there is no recognition.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from amparo.base.errors import ProgramMissing, UsageError
from amparo.extract.recordings.transcripts import Line

__all__ = ["SECTION", "Engine", "Sound", "whisper", "why_not"]

SECTION = 1800.0
"""How many seconds are heard at a time."""

Sound = np.ndarray[tuple[int], np.dtype[np.float32]]
_TOOL = "faster-whisper"


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that writes down speech. ``hear(sound, language)`` gives lines as they are heard.

    ``sound`` is 16,000 samples a second from -1 to 1; ``language`` is a code, "" to find it out.
    ``settings`` name the model: its folder's name and the SHA-256 of its weights.
    """

    tool: str
    tool_version: str
    settings: Mapping[str, str]
    hear: Callable[[Sound, str], Iterator[Line]]


def why_not(folder: Path | None) -> ProgramMissing | UsageError | None:
    """What recognition of speech waits for; None when it can be done."""
    if find_spec("faster_whisper") is None:
        return ProgramMissing(
            "Speech is not recognised here: faster-whisper is not installed.",
            next_step="Install it with: pip install 'amparo[speech]'",
        )
    if folder is None:
        return UsageError(
            "Speech is not recognised here: no speech model is named.",
            next_step="Set AMPARO_SPEECH_MODEL to the folder of a model, then start again.",
        )
    if not (folder / "model.bin").is_file():
        return UsageError(
            f"There is no speech model in “{folder.name}”: model.bin is missing.",
            next_step="Name the folder of a model in the CTranslate2 form.",
        )
    return None


def whisper(folder: Path | None) -> Engine:
    """The engine over a model's folder; raises what ``why_not`` says."""
    missing = why_not(folder)
    if missing is not None or folder is None:
        raise missing or UsageError("No speech model is named.")
    settings = {"model": folder.name, "model sha256": _digest(folder / "model.bin")}
    return Engine(_TOOL, version(_TOOL), settings, _Whisper(folder).hear)


class _Whisper:
    """The model, loaded when it first hears."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._model: Any = None

    def hear(self, sound: Sound, language: str) -> Iterator[Line]:
        segments, _info = self._loaded().transcribe(
            sound, language=language or None, vad_filter=True, condition_on_previous_text=False
        )
        for segment in segments:
            text = " ".join(segment.text.split())
            if text and segment.end > segment.start >= 0:
                yield Line(round(segment.start, 3), round(segment.end, 3), text)

    def _loaded(self) -> Any:
        if self._model is None:
            os.environ["HF_HUB_OFFLINE"] = "1"
            from faster_whisper import WhisperModel

            self._model = WhisperModel(
                str(self._folder), device="cpu", compute_type="int8", local_files_only=True
            )
        return self._model


@lru_cache(maxsize=4)
def _digest(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(2**20):
            whole.update(block)
    return whole.hexdigest()
