"""Translation by a model, in a worker: CTranslate2 over SentencePiece, an extra.

Runs confined, without network and without files: the model and the texts come in one parcel.
Sentence by sentence (``sentences``), beam search of ``BEAM``; the same model and words give the
same translation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any, BinaryIO

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Limits, PageText, Reading
from amparo.extract.translations.parcel import unpack
from amparo.extract.translations.sentences import sentences

__all__ = ["BEAM", "TOOL", "most_pieces", "translate"]

TOOL = "CTranslate2"
BEAM = 4
MOST_PIECES = 500
_AT_ONCE = 16
_END = "</s>"


def translate(file: BinaryIO, name: str, limits: Limits) -> Reading:
    """Translate the texts of a parcel: each is a page of the reading, in their order.

    The parcel's head says ``texts``, ``source_tag`` and ``target_tag`` ("" for none), and ``ends``.
    UnreadableFile when the model cannot be used.
    """
    del name, limits
    head, files = unpack(file)
    engine = _Engine(head, files)
    pages = (
        PageText(number, 0, 0, engine.translated(text))
        for number, text in enumerate(head["texts"], 1)
    )
    return Reading(pages=pages, tool=TOOL, tool_version=version("ctranslate2"))


def most_pieces(given: Sequence[Sequence[str]]) -> int:
    """How many pieces a translation of these may have: a model that goes round in circles ends."""
    return min(MOST_PIECES, 30 + 3 * max(map(len, given)))


class _Engine:
    """A model in memory."""

    def __init__(self, head: Mapping[str, Any], files: Mapping[str, bytes]) -> None:
        import ctranslate2
        import sentencepiece

        self._before = [head["source_tag"]] if head["source_tag"] else []
        self._after = [_END] if head["ends"] else []
        self._tag: str = head["target_tag"]
        weights = {key.removeprefix("model/"): data for key, data in files.items() if "/" in key}
        try:
            self._source = sentencepiece.SentencePieceProcessor(model_proto=files["source"])
            self._target = sentencepiece.SentencePieceProcessor(model_proto=files["target"])
            self._model = ctranslate2.Translator(
                "model", device="cpu", inter_threads=1, intra_threads=1, files=weights
            )
        except (RuntimeError, ValueError, KeyError) as error:
            raise UnreadableFile(f"The translation model cannot be used: {error}.") from error

    def translated(self, text: str) -> str:
        """A text in the other language, its sentences parted by spaces."""
        given = [self._pieces(sentence) for sentence in sentences(text)]
        batches = (given[at : at + _AT_ONCE] for at in range(0, len(given), _AT_ONCE))
        return " ".join(words for batch in batches for words in self._batch(batch) if words)

    def _pieces(self, sentence: str) -> list[str]:
        found: list[str] = self._source.encode(sentence, out_type=str)
        return [*self._before, *found[:MOST_PIECES], *self._after]

    def _batch(self, given: Sequence[list[str]]) -> Iterator[str]:
        prefix = [[self._tag]] * len(given) if self._tag else None
        results = self._model.translate_batch(
            list(given),
            target_prefix=prefix,
            beam_size=BEAM,
            max_decoding_length=most_pieces(given),
        )
        for result in results:
            pieces = [piece for piece in result.hypotheses[0] if piece not in {self._tag, _END}]
            yield self._target.decode(pieces).strip()
