"""Recordings are kept, say what they are, and say that nobody has read them."""

import io
import wave

import pytest

from amparo.base.errors import UnreadableFile
from amparo.extract.readers import media
from tests.extract.builders import pages_of, read_with


def _sound(seconds: int = 2) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(2 * 8000 * seconds))
    return out.getvalue()


def test_a_recording_is_partly_read() -> None:
    reading = read_with(media, _sound())
    assert reading.status == "partial"
    assert reading.reason == "A recording: it is kept and sealed; its content is not read yet."
    assert reading.metadata["media:seconds"] == "2.00"
    assert "media:seconds: 2.00" in pages_of(reading)[0].text


def test_nothing_is_no_recording() -> None:
    with pytest.raises(UnreadableFile):
        read_with(media, b"")
