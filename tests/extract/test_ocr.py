"""Words on pages that we set ourselves, in the six languages, are recognised where they stand."""

from __future__ import annotations

import io
import re
from collections import Counter

import pypdfium2
import pytest
from PIL import Image

from amparo.base import programs
from amparo.base.errors import ProgramMissing, UnreadableFile
from amparo.base.typeset import typeset
from amparo.extract import ocr
from amparo.extract.ocr import tesseract
from amparo.extract.reading import PageText, Reading
from tests.extract.builders import LIMITS, picture

# Of articles 1 and 3 of the Universal Declaration of Human Rights.
DECLARATION = {
    "en": "All human beings are born free and equal in dignity and rights. They are endowed with "
    "reason and conscience and should act towards one another in a spirit of brotherhood. "
    "Everyone has the right to life, liberty and security of person.",
    "es": "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como "
    "están de razón y conciencia, deben comportarse fraternalmente los unos con los otros. Todo "
    "individuo tiene derecho a la vida, a la libertad y a la seguridad de su persona.",
    "fr": "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués "
    "de raison et de conscience et doivent agir les uns envers les autres dans un esprit de "
    "fraternité. Tout individu a droit à la vie, à la liberté et à la sûreté de sa personne.",
    "ru": "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
    "разумом и совестью и должны поступать в отношении друг друга в духе братства. Каждый человек "
    "имеет право на жизнь, на свободу и на личную неприкосновенность.",
    "uk": "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені "
    "розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства. Кожна людина "
    "має право на життя, на свободу і на особисту недоторканність.",
    "ar": "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق وقد وهبوا عقلا وضميرا وعليهم أن "
    "يعامل بعضهم بعضا بروح الإخاء ولكل فرد الحق في الحياة والحرية وسلامة شخصه",
}
NAMES = {"en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "uk": "ukr", "ar": "ara"}

needs_tesseract = pytest.mark.skipif(
    not programs.is_present("tesseract"), reason="tesseract is not installed"
)


def _set(*texts: str) -> bytes:
    source = '#import "/house.typ": *\n#set page(paper: "a5")\n#set text(size: 12pt, font: serif)\n'
    source += "#for words in inputs.texts { block(said(words)) }"
    return typeset(source, inputs={"texts": [*texts]})


def _drawn(pdf: bytes, *, turn: int = 0, angle: float = 0.0) -> bytes:
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72).to_pil().convert("L")
    page = page.rotate(-turn, expand=True, fillcolor=255)
    page = page.rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    out = io.BytesIO()
    page.save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def _recognised(data: bytes, media_type: str = "application/pdf", **options: object) -> Reading:
    reading = ocr.recognise(io.BytesIO(data), "x", LIMITS, media_type=media_type, **options)  # type: ignore[arg-type]
    return Reading(pages=list(reading.pages), metadata=reading.metadata, settings=reading.settings)


def _only(reading: Reading) -> PageText:
    (page,) = reading.pages
    return page


def _share_found(text: str, page: PageText) -> float:
    """The share of the words of ``text`` that the page has."""
    wanted, found = (Counter(re.findall(r"\w+", each)) for each in (text, page.text))
    return (wanted & found).total() / wanted.total()


@needs_tesseract
@pytest.mark.parametrize("language", DECLARATION)
def test_a_page_is_read_in_its_own_language(language: str) -> None:
    if NAMES[language] not in tesseract.installed():
        pytest.skip(f"tesseract's data for {language} is not installed")
    reading = _recognised(_set(DECLARATION[language], DECLARATION[language]))
    page = _only(reading)
    assert _share_found(DECLARATION[language], page) >= 0.9
    assert page.language == language
    assert f"read in {NAMES[language]}," in reading.metadata["page 1"]


@needs_tesseract
@pytest.mark.parametrize(("turn", "angle"), [(90, 0.0), (180, 0.0), (0, 3.0)])
def test_a_page_may_lie_on_its_side_or_askew(turn: int, angle: float) -> None:
    text = DECLARATION["en"]
    page = _only(_recognised(_drawn(_set(text, text), turn=turn, angle=angle), "image/png"))
    assert _share_found(text, page) >= 0.93
    boxes = [word.box for word in page.words]
    assert all(0 <= x0 < x1 <= page.width + 1 for x0, _, x1, _ in boxes)
    assert all(0 <= y0 < y1 <= page.height + 1 for _, y0, _, y1 in boxes)


@needs_tesseract
def test_words_stand_where_the_text_layer_has_them() -> None:
    pdf = _set("Witness", DECLARATION["en"])
    page = _only(_recognised(pdf))
    first = next(word for word in page.words if page.text[word.start : word.end] == "Witness")
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    left, bottom, right, top = text.get_rect(0) if text.count_rects(0, 7) else (0, 0, 0, 0)
    told = (left, page.height - top, right, page.height - bottom)
    assert first.box == pytest.approx(told, abs=4)


@needs_tesseract
def test_a_page_without_words_says_so() -> None:
    reading = _recognised(picture("PNG", (600, 400)), "image/png")
    assert _only(reading).text == ""
    assert "no words found" in reading.metadata["page 1"]


@needs_tesseract
def test_pages_and_languages_can_be_chosen() -> None:
    reading = _recognised(_set(DECLARATION["en"]), pages=[1], languages=["en", "fr"])
    assert reading.settings["languages"] == "eng+fra"
    assert "read in eng+fra" in reading.metadata["page 1"]


@needs_tesseract
@pytest.mark.parametrize(
    ("options", "reason"),
    [({"languages": ["xx"]}, "no data for xx"), ({"pages": [9]}, "no page 9")],
)
def test_what_cannot_be_done_says_why(options: dict[str, object], reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        _recognised(_set("x"), **options)


@needs_tesseract
def test_other_kinds_have_no_pages_to_recognise() -> None:
    with pytest.raises(UnreadableFile, match="no pages to recognise"):
        _recognised(b"x", "text/plain")


def test_without_tesseract_it_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    tesseract.tool_version.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    try:
        with pytest.raises(ProgramMissing, match="not installed"):
            _recognised(_set("x"))
    finally:
        tesseract.tool_version.cache_clear()
