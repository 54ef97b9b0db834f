"""Files of a matter are found by what an index calls them, or the row is named."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import pytest

from amparo.filing.bundle.index import BadIndex, IndexRow
from amparo.filing.web.queries.bundles import find_items
from tests.evidence.web.workspaces import add_child, add_files

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

FILES = {
    "client/Informe médico.pdf": b"one",
    "client/scan.pdf": b"two",
    "court/scan.pdf": b"three",
    "mail/سند.eml": b"four",
    "client/copy/two.pdf": b"two",
}


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    made = add_files(matter, personas.owner, FILES)
    made["inside"] = add_child(made["mail/سند.eml"], "photo.jpg", b"five", personas.owner)
    return made


def row(file: str, number: int = 2) -> IndexRow:
    return IndexRow(number, "A", file, "x", None)


def path_of(matter: Matter, file: str) -> str:
    (item,) = find_items(matter, [row(file)])
    return item.path


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("client/Informe médico.pdf", "client/Informe médico.pdf"),
        ("Informe médico.pdf", "client/Informe médico.pdf"),
        (unicodedata.normalize("NFD", "Informe médico.pdf"), "client/Informe médico.pdf"),
        ("informe MÉDICO.pdf".casefold(), "client/Informe médico.pdf"),
        ("./court/scan.pdf", "court/scan.pdf"),
        ("court\\scan.pdf", "court/scan.pdf"),
        ("سند.eml", "mail/سند.eml"),
        ("mail/سند.eml/photo.jpg", "photo.jpg"),
        ("photo.jpg", "photo.jpg"),
        ("client/copy/two.pdf", "client/scan.pdf"),
    ],
)
def test_a_file_is_found_by_path_and_by_name(
    file: str, path: str, matter: Matter, items: dict[str, Item]
) -> None:
    assert path_of(matter, file) == path


def test_what_is_missing_and_what_is_unclear_is_named_row_by_row(
    matter: Matter, items: dict[str, Item]
) -> None:
    with pytest.raises(BadIndex) as caught:
        find_items(matter, [row("scan.pdf", 2), row("nowhere.pdf", 3), row("سند.eml", 4)])
    first, second = caught.value.problems
    assert (first.row, second.row) == (2, 3)
    assert "may be 2 files: “client/scan.pdf”, “court/scan.pdf”" in first.says
    assert "No file of the matter is called “nowhere.pdf”" in second.says


def test_another_matters_files_are_not_found(
    matter: Matter, items: dict[str, Item], personas: Personas
) -> None:
    from amparo.matters.web.actions import open_matter

    other = open_matter("Other", acting_user=personas.owner)
    with pytest.raises(BadIndex):
        find_items(other, [row("Informe médico.pdf")])
