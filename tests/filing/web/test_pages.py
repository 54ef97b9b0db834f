"""The pages about bundles, with every persona."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from amparo.filing.bundle.check import RULES
from amparo.filing.web.actions import add_items, open_bundle
from amparo.filing.web.models import Bundle, Production, Volume
from amparo.filing.web.words import COMPARED
from tests.filing.web.matters import exhibits_in
from tests.work import work_off

if TYPE_CHECKING:
    from amparo.evidence.web.models import Item
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

EVERYONE = ("owner", "colleague", "interpreter", "client", "auditor", "administrator", "stranger")
SEE = {"owner", "colleague", "interpreter", "auditor"}
MAKE = {"owner", "colleague"}


@pytest.fixture
def items(matter: Matter, personas: Personas) -> dict[str, Item]:
    return exhibits_in(matter, personas.owner)


@pytest.fixture
def bundle(matter: Matter, personas: Personas, items: dict[str, Item]) -> Bundle:
    made = open_bundle(matter, acting_user=personas.colleague, title="Exhibits", profile="eoir")
    add_items(made, items.values(), acting_user=personas.colleague)
    return made


def browser(personas: Personas, who: str) -> Client:
    client = Client()
    client.force_login(getattr(personas, who))
    return client


def page(personas: Personas, bundle: Bundle, who: str = "colleague") -> str:
    return browser(personas, who).get(f"/bundles/{bundle.pk}/").content.decode()


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/matters/{matter}/bundles/", SEE),
        ("/matters/{matter}/bundles/open/", MAKE),
        ("/bundles/{bundle}/", SEE),
        ("/bundles/{bundle}/choose/", MAKE),
        ("/bundles/{bundle}/cover/", MAKE),
        ("/bundles/{bundle}/preview/1.webp", SEE),
        ("/bundles/{bundle}/productions/", SEE),
    ],
)
def test_who_sees_which_page(
    path: str, allowed: set[str], personas: Personas, matter: Matter, bundle: Bundle
) -> None:
    address = path.format(matter=matter.pk, bundle=bundle.pk)
    for who in EVERYONE:
        status = browser(personas, who).get(address).status_code
        expected = 200 if who in allowed else 403 if who in SEE else 404
        assert (who, status) == (who, expected)


@pytest.mark.parametrize("path", ["save/", "add/", "index/", "cover/", "remove/", "produce/"])
@pytest.mark.parametrize("who", ["interpreter", "client", "auditor", "administrator", "stranger"])
def test_who_may_not_make_bundles_posts_in_vain(
    path: str, who: str, personas: Personas, bundle: Bundle
) -> None:
    status = browser(personas, who).post(f"/bundles/{bundle.pk}/{path}").status_code
    assert status == (403 if who in SEE else 404)
    assert bundle.exhibits.count() == 4
    assert not Production.objects.exists()


def test_a_bundle_is_opened_filled_produced_and_taken_away(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    client = browser(personas, "colleague")
    opened = client.post(
        f"/matters/{matter.pk}/bundles/open/", {"title": "For the court", "profile": "eoir"}
    )
    made = Bundle.objects.get()
    assert opened["Location"] == f"/bundles/{made.pk}/choose/"
    assert "سند.pdf" in client.get(opened["Location"]).content.decode()
    chosen = [str(items[path].pk) for path in ("photos/door.png", "letters/سند.pdf")]
    client.post(f"/bundles/{made.pk}/add/", {"item": chosen})
    assert [str(row.item_id) for row in made.exhibits.all()] == chosen
    client.post(f"/bundles/{made.pk}/produce/")
    assert "Waiting" in page(personas, made)
    work_off()
    text = page(personas, made)
    assert "All of it holds" in text
    assert "Draft: no attorney approved it" in text
    answer = client.get(f"/bundles/{made.pk}/volumes/{Volume.objects.get().pk}/")
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert int(answer["Content-Length"]) == len(data)
    assert answer["Content-Disposition"].startswith('attachment; filename="draft-bundle-')
    assert data.startswith(b"%PDF-1.7")


def test_an_attorney_approves_what_is_then_no_draft(personas: Personas, bundle: Bundle) -> None:
    browser(personas, "colleague").post(f"/bundles/{bundle.pk}/produce/")
    work_off()
    made = Production.objects.get()
    approve = f"/bundles/{bundle.pk}/productions/{made.pk}/approve/"
    assert browser(personas, "colleague").post(approve).status_code == 403
    assert browser(personas, "owner").post(approve).status_code == 302
    assert "Approved for filing by Owner" in page(personas, bundle)
    answer = browser(personas, "owner").get(
        f"/bundles/{bundle.pk}/volumes/{Volume.objects.get().pk}/"
    )
    assert "draft" not in answer["Content-Disposition"]
    answer.close()


@pytest.mark.parametrize("who", ["interpreter", "client", "auditor", "administrator", "stranger"])
def test_nobody_else_takes_a_volume_away(who: str, personas: Personas, bundle: Bundle) -> None:
    browser(personas, "colleague").post(f"/bundles/{bundle.pk}/produce/")
    work_off()
    address = f"/bundles/{bundle.pk}/volumes/{Volume.objects.get().pk}/"
    assert browser(personas, who).get(address).status_code in (403, 404)


def test_a_volume_belongs_to_its_bundle(personas: Personas, matter: Matter, bundle: Bundle) -> None:
    browser(personas, "colleague").post(f"/bundles/{bundle.pk}/produce/")
    work_off()
    other = open_bundle(matter, acting_user=personas.owner, title="Other", profile="icc")
    address = f"/bundles/{other.pk}/volumes/{Volume.objects.get().pk}/"
    assert browser(personas, "owner").get(address).status_code == 404


def saved(bundle: Bundle, **changes: str) -> dict[str, object]:
    """What the builder's form sends: every exhibit as it is, with changes."""
    data: dict[str, object] = {"exhibit": [str(row.pk) for row in bundle.exhibits.all()]}
    for row in bundle.exhibits.all():
        data[f"tab-{row.pk}"] = row.tab
        data[f"description-{row.pk}"] = row.description
        data[f"date-{row.pk}"] = row.date
    return data | changes


def test_one_page_is_a_page_and_several_are_pages(
    personas: Personas, bundle: Bundle, items: dict[str, Item]
) -> None:
    several = next(iter(items.values()))
    several.page_count = 3
    several.save(update_fields=["page_count"])
    shown = re.findall(r">(pages?) (\d+)(\W+\d+)?</span>", page(personas, bundle))
    assert {(word, bool(more)) for word, _first, more in shown} == {
        ("page", False),
        ("pages", True),
    }


def test_the_builder_keeps_words_and_order(personas: Personas, bundle: Bundle) -> None:
    client = browser(personas, "colleague")
    first, second, *rest = bundle.exhibits.all()
    data = saved(
        bundle, **{f"description-{second.pk}": "The reply", f"date-{second.pk}": "May 2021"}
    )
    data["exhibit"] = [str(second.pk), str(first.pk), *(str(row.pk) for row in rest)]
    assert client.post(f"/bundles/{bundle.pk}/save/", data).status_code == 302
    again = bundle.exhibits.first()
    assert again is not None
    assert (again.pk, again.description, again.date) == (second.pk, "The reply", "2021-05")


def test_what_is_unclear_stays_in_its_field_with_words_of_what_to_do(
    personas: Personas, bundle: Bundle
) -> None:
    first = bundle.exhibits.first()
    assert first is not None
    data = saved(bundle, **{f"date-{first.pk}": "03/04/2021"})
    client = browser(personas, "colleague")
    for headers in ({}, {"HTTP_HX_REQUEST": "true"}):
        answer = client.post(f"/bundles/{bundle.pk}/save/", data, **headers)  # type: ignore[arg-type]
        text = answer.content.decode()
        assert "can be read in two ways" in text
        assert 'value="03/04/2021"' in text
        assert answer.status_code == (200 if headers else 422)


def test_an_exhibit_is_taken_out_and_its_file_stays(
    personas: Personas, bundle: Bundle, items: dict[str, Item]
) -> None:
    first = bundle.exhibits.first()
    assert first is not None
    data = saved(bundle, remove=str(first.pk))
    browser(personas, "colleague").post(f"/bundles/{bundle.pk}/save/", data)
    assert bundle.exhibits.count() == 3
    assert bundle.matter.items.count() == 4


def test_an_index_fills_a_bundle(
    personas: Personas, matter: Matter, items: dict[str, Item]
) -> None:
    made = open_bundle(matter, acting_user=personas.owner, title="x", profile="generic")
    client, address = browser(personas, "owner"), f"/bundles/{made.pk}/index/"
    text = "tab,file,description,date\nZ,door.png,The door,2021-03~\n,سند.pdf,رسالة,\n"
    client.post(address, {"index": SimpleUploadedFile("i.csv", text.encode())})
    assert [(row.tab, row.description, row.date) for row in made.exhibits.all()] == [
        ("Z", "The door", "2021-03~"),
        ("", "رسالة", ""),
    ]
    wrong = SimpleUploadedFile("i.csv", b"tab,file,description,date\nA,nowhere.pdf,x,\n")
    answer = client.post(address, {"index": wrong}, follow=True)
    assert "Row 2: No file of the matter is called" in answer.content.decode()
    assert made.exhibits.count() == 2


def test_items_of_other_matters_are_not_put_in(personas: Personas, bundle: Bundle) -> None:
    from amparo.matters.web.actions import open_matter

    other = open_matter("Other", acting_user=personas.owner)
    strange = exhibits_in(other, personas.owner, "other ")
    chosen = [str(item.pk) for item in strange.values()]
    browser(personas, "owner").post(f"/bundles/{bundle.pk}/add/", {"item": [*chosen, "no id"]})
    assert bundle.exhibits.count() == 4


def test_the_cover_is_filled_and_blanks_are_left(personas: Personas, bundle: Bundle) -> None:
    client, address = browser(personas, "colleague"), f"/bundles/{bundle.pk}/cover/"
    assert "Immigration Judge" in client.get(address).content.decode()
    data = {
        "title": "A. v. State",
        "profile": "eoir",
        "language": "",
        "field-judge": "Hon. J. Smith",
        "certificate-translation": "on",
    }
    assert client.post(address, data).status_code == 302
    bundle.refresh_from_db()
    assert bundle.fields["judge"] == "Hon. J. Smith"
    assert set(bundle.certificates) == {"service", "translation"}


def test_numbers_get_a_prefix_of_ones_own(personas: Personas, bundle: Bundle) -> None:
    client, address = browser(personas, "colleague"), f"/bundles/{bundle.pk}/cover/"
    data = {"title": "x", "profile": "icc", "language": "", "field-prefix": "TAL-"}
    assert client.post(address, data).status_code == 302
    assert "TAL-0004" in page(personas, bundle)
    assert client.post(address, data | {"field-prefix": "č"}).status_code == 422


def test_a_language_that_the_profile_does_not_take_is_refused(
    personas: Personas, bundle: Bundle
) -> None:
    data = {"title": "x", "profile": "eoir", "language": "ar"}
    answer = browser(personas, "colleague").post(f"/bundles/{bundle.pk}/cover/", data)
    assert answer.status_code == 422
    assert "does not take the language" in answer.content.decode()


def test_the_preview_is_a_picture_of_the_cover_and_the_index(
    personas: Personas, bundle: Bundle
) -> None:
    client = browser(personas, "interpreter")
    for number, status in ((1, 200), (2, 200), (3, 404), (99, 404)):
        answer = client.get(f"/bundles/{bundle.pk}/preview/{number}.webp")
        assert answer.status_code == status
    assert client.get(f"/bundles/{bundle.pk}/preview/1.webp").content[8:12] == b"WEBP"


def test_words_of_people_are_never_markup(personas: Personas, bundle: Bundle) -> None:
    row = bundle.exhibits.first()
    assert row is not None
    row.description = "<script>alert(1)</script>"
    row.save()
    text = page(personas, bundle)
    assert "<script>alert" not in text
    assert re.search("&lt;script&gt;alert", text)


def test_every_rule_of_the_check_has_words() -> None:
    assert COMPARED.keys() == RULES.keys()


def test_a_bundle_of_three_hundred_is_saved(personas: Personas, bundle: Bundle) -> None:
    item = bundle.exhibits.all()[0].item
    add_items(bundle, [item] * 296, acting_user=personas.colleague)
    answer = browser(personas, "colleague").post(f"/bundles/{bundle.pk}/save/", saved(bundle))
    assert answer.status_code == 302


def test_a_produced_volume_opens(personas: Personas, bundle: Bundle) -> None:
    from amparo.evidence.web.safes import open_safe

    browser(personas, "colleague").post(f"/bundles/{bundle.pk}/produce/")
    work_off()
    with (
        open_safe().open(Volume.objects.get().object.object_name) as opened,
        pikepdf.open(opened) as document,
    ):
        assert str(document.docinfo.Title) == "Exhibits"
