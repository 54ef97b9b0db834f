"""A real translation model, made here in a moment: its weights are noise, always the same.

It says nothing sensible, but the real engine loads it, runs it and gives the same words each time.
"""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

import pytest

np = pytest.importorskip("numpy")

__all__ = ["tiny_model"]

WORDS = "comparece yusuf talmarin y dice la verdad acta de nacimiento the birth record tells truth"
WIDTH, INNER = 16, 32


def tiny_model(folder: Path, *, more: dict[str, str] | None = None) -> Path:
    """Make a model in ``folder``, as an OPUS-MT model is after its conversion."""
    reason = "the extra amparo[translation] is not installed"
    specs = pytest.importorskip("ctranslate2.specs", reason=reason)
    pieces, words = _pieces()
    spec = specs.TransformerSpec.from_config((1, 1), 2)
    noise = np.random.default_rng(7)
    for side in (spec.encoder, spec.decoder):
        _fill_side(side, noise, len(words), is_decoder=side is spec.decoder)
    spec.register_source_vocabulary(words)
    spec.register_target_vocabulary(words)
    spec.validate()
    folder.mkdir(parents=True)
    spec.save(str(folder))
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(pieces)
    for name, text in (more or {}).items():
        (folder / name).write_text(text)
    return folder


def _pieces() -> tuple[bytes, list[str]]:
    """A SentencePiece model of a few words, and its pieces."""
    sentencepiece = pytest.importorskip("sentencepiece")
    shuffled = random.Random(7)
    words = WORDS.split()
    lines = [" ".join(shuffled.sample(words, 6)) for _ in range(60)]
    made = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines),
        model_writer=made,
        vocab_size=60,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    known = sentencepiece.SentencePieceProcessor(model_proto=made.getvalue())
    return made.getvalue(), [known.id_to_piece(n) for n in range(known.get_piece_size())]


def _fill_side(side: Any, noise: Any, words: int, *, is_decoder: bool) -> None:
    embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
    embeddings.weight = noise.normal(0, 1, (words, WIDTH)).astype("float32")
    _fill_norm(side.layer_norm)
    for layer in side.layer:
        _fill_attention(layer.self_attention, noise, (3, 1))
        if is_decoder:
            _fill_attention(layer.attention, noise, (1, 2, 1))
        _fill_linear(layer.ffn.linear_0, noise, WIDTH, INNER)
        _fill_linear(layer.ffn.linear_1, noise, INNER, WIDTH)
        _fill_norm(layer.ffn.layer_norm)
    if is_decoder:
        _fill_linear(side.projection, noise, WIDTH, words)


def _fill_attention(attention: Any, noise: Any, widths: tuple[int, ...]) -> None:
    for linear, times in zip(attention.linear, widths, strict=True):
        _fill_linear(linear, noise, WIDTH, times * WIDTH)
    _fill_norm(attention.layer_norm)


def _fill_linear(linear: Any, noise: Any, given: int, gives: int) -> None:
    linear.weight = noise.normal(0, 0.6, (gives, given)).astype("float32")
    linear.bias = np.zeros(gives, "float32")


def _fill_norm(norm: Any) -> None:
    norm.gamma, norm.beta = np.ones(WIDTH, "float32"), np.zeros(WIDTH, "float32")
