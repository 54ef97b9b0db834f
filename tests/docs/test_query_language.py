from amparo.search.fields import FIELDS
from amparo.search.kinds import KINDS
from amparo.search.query import parse
from tests.docs.pages import ROOT, code_spans, section

PAGE = (ROOT / "docs" / "query-language.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    lines = [line for line in section(PAGE, heading).splitlines() if line.startswith("| `")]
    return [[cell.strip() for cell in line.replace("\\|", "\0").split("|")[1:-1]] for line in lines]


def test_every_example_is_understood():
    examples = [code_spans(row[0])[0].replace("\0", "|") for row in rows("Words") + rows("Fields")]
    examples += code_spans(section(PAGE, "Dates"))
    assert len(examples) > 20
    for example in examples:
        query = parse(example)
        assert query.root is not None, example
        assert query.notes == (), (example, query.notes)


def test_the_fields_are_those_of_the_program():
    told = {}
    for example, also, _ in rows("Fields"):
        told[code_spans(example)[0].partition(":")[0]] = set(code_spans(also))
    assert told == {field: {*words} - {field} for field, words in FIELDS.items()}


def test_the_kinds_are_those_of_the_program():
    listed = next(row[2] for row in rows("Fields") if row[0].startswith("`type"))
    words = listed.partition(": ")[2].split(", ")
    assert set(words) == set(KINDS)
