"""Setting documents: data stays data, nothing is reached, the same bytes each time."""

import io
from datetime import UTC, datetime

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from amparo.base.errors import TypesettingFailed
from amparo.base.typeset import typeset

NOW = datetime(2026, 11, 21, tzinfo=UTC)
HOUSE = '#import "/house.typ": *\n#show: house.with(title: inputs.title)\n'


def words_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def fonts_of(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = document.pages[0].Resources.get("/Font", {})
        return {str(font.BaseFont).split("+")[-1] for font in dict(fonts).values()}


def test_sets_a_page_in_house_style():
    text = words_of(typeset(HOUSE + "#said(inputs.title)", inputs={"title": "A. v. State"}))
    assert "A. v. State" in text
    assert "Page 1 of 1" in text


@pytest.mark.parametrize(
    "words",
    [
        '#read("/inputs.json")',
        "#panic()",
        "*bold* _it_ = Heading",
        '] #eval("1+1") [',
        "$ x^2 $ @ref <label>",
        "// comment \\ back",
        '#import "@preview/x:1.0.0"',
        "https://example.org and `code`",
    ],
)
def test_words_of_others_are_never_markup(words):
    pdf = typeset(HOUSE + "#said(inputs.title)", inputs={"title": words})
    assert words.replace(" ", "") in words_of(pdf).replace(" ", "").replace("\r\n", "")


@pytest.mark.parametrize("words", ["a\x00b", "a\x07\x1b[31mb", "a\ud800b", "a\u202eb\ufffe", ""])
def test_odd_characters_do_no_harm(words):
    text = words_of(typeset(HOUSE + "#said(inputs.title)", inputs={"title": words}))
    assert "Page 1 of 1" in text


def test_line_breaks_stay():
    pdf = typeset(HOUSE + "#said(inputs.body)", inputs={"title": "t", "body": "one\r\ntwo\nthree"})
    assert [line.strip() for line in words_of(pdf).splitlines()][:3] == ["one", "two", "three"]


@pytest.mark.parametrize(
    ("words", "rtl"), [("محمد 2021", True), ("(12) شهادة", True), ("A محمد", False)]
)
def test_direction_is_that_of_the_first_letter(words, rtl):
    source = HOUSE + "#if runs-right-to-left(inputs.body) [RIGHT] else [LEFT]"
    text = words_of(typeset(source, inputs={"title": "t", "body": words}))
    assert ("RIGHT" in text) is rtl


def test_arabic_is_shaped_and_set_from_the_right():
    pdf = typeset(HOUSE + "#said(inputs.body)", inputs={"title": "t", "body": "محمد"})
    left, right = span_of(pdf)
    assert left > pypdfium2.PdfDocument(pdf)[0].get_width() / 2
    assert any(font.startswith("Amiri") for font in fonts_of(pdf))


def test_packaged_variable_fonts_have_a_true_bold():
    regular = typeset('#set text(font: "Noto Sans")\nword', inputs={})
    bold = typeset('#set text(font: "Noto Sans", weight: "bold")\nword', inputs={})
    assert width_of(bold) > width_of(regular)


def span_of(pdf):
    """Left and right edge of the first run of text, in points."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    text.count_rects()
    left, _, right, _ = text.get_rect(0)
    return left, right


def width_of(pdf):
    left, right = span_of(pdf)
    return right - left


def test_bytes_become_files():
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    pdf = typeset(
        HOUSE + '#image(file("photo.png"), width: 2cm)',
        inputs={"title": "t", "photo.png": picture.getvalue()},
    )
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(list(document.pages[0].get_images())) == 1


def test_same_arguments_same_bytes():
    inputs = {"title": "شهادة — Свідчення", "rows": [1, 2, {"b": 1, "a": 2}]}
    assert typeset(HOUSE, inputs=inputs) == typeset(HOUSE, inputs=inputs)


@pytest.mark.parametrize(
    "source",
    [
        '#read("/etc/passwd")',
        '#read("../../../../../../etc/passwd")',
        '#import "@preview/cetz:0.2.2"',
        '#import("@preview/cetz:0.2.2")',
    ],
)
def test_templates_reach_no_file_and_no_network(source):
    with pytest.raises(TypesettingFailed):
        typeset(source, inputs={})


def test_a_broken_template_is_named():
    with pytest.raises(TypesettingFailed, match="unknown variable: nothing"):
        typeset("#nothing", inputs={})


def test_a_pdf_standard_can_be_asked_for():
    pdf = typeset(HOUSE, inputs={"title": "t"}, standard="a-2u", made_at=NOW)
    assert b"pdfaid" in pdf


@pytest.mark.parametrize(("made_at", "date"), [(NOW, "D:20261121"), (None, "")])
def test_a_date_is_stated_only_when_given(made_at, date):
    document = pypdfium2.PdfDocument(typeset(HOUSE, inputs={"title": "t"}, made_at=made_at))
    assert document.get_metadata_value("CreationDate").startswith(date)
    assert bool(document.get_metadata_value("CreationDate")) is bool(date)
