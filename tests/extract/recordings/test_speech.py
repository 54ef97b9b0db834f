"""The speech model: what it waits for, and that it is asked to stay on this computer."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from amparo.base.errors import ProgramMissing, UsageError
from amparo.extract.recordings import speech
from amparo.extract.recordings.samples import RATE, samples
from amparo.extract.recordings.transcripts import Line
from tests.extract.builders import LIMITS
from tests.extract.recordings.films import film, sound


class FakeModel:
    """Stands for ``faster_whisper.WhisperModel`` and notes how it was asked."""

    asked: dict[str, Any] = {}

    def __init__(self, folder: str, **settings: Any) -> None:
        FakeModel.asked = {"folder": folder, **settings, "offline": os.environ["HF_HUB_OFFLINE"]}

    def transcribe(self, heard: np.ndarray, **settings: Any) -> tuple[list[Any], None]:
        FakeModel.asked |= settings
        said = [(0.0, 1.2345, " We were\n told. "), (1.3, 1.3, "nothing"), (2.0, 3.0, "  ")]
        return [SimpleNamespace(start=a, end=b, text=text) for a, b, text in said], None


@pytest.fixture
def model(tmp_path: Path, monkeypatch) -> Path:
    """A folder with a model, and the program that reads it."""
    module = ModuleType("faster_whisper")
    module.WhisperModel = FakeModel  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "faster_whisper", module)
    monkeypatch.setattr(speech, "find_spec", lambda _name: object())
    monkeypatch.setattr(speech, "version", lambda _name: "1.2")
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    (tmp_path / "model.bin").write_bytes(b"weights")
    return tmp_path


def test_the_model_is_read_from_its_folder_and_nothing_is_fetched(model: Path) -> None:
    engine = speech.whisper(model)
    heard = list(engine.hear(np.zeros(RATE, np.float32), ""))
    assert heard == [Line(0.0, 1.234, "We were told.")]
    asked = FakeModel.asked
    assert (asked["folder"], asked["local_files_only"], asked["offline"]) == (str(model), True, "1")
    assert asked["language"] is None
    assert engine.settings["model sha256"].startswith("9a12")
    assert (engine.tool, engine.tool_version) == ("faster-whisper", "1.2")


def test_each_thing_that_is_missing_is_named(model: Path, tmp_path: Path, monkeypatch) -> None:
    assert speech.why_not(model) is None
    with pytest.raises(UsageError, match="no speech model is named"):
        speech.whisper(None)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(UsageError, match=r"“empty”: model\.bin is missing"):
        speech.whisper(empty)
    monkeypatch.setattr(speech, "find_spec", lambda _name: None)
    with pytest.raises(ProgramMissing, match="faster-whisper is not installed"):
        speech.whisper(model)


@pytest.mark.parametrize(("data", "length"), [(film(), 4.0), (sound(2), 2.0)])
def test_sound_is_given_as_the_model_wants_it(data: bytes, length: float) -> None:
    whole = samples(io.BytesIO(data), "", LIMITS, start=0.0, length=1800.0)
    heard = np.frombuffer(next(iter(whole.children)).data, np.int16)
    assert abs(len(heard) / RATE - length) < 0.1
    later = samples(io.BytesIO(data), "", LIMITS, start=length / 2, length=0.5)
    part = np.frombuffer(next(iter(later.children)).data, np.int16)
    assert abs(len(part) / RATE - 0.5) < 0.05
    assert np.abs(part[RATE // 4 :]).max() > 10_000  # the loud half
    after = samples(io.BytesIO(data), "", LIMITS, start=1800.0, length=1800.0)
    assert len(next(iter(after.children)).data) < 3200
