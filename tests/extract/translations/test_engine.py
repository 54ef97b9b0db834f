"""The real engine on a real, tiny model: found, told apart, run in a confined worker."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from amparo.base.errors import Cancelled, UnreadableFile, UsageError
from amparo.extract.sandbox import Sandbox
from amparo.extract.translations import engine as engines
from amparo.extract.translations.engine import LocalModel, why_not
from amparo.extract.translations.machine import BEAM, most_pieces
from amparo.extract.translations.models import Model, model_in, models_in
from tests.extract.translations.tiny_model import tiny_model

TEXTS = ["Comparece Yusuf Talmarin y dice la verdad. Acta de nacimiento.", "la verdad"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models: one as OPUS-MT, one of many languages, an Argos package, and none."""
    root = tmp_path_factory.mktemp("models")
    tiny_model(root / "opus-mt-es-en")
    told = '[from]\nes = "▁la"\n[into]\nen = "▁y"\nuk = "▁de"\n'
    tiny_model(root / "many", more={"languages.toml": told})
    argos = tiny_model(root / "translate-fr_en" / "model").parent
    (argos / "model" / "source.spm").rename(argos / "sentencepiece.model")
    (argos / "metadata.json").write_text(json.dumps({"from_code": "fr", "to_code": "en"}))
    (root / "nothing").mkdir()
    return root


def drafted(model: Model, room: Sandbox, texts: list[str], source: str, target: str) -> list[str]:
    found: dict[int, str] = {}
    LocalModel.of(model, room).translate(texts, source, target, found.__setitem__)
    return [found[number] for number in range(len(texts))]


def by_itself(model: Model, *sentences: str) -> str:
    """What CTranslate2 says when it is asked directly."""
    import ctranslate2
    import sentencepiece

    pieces = sentencepiece.SentencePieceProcessor(model_file=str(model.pieces[0]))
    translator = ctranslate2.Translator(str(model.weights), intra_threads=1)
    given = [[*pieces.encode(sentence, out_type=str), "</s>"] for sentence in sentences]
    results = translator.translate_batch(
        given, beam_size=BEAM, max_decoding_length=most_pieces(given)
    )
    return " ".join(str(pieces.decode(result.hypotheses[0])).strip() for result in results)


def test_models_are_told_apart_by_their_files(folder: Path) -> None:
    found = {each.name: each for each in models_in(folder)}
    assert list(found) == ["many", "opus-mt-es-en", "translate-fr_en"]
    assert found["opus-mt-es-en"].translates("es", "en")
    assert not found["opus-mt-es-en"].translates("en", "es")
    assert found["many"].translates("es", "uk")
    assert found["translate-fr_en"].translates("fr", "en")
    assert [each.ends for each in found.values()] == [True, True, False]
    with pytest.raises(UsageError, match="no translation model called nothing"):
        model_in(folder, "nothing")


def test_a_changed_weight_is_another_model(tmp_path: Path) -> None:
    model = model_in(tiny_model(tmp_path / "opus-mt-es-en").parent, "opus-mt-es-en")
    before = model.sha256()
    assert model.sha256() == before
    weights = model.weights / "model.bin"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x7f")
    assert model.sha256() != before


def test_the_worker_says_what_the_engine_says_by_itself(folder: Path, room: Sandbox) -> None:
    model = model_in(folder, "opus-mt-es-en")
    sentences = ("Comparece Yusuf Talmarin y dice la verdad.", "Acta de nacimiento.")
    expected = by_itself(model, *sentences)
    assert drafted(model, room, TEXTS, "es", "en") == [expected, by_itself(model, "la verdad")]
    assert len(expected) > 10


def test_tags_and_the_sign_of_the_end_change_what_is_said(folder: Path, room: Sandbox) -> None:
    many, plain = model_in(folder, "many"), model_in(folder, "opus-mt-es-en")
    into_english = drafted(many, room, TEXTS, "es", "en")
    assert into_english != drafted(many, room, TEXTS, "es", "uk")
    assert into_english != drafted(plain, room, TEXTS, "es", "en")
    assert len(drafted(model_in(folder, "translate-fr_en"), room, TEXTS, "fr", "en")) == 2


def test_every_line_will_name_the_engine_and_the_model(folder: Path, room: Sandbox) -> None:
    model = model_in(folder, "opus-mt-es-en")
    mark = LocalModel.of(model, room).mark
    assert (mark.tool, mark.model, mark.sha256) == ("CTranslate2", "opus-mt-es-en", model.sha256())
    assert mark.version in mark.name
    assert not mark.seen


def test_it_can_be_stopped_after_any_text(folder: Path, room: Sandbox) -> None:
    heard: list[int] = []

    def stop(number: int, _text: str) -> None:
        heard.append(number)
        raise Cancelled("The work was stopped.")

    engine = LocalModel.of(model_in(folder, "opus-mt-es-en"), room)
    with pytest.raises(Cancelled):
        engine.translate(TEXTS, "es", "en", stop)
    assert heard == [0]


def test_a_broken_model_is_told_and_harms_nothing(tmp_path: Path, room: Sandbox) -> None:
    model = model_in(tiny_model(tmp_path / "opus-mt-es-en").parent, "opus-mt-es-en")
    (model.weights / "model.bin").write_bytes(b"no model at all")
    with pytest.raises(UnreadableFile, match="cannot be used"):
        drafted(model, room, TEXTS, "es", "en")


def test_what_is_lacking_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert why_not(folder, "es", "en") is None
    for asked, said in {
        (folder, "en", "es"): "No model here translates",
        (folder, "", "en"): "must know the language",
        (None, "es", "en"): "no translation models are named",
    }.items():
        assert said in str(why_not(*asked))
    monkeypatch.setattr(engines, "find_spec", lambda _name: None)
    assert "pip install 'amparo[translation]'" in str(why_not(folder, "es", "en"))


def test_a_model_does_not_translate_what_it_is_not_made_for(folder: Path, room: Sandbox) -> None:
    with pytest.raises(UsageError, match="between these languages"):
        drafted(model_in(folder, "opus-mt-es-en"), room, TEXTS, "ru", "en")
