"""Translation models as folders, which the user names; nothing is ever fetched.

``AMPARO_TRANSLATION_MODELS`` is a folder with a folder for each model, in the CTranslate2 form
(``model.bin`` with its vocabulary) and with SentencePiece files beside it. Three kinds are known:

- an OPUS-MT model as ``ct2-transformers-converter`` makes it, with its ``source.spm`` and
  ``target.spm`` copied; its languages are those of its name, ``opus-mt-es-en``;
- an Argos Translate package (``metadata.json``, ``sentencepiece.model``, ``model/``), unpacked;
- an NLLB model with its ``sentencepiece.bpe.model``.

A file ``languages.toml`` says the languages where the name does not, and the tags of a model with
many: ``[from]`` and ``[into]``, each ``es = "spa_Latn"`` (or ``es = ""`` for none).
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from amparo.base.errors import UsageError
from amparo.base.languages import language

__all__ = ["Model", "model_in", "models_in"]

_OPUS = re.compile(r"opus-mt(?:-tc)?(?:-big)?-([a-z]{2,3})-([a-z]{2,3})", re.IGNORECASE)
_WEIGHTS = "model.bin"
_PIECES = (
    ("source.spm", "target.spm"),
    ("sentencepiece.model", "sentencepiece.model"),
    ("sentencepiece.bpe.model", "sentencepiece.bpe.model"),
)


@dataclass(frozen=True, slots=True)
class Model:
    """A model: its folder, where its files lie, and from which languages into which.

    ``sources`` and ``targets`` give each language's tag, "" where the model has none. ``ends`` is
    whether a sentence is given to it with the sign of its end.
    """

    folder: Path
    weights: Path
    pieces: tuple[Path, Path]
    sources: Mapping[str, str]
    targets: Mapping[str, str]
    ends: bool = field(default=True)

    @property
    def name(self) -> str:
        """The folder's name."""
        return self.folder.name

    def translates(self, source: str, target: str) -> bool:
        """Whether it is made for this pair of languages."""
        return source in self.sources and target in self.targets and source != target

    def files(self) -> dict[str, Path]:
        """What a worker needs of it: the weights' folder under ``model/``, and the pieces."""
        found = {
            f"model/{path.name}": path
            for path in sorted(self.weights.iterdir())
            if path.is_file() and (path.name == _WEIGHTS or path.suffix in {".json", ".txt"})
        }
        return {**found, "source": self.pieces[0], "target": self.pieces[1]}

    def sha256(self) -> str:
        """The digest of the whole: of a line (SHA-256, two spaces, name) for each of its files."""
        lines = [f"{_digest(path, *_state(path))}  {name}\n" for name, path in self.files().items()]
        return hashlib.sha256("".join(lines).encode()).hexdigest()


def models_in(folder: Path | None) -> list[Model]:
    """The models in a folder, by name; what is no model is passed over."""
    if folder is None or not folder.is_dir():
        return []
    return list(_models(folder))


def model_in(folder: Path | None, name: str) -> Model:
    """The model of this name. UsageError."""
    found = next((each for each in models_in(folder) if each.name == name), None)
    if found is None:
        raise UsageError(f"There is no translation model called {name}.")
    return found


def _models(folder: Path) -> Iterator[Model]:
    for each in sorted(folder.iterdir()):
        try:
            found = _model(each)
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if found is not None:
            yield found


def _model(folder: Path) -> Model | None:
    weights = folder / "model" if (folder / "model" / _WEIGHTS).is_file() else folder
    pieces = next(
        ((a, b) for a, b in _PIECES if (folder / a).is_file() and (folder / b).is_file()), None
    )
    if not (weights / _WEIGHTS).is_file() or pieces is None:
        return None
    sources, targets = _languages(folder)
    return Model(
        folder=folder,
        weights=weights,
        pieces=(folder / pieces[0], folder / pieces[1]),
        sources=sources,
        targets=targets,
        ends=not (folder / "metadata.json").is_file() and not _ends_itself(weights),
    )


def _languages(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """From which languages into which; ValueError where nothing says so."""
    said, argos = folder / "languages.toml", folder / "metadata.json"
    if said.is_file():
        told = tomllib.loads(said.read_text("utf-8"))
        return _tags(told["from"]), _tags(told["into"])
    if argos.is_file():
        about = json.loads(argos.read_text("utf-8"))
        return _tags({about["from_code"]: ""}), _tags({about["to_code"]: ""})
    match = _OPUS.search(folder.name)
    if match is None:
        raise ValueError("nothing says which languages it is for")
    return _tags({match[1].lower(): ""}), _tags({match[2].lower(): ""})


def _tags(told: Mapping[str, Any]) -> dict[str, str]:
    return {language(code).code: str(tag) for code, tag in told.items()}


def _ends_itself(weights: Path) -> bool:
    """Whether the model adds the sign of a sentence's end itself."""
    config = weights / "config.json"
    return config.is_file() and json.loads(config.read_text("utf-8")).get("add_source_eos") is True


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


@lru_cache(maxsize=64)
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
