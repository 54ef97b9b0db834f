"""Labels for physical exhibits: a QR code and the least that a stranger may read on a bag.

The code is ``urn:uuid:`` and the exhibit's id: it says nothing without the workspace, and calls
nobody. Set on paper by ``labels.typ`` in a grid that label sheets have.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import resources
from uuid import UUID

import segno

from amparo.base.errors import UsageError
from amparo.base.typeset import typeset

__all__ = ["LABELS", "SHEETS", "Label", "Sheet", "code_of", "id_in", "set_labels"]

MOST = 500
_PREFIX = "urn:uuid:"

LABELS: Mapping[str, str] = {
    "title": "Labels of exhibits",
    "exhibit": "Exhibit",
    "seal": "Seal",
    "open": "If found, do not open.",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Labels on a page: paper, columns and rows, margins and gaps in millimetres."""

    paper: str
    columns: int
    rows: int
    margin_x: float
    margin_y: float
    gap_x: float


SHEETS: Mapping[str, Sheet] = {
    "a4-21": Sheet("a4", 3, 7, 7.2, 15.1, 2.5),
    "letter-20": Sheet("us-letter", 2, 10, 4.0, 12.7, 4.8),
    "a4-8": Sheet("a4", 2, 4, 5.0, 13.1, 2.0),
}
"""Common sheets: 63.5 x 38.1 mm, 4 x 1 inch, and 99 x 67.7 mm."""


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says. ``line`` is a remark of its own, and may be empty."""

    id: str
    code: str
    matter: str
    kind: str
    seal: str = ""
    line: str = ""


def code_of(exhibit: UUID | str) -> str:
    """What the QR code of an exhibit holds."""
    return f"{_PREFIX}{UUID(str(exhibit))}"


def id_in(scanned: str) -> UUID:
    """The id in what a scanner read. UsageError for anything else."""
    text = scanned.strip()
    try:
        return UUID(text.removeprefix(_PREFIX) if text.lower().startswith(_PREFIX) else text)
    except ValueError as error:
        raise UsageError(
            "This is not the code of an exhibit.", next_step="Scan it again, or type its number."
        ) from error


def set_labels(
    labels: Sequence[Label],
    *,
    sheet: str = "a4-21",
    skip: int = 0,
    words: Mapping[str, str] = LABELS,
    language: str = "en",
) -> bytes:
    """The PDF of the labels; ``skip`` leaves the first places of a used sheet free."""
    layout = SHEETS.get(sheet)
    if layout is None:
        raise UsageError(f"There is no sheet {sheet!r}.", next_step=f"Choose: {', '.join(SHEETS)}.")
    if len(labels) > MOST:
        raise UsageError(f"At most {MOST} labels are set at once.", next_step="Choose fewer.")
    source = resources.files("amparo.evidence.custody").joinpath("labels.typ").read_text("utf-8")
    inputs: dict[str, object] = {
        "language": language,
        "labels": dict(words),
        "sheet": asdict(layout),
        "skip": max(0, min(skip, layout.columns * layout.rows - 1)),
        "exhibits": [{**asdict(label), "qr": _modules(label.id)} for label in labels],
    }
    return typeset(source, inputs=inputs)


def _modules(exhibit: str) -> str:
    """The QR code as an SVG of its dark squares, error correction M, with its quiet zone."""
    out = io.BytesIO()
    segno.make(code_of(exhibit), error="m", micro=False).save(out, kind="svg", border=2)
    return out.getvalue().decode()
