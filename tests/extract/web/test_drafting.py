"""Drafts by a program: marked line by line, corrected by a person, never certified as they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from amparo.base.errors import AccessDenied, Cancelled, UnreadableFile, UsageError
from amparo.base.web.models import Job
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.web.actions.acquiring import Arrival, acquire
from amparo.evidence.web.actions.intake import open_intake
from amparo.evidence.web.actions.packages import export_to_folder
from amparo.evidence.web.models import Item, LedgerEntry
from amparo.extract.sandbox import Sandbox
from amparo.extract.translations.pairs import Draft, Pair
from amparo.extract.web.actions import read_item
from amparo.extract.web.actions.drafting import draft_translation
from amparo.extract.web.actions.translations import Work, certify, keep_translation
from amparo.extract.web.models import Translation
from amparo.extract.web.queries.translations import passages_of, started
from amparo.extract.web.tasks import drafting
from amparo.extract.web.views import certificates
from amparo.matters.web.models import Matter
from amparo.search.web.queries import find
from tests.extract.translations.tiny_model import tiny_model
from tests.extract.web.builders import item_of, safe
from tests.extract.web.test_translations import SAID, TEXT
from tests.personas import Personas
from tests.work import work_off

pytestmark = pytest.mark.django_db

MARK = Draft("Glossary", "1.0", "es-en", "ab" * 32)
OWN_WORK = Work("es", "en", "Yusra Halvi", "written")


class Glossary:
    """Stands for an engine: puts each text into capitals."""

    mark = MARK

    def __init__(self, before_the_end: Callable[[], object] = lambda: None) -> None:
        self.asked: list[str] = []
        self._before_the_end = before_the_end

    def translate(
        self, texts: Sequence[str], source: str, target: str, on_text: Callable[[int, str], None]
    ) -> None:
        self.asked += texts
        for number, text in enumerate(texts):
            on_text(number, text.upper())
        self._before_the_end()


class Silent(Glossary):
    """An engine whose model gives nothing."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, on_text: Callable[[int, str], None]
    ) -> None:
        for number, _text in enumerate(texts):
            on_text(number, "")


@pytest.fixture
def item(personas: Personas, matter: Matter, room: Sandbox, monkeypatch) -> Item:
    for module in (certificates, drafting):
        monkeypatch.setattr(module, "reading_room", lambda: room)
    made = item_of(matter, TEXT.encode(), "acta.txt")
    read_item(made, room=room, safe=safe(), acting_user=personas.owner)
    made.refresh_from_db()
    made.language = "es"
    made.save(update_fields=["language"])
    return made


@pytest.fixture
def models(tmp_path: Path, settings) -> Path:
    """A real model that the deployment names."""
    settings.TRANSLATION_MODELS = tmp_path
    tiny_model(tmp_path / "opus-mt-es-en")
    return tmp_path


def draft(item: Item, personas: Personas, engine: Glossary | None = None) -> Translation:
    told, who = passages_of(item), personas.owner
    return draft_translation(item, told, engine or Glossary(), "es", "en", acting_user=who)


def by_hand(item: Item, who: Personas, *texts: str, based_on: int | None = None) -> Translation:
    pairs = [
        Pair(each.passage, text) for each, text in zip(started(item, None), texts, strict=True)
    ]
    return keep_translation(item, pairs, OWN_WORK, based_on=based_on, acting_user=who.owner)


def address(item: Item, name: str = "translations") -> str:
    return reverse(f"extract:{name}", args=[item.pk])


def titles(words: str, matter: Matter) -> set[str]:
    hits = find(words, matter_ids=[matter.pk]).hits
    return {"".join(fragment.text for fragment in hit.title) for hit in hits}


def client(user: object) -> Client:
    made = Client()
    made.force_login(user)
    return made


def typed(browser: Client, item: Item, **more: object) -> dict[str, object]:
    """The form of the page as a browser sends it, with what is changed in it."""
    shown = browser.get(address(item), {"to": "en"}).context
    told = {name: value or "" for name, value in shown["form"].initial.items()}
    told |= {f"t-{each.number}": each.pair.text for each in shown["rows"]}
    return told | {"source": "es", "note": "", "go": "1"} | more


def test_each_line_carries_the_engine_its_model_and_digest(item: Item, personas: Personas) -> None:
    row = draft(item, personas)
    assert (row.made, row.translator, row.unchecked, row.missing) == (
        "drafted",
        "Glossary 1.0 · es-en",
        2,
        0,
    )
    assert [pair.draft for pair in row.value] == [MARK, None, MARK]
    assert row.passages[0]["draft"]["sha256"] == MARK.sha256
    said = LedgerEntry.objects.filter(kind="read").order_by("-seq")[0]
    assert '"made":"drafted"' in said.canonical
    assert '"unchecked":2' in said.canonical


def test_what_a_person_wrote_stays(item: Item, personas: Personas) -> None:
    by_hand(item, personas, "BIRTH RECORD", "", "")
    engine = Glossary()
    row = draft(item, personas, engine)
    assert engine.asked == ["Comparece Yusuf Talmarin y dice la verdad."]
    assert [pair.text for pair in row.value][0] == "BIRTH RECORD"
    assert [pair.is_unchecked for pair in row.value] == [False, False, True]
    with pytest.raises(UsageError, match="No passage waits"):
        draft(item, personas)


def test_what_was_kept_meanwhile_is_not_overwritten(item: Item, personas: Personas) -> None:
    engine = Glossary(lambda: by_hand(item, personas, "", "", "He tells the truth."))
    row = draft(item, personas, engine)
    assert (row.number, row.based_on) == (2, 1)
    assert [pair.text for pair in row.value] == ["ACTA DE NACIMIENTO", "", "He tells the truth."]


def test_an_engine_that_says_nothing_or_is_stopped_keeps_nothing(
    item: Item, personas: Personas
) -> None:
    with pytest.raises(UnreadableFile, match="no words"):
        draft(item, personas, Silent())

    def stop(_done: int, _total: int) -> None:
        raise Cancelled("The work was stopped.")

    with pytest.raises(Cancelled):
        draft_translation(
            item,
            passages_of(item),
            Glossary(),
            "es",
            "en",
            acting_user=personas.owner,
            on_text=stop,
        )
    assert not Translation.objects.exists()


def test_who_may_not_annotate_may_not_let_it_be_drafted(item: Item, personas: Personas) -> None:
    with pytest.raises(AccessDenied):
        draft_translation(item, [], Glossary(), "es", "en", acting_user=personas.auditor)


def test_a_draft_is_never_certified(item: Item, personas: Personas, room: Sandbox) -> None:
    row = draft(item, personas)
    with pytest.raises(UsageError, match="only a program wrote cannot be certified: passages: 2"):
        certify(row, SAID, room=room, safe=safe(), acting_user=personas.owner)
    browser = client(personas.owner)
    page = browser.get(address(item), {"to": "en"}).content.decode()
    assert "It can be made when no passage is only a program" in page
    assert "Make a certificate" not in page
    told = {"target": "en", "kind": "us", "documents": "Birth", "translator": "Y"}
    told |= {"address": "12 Rowan Street", "telephone": "555"}
    answer = browser.post(address(item, "certify-translation"), told)
    assert answer.status_code == 422
    assert not row.certificates.exists()


def test_a_person_corrects_and_checks_it_line_by_line(
    item: Item, personas: Personas, room: Sandbox
) -> None:
    draft(item, personas)
    browser = client(personas.interpreter)
    page = browser.get(address(item), {"to": "en"}).content.decode()
    assert "A draft by a program, not a translation yet." in page
    assert page.count("Glossary 1.0 · es-en") == 3  # two passages, and the list of versions
    assert page.count("abababababab…") == 2
    one = browser.post(address(item, "write-translation"), typed(browser, item, **{"t-0": "Act"}))
    assert one.status_code == 302
    row = Translation.objects.get(number=2)
    assert [pair.draft and pair.draft.seen for pair in row.value] == ["corrected", None, ""]
    assert (row.unchecked, row.translator) == (1, "Interpreter")
    browser.post(address(item, "write-translation"), typed(browser, item, ok=["2"]))
    row = Translation.objects.get(number=3)
    assert [pair.draft and pair.draft.seen for pair in row.value] == ["corrected", None, "checked"]
    assert row.unchecked == 0
    page = browser.get(address(item), {"to": "en"}).content.decode()
    assert "corrected by a person" in page
    assert "not a translation yet" not in page
    assert "Make a certificate" in page
    assert certify(row, SAID, room=room, safe=safe(), acting_user=personas.owner).object


def test_keeping_without_looking_checks_nothing(item: Item, personas: Personas) -> None:
    draft(item, personas)
    browser = client(personas.interpreter)
    browser.post(address(item, "write-translation"), typed(browser, item))
    assert Translation.objects.order_by("-number")[0].unchecked == 2


def test_hits_and_packages_carry_the_mark(item: Item, personas: Personas, matter: Matter) -> None:
    by_hand(item, personas, "BIRTH RECORD", "", "")
    draft(item, personas)
    assert "acta.txt (en, Glossary 1.0 · es-en)" in titles("verdad", matter)
    assert titles("BIRTH", matter) == {"acta.txt (en)"}


def test_packages_carry_the_mark(matter: Matter, personas: Personas, room, tmp_path) -> None:
    who = personas.owner
    intake = open_intake(matter, "test", acting_user=who)
    sealed = seal_bytes(b"Dijo la verdad.", safe())
    item = acquire(intake, [Arrival("dicho.txt", sealed)], acting_user=who)[0].item
    assert item is not None
    read_item(item, room=room, safe=safe(), acting_user=who)
    draft(item, personas)
    export_to_folder(matter, tmp_path / "package", acting_user=who, purpose="the court")
    (said,) = json.loads((tmp_path / "package" / "words.json").read_text("utf-8"))["words"]
    assert (said["how"], said["unchecked"]) == ("drafted", 1)
    assert said["passages"][0]["draft"] == {
        "tool": "Glossary",
        "version": "1.0",
        "model": "es-en",
        "sha256": "ab" * 32,
        "seen": "",
    }


def test_a_real_model_drafts_in_the_background(
    item: Item, personas: Personas, models: Path
) -> None:
    browser = client(personas.owner)
    page = browser.get(address(item), {"to": "en"}).content.decode()
    assert "Draft what waits for its words" in page
    told = {"target": "en", "model": "opus-mt-es-en"}
    browser.post(address(item, "draft-translation"), told)
    browser.post(address(item, "draft-translation"), told)
    assert Job.objects.filter(name="extract.draft").count() == 1
    assert "every 2s" in browser.get(address(item), {"to": "en"}).content.decode()
    work_off()
    assert Job.objects.get(name="extract.draft").state == Job.State.DONE
    row = Translation.objects.get()
    (mark,) = {pair.draft for pair in row.value if pair.draft}
    assert mark.tool == "CTranslate2"
    assert mark.model == "opus-mt-es-en"
    assert row.unchecked == 2 - row.missing > 0
    assert mark.sha256[:12] in browser.get(address(item), {"to": "en"}).content.decode()


def test_a_model_that_is_broken_is_told_on_the_page(
    item: Item, personas: Personas, models: Path
) -> None:
    (models / "opus-mt-es-en" / "model.bin").write_bytes(b"nothing")
    browser = client(personas.owner)
    browser.post(address(item, "draft-translation"), {"target": "en", "model": "opus-mt-es-en"})
    work_off()
    page = browser.get(address(item), {"to": "en"}).content.decode()
    assert "The last draft did not come to an end." in page
    assert "The translation model cannot be used" in page


def test_without_a_model_the_page_says_what_it_waits_for(item: Item, personas: Personas) -> None:
    page = client(personas.owner).get(address(item), {"to": "en"}).content.decode()
    assert "No program translates here" in page
    assert "Draft what waits" not in page
