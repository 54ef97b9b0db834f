"""Translations: beside the original, in versions, found, certified, filed."""

from __future__ import annotations

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry, User
from amparo.base.errors import AccessDenied, UsageError
from amparo.evidence.web.models import Item, LedgerEntry
from amparo.extract.recordings.transcripts import Line
from amparo.extract.sandbox import Sandbox
from amparo.extract.translations.certificate import Certified
from amparo.extract.translations.pairs import Pair
from amparo.extract.web.actions import Origin, keep_transcript, read_item
from amparo.extract.web.actions.forgetting import forget_item
from amparo.extract.web.actions.translations import (
    Work,
    certify,
    file_certificate,
    keep_translation,
)
from amparo.extract.web.models import Transcript, Translation, TranslationCertificate
from amparo.extract.web.queries.translations import beside, started
from amparo.extract.web.views import certificates
from amparo.filing.web.actions import open_bundle
from amparo.matters.web.models import Matter
from amparo.search.web.queries import find
from tests.extract.web.builders import item_of, safe
from tests.personas import Personas

pytestmark = pytest.mark.django_db

TEXT = "ACTA DE NACIMIENTO\n\n12.400\n\nComparece Yusuf Talmarin y dice la verdad.\n"
WORK = Work("es", "en", "Yusra Halvi", "written")
SAID = Certified(
    kind="us",
    translator="Yusra Halvi",
    source="es",
    target="en",
    documents="Birth certificate",
    address="12 Rowan Street",
    telephone="555 0100",
)


@pytest.fixture
def item(personas: Personas, matter: Matter, room: Sandbox, monkeypatch) -> Item:
    monkeypatch.setattr(certificates, "reading_room", lambda: room)
    made = item_of(matter, TEXT.encode(), "acta.txt")
    read_item(made, room=room, safe=safe(), acting_user=personas.owner)
    made.refresh_from_db()
    return made


def translated(item: Item, *texts: str) -> list[Pair]:
    pairs = started(item, None)
    assert len(pairs) == 3
    return [Pair(pair.passage, text) for pair, text in zip(pairs, texts, strict=True)]


def kept(item: Item, who: User, *texts: str, **more: object) -> Translation:
    texts = texts or ("BIRTH RECORD", "", "Yusuf Talmarin appears and tells the truth.")
    return keep_translation(item, translated(item, *texts), WORK, acting_user=who, **more)  # type: ignore[arg-type]


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def address(item: Item, name: str = "translations", *more: object) -> str:
    return reverse(f"extract:{name}", args=[item.pk, *more])


def test_each_keeping_is_a_version_with_its_entry(item: Item, personas: Personas) -> None:
    one = kept(item, personas.owner, "BIRTH RECORD", "", "")
    two = kept(item, personas.interpreter, based_on=1)
    assert [(row.number, row.missing) for row in (one, two)] == [(1, 1), (2, 0)]
    assert kept(item, personas.owner, based_on=2) == two
    said = LedgerEntry.objects.filter(kind="read", canonical__contains='"kind":"translation"')
    assert said.count() == 2
    assert two.sha256 in (said.order_by("-seq")[0].canonical)


def test_two_who_write_at_once_do_not_overwrite(item: Item, personas: Personas) -> None:
    kept(item, personas.owner, "A", "", "")
    kept(item, personas.owner, "B", "", "", based_on=1)
    with pytest.raises(UsageError, match="Version 2 was kept meanwhile"):
        kept(item, personas.colleague, "C", "", "", based_on=1)


@pytest.mark.parametrize(
    ("texts", "work", "said"),
    [
        (("", "", " "), WORK, "Nothing is translated"),
        (("A", "", ""), Work("es", "en", " ", "written"), "Who translated"),
        (("A", "", ""), Work("en", "en", "Y", "written"), "already"),
        (("A" * 20_001, "", ""), WORK, "characters"),
    ],
)
def test_what_is_no_translation_is_refused(
    texts: tuple[str, str, str], work: Work, said: str, item: Item, personas: Personas
) -> None:
    with pytest.raises(UsageError, match=said):
        keep_translation(item, translated(item, *texts), work, acting_user=personas.owner)


def test_who_may_not_annotate_may_not_translate(item: Item, personas: Personas) -> None:
    with pytest.raises(AccessDenied):
        kept(item, personas.auditor)


def test_it_is_found_by_its_own_words_until_the_next_version(
    item: Item, personas: Personas, matter: Matter
) -> None:
    row = kept(item, personas.owner)
    (hit,) = find("truth", matter_ids=[matter.pk]).hits
    assert (hit.source, hit.source_id, hit.page, hit.language) == (
        "extract.translation",
        str(row.pk),
        1,
        "en",
    )
    found = client(personas.colleague).get(reverse("extract:translation", args=[row.pk]))
    assert found.url == f"{address(item)}?to=en&version=1"
    assert (
        client(personas.stranger).get(reverse("extract:translation", args=[row.pk])).status_code
        == 404
    )
    kept(item, personas.owner, "BIRTH RECORD", "", "He says what is so.", based_on=1)
    assert find("truth", matter_ids=[matter.pk]).total == 0
    assert find("verdad", matter_ids=[matter.pk]).total == 1


def test_each_passage_leads_to_its_place(item: Item, personas: Personas) -> None:
    row = kept(item, personas.owner)
    places = [each.address for each in beside(item, row.value)]
    assert all(each.startswith(f"/items/{item.pk}/?page=1#page=1&quote=") for each in places)
    assert "quote=Comparece+Yusuf" in places[2]


def test_words_stay_with_their_passages_when_the_file_is_read_again(
    item: Item, personas: Personas
) -> None:
    row = kept(item, personas.owner)
    page = item.pages.get(is_current=True)
    page.text = TEXT.replace("12.400", "12.400\n\nUn sello.")
    page.save()
    assert [pair.text for pair in started(item, row)] == [
        "BIRTH RECORD",
        "",
        "",
        "Yusuf Talmarin appears and tells the truth.",
    ]
    assert [pair.passage.original for pair in row.value][1] == "12.400"


def test_it_is_written_on_the_page(item: Item, personas: Personas) -> None:
    browser = client(personas.interpreter)
    shown = browser.get(address(item), {"to": "en"})
    form = shown.context["form"]
    told = {name: value or "" for name, value in form.initial.items()}
    told |= {"t-0": "RECORD", "t-2": "He\r\nspeaks.", "source": "es", "note": "first", "go": "1"}
    answer = browser.post(address(item, "write-translation"), told)
    assert answer.url == f"{address(item)}?to=en&part=1"
    row = Translation.objects.get()
    assert [pair.text for pair in row.value] == ["RECORD", "", "He\nspeaks."]
    assert (row.translator, row.made_by) == ("Interpreter", personas.interpreter)
    again = browser.post(address(item, "write-translation"), told | {"t-0": "X"})
    assert again.status_code == 422
    assert "Version 1 was kept meanwhile" in again.content.decode()


def test_a_text_that_changed_meanwhile_is_not_mistranslated(item: Item, personas: Personas) -> None:
    browser = client(personas.owner)
    told = {"target": "en", "translator": "Y", "passages": "0" * 64, "t-0": "MY WORDS"}
    answer = browser.post(address(item, "write-translation"), told)
    assert answer.status_code == 422
    assert "read again meanwhile" in answer.content.decode()
    assert "MY WORDS" in answer.content.decode()
    assert not Translation.objects.exists()


def test_a_whole_translation_is_brought_in(item: Item, personas: Personas) -> None:
    told = {"target": "fr", "translator": "Y", "source": "es", "text": "ACTE\n\nYusuf parle."}
    whole = {f"whole-{name}": value for name, value in told.items()}
    browser = client(personas.owner)
    assert browser.post(address(item, "bring-translation"), whole).status_code == 302
    row = Translation.objects.get()
    assert (row.target, row.made, row.missing) == ("fr", "pasted", 0)
    refused = browser.post(address(item, "bring-translation"), whole | {"whole-text": "ACTE"})
    assert refused.status_code == 422
    assert "paragraphs" in refused.content.decode()


def test_what_is_said_is_translated_line_by_line(item: Item, personas: Personas) -> None:
    said = [Line(0.5, 2, "Salimos.", "Amal"), Line(61, 64, "De noche.")]
    origin = Origin(Transcript.Made.TYPED)
    keep_transcript(item, said, language="es", origin=origin, acting_user=personas.owner)
    pairs = [Pair(pair.passage, "x") for pair in started(item, None)]
    row = keep_translation(item, pairs, WORK, acting_user=personas.owner)
    assert [each.address.partition("#")[2] for each in beside(item, row.value)] == [
        "t=0.5,2",
        "t=61,64",
    ]


def test_a_certificate_is_set_read_back_and_sealed(
    item: Item, personas: Personas, room: Sandbox
) -> None:
    row = kept(item, personas.owner)
    made = certify(row, SAID, room=room, safe=safe(), acting_user=personas.owner)
    answer = client(personas.colleague).get(address(item, "certificate", made.pk))
    pdf = b"".join(answer)
    with pypdfium2.PdfDocument(pdf) as document:
        text = "\n".join(page.get_textpage().get_text_range() for page in document)
    for said in ("competent to translate from Spanish into English", "12.400", row.sha256[:20]):
        assert "".join(filter(str.isalnum, said)) in "".join(filter(str.isalnum, text))
    assert client(personas.stranger).get(address(item, "certificate", made.pk)).status_code == 404
    assert AuditEntry.objects.get(action="certify translation").details["name"] == "Yusra Halvi"


def test_gaps_are_not_certified(item: Item, personas: Personas) -> None:
    kept(item, personas.owner, "A", "", "")
    told = {"target": "en", "kind": "us", "translator": "Y", "documents": "D"}
    told |= {"address": "A", "telephone": "1"}
    answer = client(personas.owner).post(address(item, "certify-translation"), told)
    assert answer.status_code == 422
    assert "not complete" in answer.content.decode()
    assert not TranslationCertificate.objects.exists()


def test_it_becomes_a_file_of_the_matter_once(
    item: Item, personas: Personas, room: Sandbox, matter: Matter
) -> None:
    made = certify(
        kept(item, personas.owner), SAID, room=room, safe=safe(), acting_user=personas.owner
    )
    answer = client(personas.colleague).post(address(item, "file-certificate", made.pk))
    made.refresh_from_db()
    filed = made.item
    assert filed is not None
    assert answer.url == reverse("extract:item", args=[filed.pk])
    assert (filed.title, filed.media_type) == ("Birth certificate (en)", "application/pdf")
    came = filed.acquisitions.get()
    assert (came.from_whom, came.method) == ("Yusra Halvi", "translation set in the workbench")
    assert file_certificate(made, safe=safe(), acting_user=personas.owner) == filed
    assert Item.objects.filter(matter=matter).count() == 2


def test_it_is_put_into_a_bundle_right_after_its_original(
    item: Item, personas: Personas, room: Sandbox, matter: Matter
) -> None:
    made = certify(
        kept(item, personas.owner), SAID, room=room, safe=safe(), acting_user=personas.owner
    )
    filed = file_certificate(made, safe=safe(), acting_user=personas.owner)
    last = item_of(matter, b"another", "b.txt")
    bundle = open_bundle(matter, acting_user=personas.owner, title="B", profile="generic")
    browser = client(personas.owner)
    choice = browser.get(reverse("filing:choose", args=[bundle.pk])).content.decode()
    assert "With their certified translations" in choice
    told = {"item": [str(item.pk), str(last.pk)], "translations": "1"}
    browser.post(reverse("filing:add", args=[bundle.pk]), told)
    order = bundle.exhibits.order_by("position").values_list("item", flat=True)
    assert list(order) == [item.pk, filed.pk, last.pk]


def test_what_is_disposed_of_takes_its_translations_with_it(
    item: Item, personas: Personas, room: Sandbox, matter: Matter
) -> None:
    row = kept(item, personas.owner)
    made = certify(row, SAID, room=room, safe=safe(), acting_user=personas.owner)
    assert made.object_id in forget_item(item)
    row.refresh_from_db()
    made.refresh_from_db()
    assert (row.passages, made.object, made.said) == ([], None, {})
    assert find("truth", matter_ids=[matter.pk]).total == 0


def test_the_item_shows_its_translations(item: Item, personas: Personas) -> None:
    kept(item, personas.owner)
    for who in ("colleague", "auditor"):
        shown = client(getattr(personas, who)).get(reverse("extract:item", args=[item.pk]))
        assert f"{address(item)}?to=en" in shown.content.decode()
    page = client(personas.auditor).get(address(item)).content.decode()
    assert "BIRTH RECORD" in page
    assert "<textarea" not in page
