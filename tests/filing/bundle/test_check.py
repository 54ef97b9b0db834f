"""Each comparison of the check fails when what it compares was changed."""

import io
import json

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String

from amparo.base import canonical
from amparo.base.errors import VerificationError
from amparo.filing.bundle.check import RULES, check
from tests.filing.bundle.builders import bundle, claims, exhibit, pdf


@pytest.fixture(scope="module")
def made():
    return bundle([exhibit(pdf(2), "A", "Letter"), exhibit(pdf(1), "B", "Note")])


def report_of(made, data, manifest=None, limit=0):
    _, produced = made
    file = io.BytesIO(data)
    return check([("bundle.pdf", file)], manifest or produced.manifest, limit=limit)


def data_of(made):
    made[1].volumes[0].file.seek(0)
    return made[1].volumes[0].file.read()


def changed(made, change):
    """The bundle after ``change`` was done to it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data_of(made))) as document:
        change(document)
        document.save(out, compress_streams=False)
    return out.getvalue()


def rules(report):
    return {finding.rule for finding in report.findings}


def links(document, page, kind):
    return [
        link
        for link in document.pages[page].obj.Annots
        if str(link.get("/NM", "")).startswith(f"amparo:{kind}/")
    ]


def remove_number(document):
    page = document.pages[3].obj
    page.Contents = Array(list(page.Contents)[:-1])


def shift_number(document):
    content = document.pages[3].obj.Contents[-1]
    content.write(content.read_bytes().replace(b" cm ", b" cm 1 0 0 1 -9 0 cm "))


def change_label(document):
    document.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=2)]))


def lead_index_astray(document):
    for link in links(document, 1, "pages"):
        link.Dest = Array([document.pages[0].obj, Name.Fit])


def unlink_index(document):
    kept = [link for link in document.pages[1].obj.Annots if "pages/0" not in str(link.NM)]
    document.pages[1].obj.Annots = Array(kept)


def empty_sheet(document):
    for stream in list(document.pages[2].obj.Contents)[1:-1]:
        stream.write(b"")


def unlink_sheet(document):
    del document.pages[2].obj.Annots


def lead_back_astray(document):
    for link in links(document, 2, "index"):
        link.Dest = Array([document.pages[3].obj, Name.Fit])


def move_bookmark(document):
    document.Root.Outlines.First.Next.Next.Dest = Array([document.pages[0].obj, Name.Fit])


def rename_bookmark(document):
    document.Root.Outlines.First.Next.Next.Title = String("Other")


def replace_index(document):
    """Give the index the words of another page, its links left in place."""
    streams = list(document.pages[1].obj.Contents)
    streams[1].write(b"")
    document.pages[1].obj.Contents = Array(streams)


CHANGES = [
    (remove_number, {"number"}),
    (shift_number, {"number"}),
    (change_label, {"page-label"}),
    (lead_index_astray, {"index-link"}),
    (unlink_index, {"index-line", "index-link"}),
    (replace_index, {"index-line"}),
    (empty_sheet, {"tab-sheet"}),
    (unlink_sheet, {"back-link"}),
    (lead_back_astray, {"back-link"}),
    (move_bookmark, {"bookmark"}),
    (rename_bookmark, {"bookmark"}),
]


def test_a_bundle_as_it_was_made_holds(made):
    report = report_of(made, data_of(made))
    assert report.holds
    report.require()
    assert report.compared["number"] == len(pikepdf.open(io.BytesIO(data_of(made))).pages)


def test_saving_it_unchanged_changes_nothing(made):
    assert rules(report_of(made, changed(made, lambda document: None))) == set()


@pytest.mark.parametrize(("change", "found"), CHANGES, ids=[c.__name__ for c, _ in CHANGES])
def test_what_was_changed_is_found(made, change, found):
    assert rules(report_of(made, changed(made, change))) == found


def test_a_page_too_few_is_found(made):
    def drop(document):
        del document.pages[-1]

    assert "page-count" in rules(report_of(made, changed(made, drop)))


def test_a_volume_too_large_is_found(made):
    report = report_of(made, data_of(made), limit=1000)
    assert rules(report) == {"volume-size"}
    with pytest.raises(VerificationError, match="got .* bytes, expected at most 1,000"):
        report.require()


def test_a_volume_that_does_not_open_is_found(made):
    assert "opens" in rules(report_of(made, data_of(made)[:400]))


def test_a_manifest_that_is_gone_or_another_is_found(made):
    data = data_of(made).replace(b"amparo-bundle/1", b"amparo-bundle/2")
    assert rules(report_of(made, data)) == {"manifest"}
    assert "manifest" in rules(report_of(made, data_of(made).replace(b"amparo:manifest", b"x")))


@pytest.mark.parametrize("move", [-1, 1])
def test_an_index_with_wrong_numbers_is_found(made, move):
    """The manifest says where an exhibit is; an index that says otherwise does not pass."""
    manifest = claims(made[1])
    manifest["exhibits"][0]["pages"][0]["last"] += move
    report = report_of(made, data_of(made), canonical.dumps(manifest).decode())
    assert "index-line" in rules(report)


def test_every_rule_is_seen_to_fail():
    seen = {"opens", "volume-size", "page-count", "manifest"}.union(
        *(rules for _, rules in CHANGES)
    )
    assert seen == set(RULES)


def test_findings_say_got_and_expected(made):
    (finding,) = report_of(made, changed(made, remove_number)).findings
    assert str(finding) == "bundle.pdf, page 4: got nothing, expected 4."


def test_the_manifest_is_canonical(made):
    text = made[1].manifest
    assert canonical.dumps(json.loads(text)).decode() == text


def test_other_text_where_the_number_stands_is_found(made):
    def write_over(document):
        page = document.pages[3].obj
        extra = Stream(document, b"q BT /F1 10 Tf 570 17 Td (7) Tj ET Q")
        page.Contents = Array([*page.Contents, extra])

    assert rules(report_of(made, changed(made, write_over))) == {"number"}
