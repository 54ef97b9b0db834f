"""Documents of the sample matter as PDF pages, set from a list of blocks in YAML."""

from __future__ import annotations

import io
import random
from functools import cache
from importlib.resources import files
from typing import Any

import pikepdf
import yaml

from amparo.base.typeset import typeset

__all__ = ["card", "document", "form", "protected", "signature_points", "text", "truncated"]

_HERE = files(__package__)


def document(name: str) -> bytes:
    """The PDF, with its text layer, of ``texts/<name>.yaml``."""
    content = text(name)
    return typeset(_template("document"), inputs={**content, "blocks": _signed(content["blocks"])})


def form(name: str) -> bytes:
    """The PDF of a filled page of the invented form."""
    content = text(name)
    points = signature_points(content["signature_by"])
    return typeset(_template("form"), inputs={**content, "points": points})


def card(name: str) -> bytes:
    """The PDF of an identity card or a ticket, one small page."""
    return typeset(_template("card"), inputs=text(name))


def protected(pdf: bytes, password: str) -> bytes:
    """The same PDF, to be opened with a password only.

    The old RC4 cipher is chosen because it needs no random bytes: the file is the same each time.
    """
    made = io.BytesIO()
    secret = pikepdf.Encryption(owner=password, user=password, R=3, aes=False, metadata=False)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(made, encryption=secret, static_id=True)
    return made.getvalue()


def truncated(pdf: bytes, part: float = 0.45) -> bytes:
    """The first part of a file, as a broken transfer leaves it."""
    return pdf[: int(len(pdf) * part)]


def text(name: str) -> dict[str, Any]:
    """The content of ``texts/<name>.yaml``."""
    loaded: dict[str, Any] = yaml.safe_load((_HERE / "texts" / f"{name}.yaml").read_text("utf-8"))
    return loaded


def signature_points(name: str) -> list[list[float]]:
    """Points of a pen line for a person's name: always the same for the same name."""
    pen = random.Random(f"signature of {name}")  # noqa: S311  # a drawing, not a secret
    base, points = pen.uniform(0.55, 0.7), [[0.0, pen.uniform(0.3, 0.6)]]
    points += [[0.1, 0.05], [pen.uniform(0.02, 0.09), 0.95], [0.2, pen.uniform(0.1, 0.3)]]
    x = 0.2
    while x < pen.uniform(0.6, 0.85):
        x += pen.uniform(0.025, 0.07)
        tall = pen.choice([0.1, 0.14, 0.18, 0.45])
        points += [[x, base - tall], [x + pen.uniform(-0.015, 0.02), base + pen.uniform(0.0, 0.12)]]
    if pen.random() < 0.5:
        points += [[0.98, base], [0.7, 0.98], [0.1, 0.9]]
    return [*points, [min(1.0, points[-1][0] + 0.12), points[-1][1] - 0.08], [1.0, base]]


def _signed(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks, each signature with the line of the person who signs."""
    return [
        {**block, "signed": {**block["signed"], "points": signature_points(block["signed"]["by"])}}
        if "signed" in block
        else block
        for block in blocks
    ]


@cache
def _template(name: str) -> str:
    return (_HERE / "templates" / f"{name}.typ").read_text("utf-8")
