"""Write the table of every rule into docs/deadlines.md; ``--check`` says whether it is as it is."""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

from amparo.deadlines import Rule, rulebook

PAGE = Path(__file__).parent.parent / "docs" / "deadlines.md"
BEGIN, END = "<!-- rules: made by tools/rules_table.py -->", "<!-- end of the rules -->"
SURE = {
    "primary": "read in the text",
    "secondary": "secondary source",
    "unverified": "not verified",
}


def table() -> str:
    """The rulebook by body, a line a rule."""
    lines = []
    for body, rules in groupby(rulebook().values(), key=lambda rule: rule.body):
        lines += [f"\n### {body}\n", "| rule | what it says | status | how sure | sources |"]
        lines += ["|---|---|---|---|---|", *(_line(rule) for rule in rules)]
    return "\n".join(lines) + "\n"


def page_with(made: str) -> str:
    """The page with the table between its marks."""
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    return f"{before}{BEGIN}\n{made}\n{END}{rest.partition(END)[2]}"


def _line(rule: Rule) -> str:
    sources = "; ".join(f"{each.citation} ({SURE[each.confidence]})" for each in rule.sources)
    cells = (f"`{rule.id}` {rule.title}", rule.says, rule.status, SURE[rule.confidence], sources)
    return f"| {' | '.join(' '.join(cell.split()).replace('|', '/') for cell in cells)} |"


def main() -> int:
    whole = page_with(table())
    if "--check" in sys.argv:
        return int(whole != PAGE.read_text("utf-8"))
    PAGE.write_text(whole, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
