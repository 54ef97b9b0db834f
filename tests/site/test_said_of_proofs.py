"""Every sentence that the proofs say is listed for translation."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import amparo.evidence.proofs
from amparo.extract.web.proof_words import SOURCES
from amparo.site.said import said
from amparo.site.said.proofs import PROOF_SENTENCES

HERE = Path(amparo.evidence.proofs.__file__).parent
SKELETONS = {re.sub(r"%\(\w+\)s", "{}", each) for each in PROOF_SENTENCES}


def sentences() -> Iterator[str]:
    """Texts in the code that read as sentences, with ``{}`` for what varies."""
    for path in sorted(HERE.glob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        inside = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in ast.walk(node)
            if part is not node
        }
        for node in ast.walk(tree):
            text = _text(node) if id(node) not in docs | inside else ""
            if path.name != "keys.py" and re.search(r"\w \w.*\.$", text, re.DOTALL):
                yield text


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{\w+\}", "{}", node.value)
    return ""


def test_every_sentence_is_listed() -> None:
    found = {_with_what(text) for text in sentences() if not text.startswith('"')}
    assert found, "no sentence was found at all"
    assert found <= SKELETONS | {_with_what(each) for each in SKELETONS}


def _with_what(text: str) -> str:
    """Two sentences name what was signed, "file" or "proof sheet", and are listed for each."""
    return (
        text.replace("The file ", "The {} ")
        .replace("The proof sheet ", "The {} ")
        .replace("fit the file:", "fit the {}:")
        .replace("fit the proof sheet:", "fit the {}:")
    )


def test_every_source_has_a_word_on_the_page() -> None:
    sources = tomllib.loads((HERE / "sources.toml").read_text("utf-8"))
    assert set(sources) == set(SOURCES)
    assert {each["name"] for each in sources.values()} == {str(each) for each in SOURCES.values()}


def test_english_stays_as_it_is() -> None:
    assert said("Camera (EXIF) and Tella agree to within two minutes.").startswith("Camera")
