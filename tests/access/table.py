"""The table of paths and personas: read, completed, and written as a page of the documentation.

``python -m tests.access.table`` writes docs/access.md anew; a test holds the page to the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

__all__ = ["ANSWERS", "PERSONAS", "Row", "page", "rows"]

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "access.md"
ANSWERS = ("yes", "no", "hidden", "sign in")
METHODS = ("GET", "POST")
MARKS = {"yes": "●", "no": "no", "hidden": "–", "sign in": "sign in"}
_DATA = yaml.safe_load((HERE / "paths.yaml").read_text("utf-8"))
PERSONAS: dict[str, str] = _DATA["personas"]


@dataclass(frozen=True)
class Row:
    """One view with one method: what each persona is answered, and whether it asks again."""

    view: str
    method: str
    answers: dict[str, str]
    asks: bool


def rows() -> Iterator[Row]:
    """Every line of the table; ``ValueError`` for one that leaves a cell open."""
    for view, said in _DATA["paths"].items():
        unknown = set(said) - {*METHODS, "asks"}
        if unknown:
            raise ValueError(f"{view}: {unknown} means nothing")
        for method in METHODS:
            if method in said:
                yield Row(view, method, _answers(said[method]), method in said.get("asks", ()))


def page(addresses: Mapping[str, str]) -> str:
    """docs/access.md; ``addresses`` gives each view's own."""
    heads = ["address", "", *PERSONAS, "asks again"]
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for row in rows():
        cells = [MARKS[row.answers[who]] for who in PERSONAS]
        asks = "yes" if row.asks else ""
        lines.append(
            "| " + " | ".join([f"`{addresses[row.view]}`", row.method, *cells, asks]) + " |"
        )
    people = "\n".join(f"- **{name}**: {words}" for name, words in PERSONAS.items())
    words = (HERE / "words.md").read_text("utf-8")
    return words.format(people=people, table="\n".join(lines))


def _answers(line: str) -> dict[str, str]:
    told = _DATA["answers"][line]
    answers = {who: told.get(who, told.get("all")) for who in PERSONAS}
    wrong = [who for who, answer in answers.items() if answer not in ANSWERS]
    if wrong:
        raise ValueError(f"{line}: no answer for {', '.join(wrong)}")
    return answers


def main() -> None:
    """Write the page."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tests.access.addresses import ADDRESSES

    PAGE.write_text(page({view: path for view, (path, _names) in ADDRESSES.items()}), "utf-8")


if __name__ == "__main__":
    main()
