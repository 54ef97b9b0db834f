"""The real forms, which are not part of the project: all fill and verify, field by field."""

import json

import pikepdf
import pytest

from amparo.filing.forms.answers import read_answers
from amparo.filing.forms.blank.fields import read_fields
from amparo.filing.forms.production import fill
from amparo.filing.forms.reading import read_form
from amparo.filing.forms.specimen import specimen_answers
from tests.filing.forms.sample import ANSWERS, STORY

pytestmark = pytest.mark.shared_data
FORMS = (
    "EOIR-42B__volcanicsand",
    "eoir28__sjc",
    "g-28__formtracker",
    "g-28__sjc",
    "i-129f__q00101",
    "i-130__q00101",
    "i-131__openniw",
    "i-290b__q00101",
    "i-360__q00101",
    "i-485__openniw",
    "i-589__desvallees",
    "i-589__q00101",
    "i-730__q00101",
    "i-765__openniw",
    "i-765__q00101",
    "i-821__formcutter",
    "i-864__q00101",
    "i-90__q00101",
    "n-400__q00101",
)


def blank(shared_data, name):
    return (shared_data / "forms" / f"{name}.pdf").read_bytes()


@pytest.mark.parametrize("name", FORMS)
def test_every_question_of_a_form_is_answered_and_verified(shared_data, name):
    data = blank(shared_data, name)
    form = read_form(data)
    assert form.map is not None, form.problems
    made = fill(data, read_answers(json.dumps(specimen_answers(form))))
    assert made.report.findings == ()
    assert [e.says for e in made.plan.entries if e.status == "refused"] == []
    assert made.plan.unused == ()
    drawn = sum(entry.status in ("drawn", "ticked") for entry in made.plan.entries)
    assert drawn > 0.4 * len(form.fields)


@pytest.mark.parametrize("name", FORMS)
def test_every_field_of_a_form_is_in_its_map(shared_data, name):
    form = read_form(blank(shared_data, name))
    keys = {field.key for field in form.fields if field.kind not in ("barcode", "button")}
    assert keys == form.map.fields.keys()


def test_pages_of_two_editions_are_seen(shared_data, tmp_path):
    with (
        pikepdf.open(shared_data / "forms" / "i-589__q00101.pdf") as new,
        pikepdf.open(shared_data / "forms" / "i-589__desvallees.pdf") as old,
    ):
        new.pages[4] = old.pages[4]
        new.save(tmp_path / "mixed.pdf")
    form = read_form((tmp_path / "mixed.pdf").read_bytes())
    assert any("Page 5 is of another edition: 08/25/20" in each for each in form.problems)
    assert form.map is None


def test_one_set_of_answers_prepares_asylum_appearance_and_work_permit(shared_data):
    answers = read_answers(json.dumps(ANSWERS, ensure_ascii=False))
    for name in ("i-589__q00101", "g-28__formtracker", "i-765__openniw"):
        made = fill(blank(shared_data, name), answers)
        assert made.holds, (name, made.report.findings)
        shown = {entry.questions[:1]: entry for entry in made.plan.entries if entry.shown}
        assert shown[("applicant.name.family",)].shown == "Al-Khatib"


def test_the_asylum_form_shows_native_name_children_and_the_whole_story(shared_data):
    made = fill(blank(shared_data, "i-589__q00101"), read_answers(json.dumps(ANSWERS)))
    shown = {}
    for entry in made.plan.entries:
        if entry.shown and entry.questions:
            shown.setdefault(", ".join(entry.questions), entry)
    assert shown["applicant.name.native"].shown == "ليلى زهرة الخطيب"
    assert shown["children.3.name.given"].shown == "Nour"
    story = shown["asylum.past_harm_story"]
    supplement = next(
        entry for entry in made.plan.entries if entry.field.key.endswith("TextField32[0]")
    )
    beginning = story.shown.removesuffix("\nSee Supplement B")
    assert f"{beginning} {supplement.shown}" == STORY
    assert story.sources == supplement.sources == ({"file": "sha256:2b", "page": 4},)
    assert supplement.questions == story.questions


def test_the_file_says_nothing_that_hides_the_answers(shared_data, tmp_path):
    made = fill(blank(shared_data, "i-589__q00101"), read_answers(json.dumps(ANSWERS)))
    (tmp_path / "out.pdf").write_bytes(made.data)
    with pikepdf.open(tmp_path / "out.pdf") as pdf:
        assert not {"/XFA", "/SigFlags", "/NeedAppearances"} & set(pdf.Root.AcroForm.keys())
        assert "/Perms" not in pdf.Root
        assert not pdf.is_encrypted
        codes = [field.value for field in read_fields(pdf) if field.kind == "barcode"]
    assert codes == [f"I-589|01/20/25|{page}" for page in range(1, 13)]
