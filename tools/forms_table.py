"""Write the table of all field maps into docs/forms.md; ``--check`` says whether it is as it is."""

from __future__ import annotations

import sys
from pathlib import Path

from amparo.filing.forms.blank.agencies import agency_of
from amparo.filing.forms.maps import FormMap, known, load

PAGE = Path(__file__).parent.parent / "docs" / "forms.md"
BEGIN, END = "<!-- maps: made by tools/forms_table.py -->", "<!-- end of the maps -->"


def table() -> str:
    """A line a map: what it is of, how much it asks, how sure it is, its source and day."""
    lines = ["| form | edition | fields | questions | how it is known | source, checked | title |"]
    lines += ["|---|---|---|---|---|---|---|"]
    lines += [_line(load(name)) for _, name in sorted(known().items())]
    return "\n".join(lines) + "\n"


def page_with(made: str) -> str:
    """The page with the table between its marks."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{made}\n{END}{rest.partition(END)[2]}"


def _line(made: FormMap) -> str:
    questions = {question for asked in made.fields.values() for question in asked.questions}
    agency = agency_of(made.form)
    source = f"{agency.name if agency else 'unknown'}: {'; '.join(made.sources)}, {made.checked}"
    counts = str(len(made.fields)), str(len(questions))
    cells = (made.form, made.edition, *counts, made.reviewed, source, made.title)
    return f"| {' | '.join(' '.join(cell.split()).replace('|', '/') for cell in cells)} |"


def main() -> int:
    whole = page_with(table())
    if "--check" in sys.argv:
        return int(whole != PAGE.read_text("utf-8"))
    PAGE.write_text(whole, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
