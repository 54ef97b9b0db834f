"""The panel about proofs and the page of trusted keys, with every persona."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions.take_in import Readers
from amparo.extract.web.models import TrustedKey
from tests.evidence.proofs.authorities import authority, picture, signer, with_credentials
from tests.extract.web.builders import safe
from tests.extract.web.test_proofs import KEY, bring, bundle
from tests.personas import Personas, just_signed_in
from tests.work import work_off

if TYPE_CHECKING:
    from django.test import Client

    from amparo.matters.web.models import Matter


@pytest.fixture
def photo(matter: Matter, tmp_path: Path, personas: Personas, room: Sandbox) -> Item:
    readers = Readers(room, safe(), personas.owner, at_once=0, recognise=False)
    bring(matter, tmp_path / "in", bundle(), readers)
    return Item.objects.get(name="IMG_20210301_101500.jpg")


@pytest.mark.django_db
def test_the_panel_says_what_was_found_and_why(
    client: Client, personas: Personas, photo: Item
) -> None:
    client.force_login(personas.owner)
    page = client.get(reverse("extract:item", args=[photo.pk])).content.decode()
    assert "ProofMode" in page
    assert "The file has the hash that the sheet states." in page
    assert "which came with it and says that it belongs to" in page
    assert "Signer: unknown" in page
    assert "2021-03-01T08:15:00Z" in page
    assert "File name and ProofMode: file made agree if the clock was set to +02:00." in page
    assert "fake" not in page.lower()


@pytest.mark.django_db
def test_signature_sheet_and_key_lead_to_the_file_that_they_are_about(
    client: Client, personas: Personas, photo: Item
) -> None:
    client.force_login(personas.owner)
    address = reverse("extract:item", args=[photo.pk])
    for name in bundle():
        item = Item.objects.get(name=name)
        page = client.get(reverse("extract:item", args=[item.pk])).content.decode()
        panel = page[page.find('id="proofs"') :]
        assert (address in panel and "was held against" in panel) == (item.pk != photo.pk), name


@pytest.mark.django_db
def test_a_picture_without_proofs_is_told_calmly(
    client: Client, personas: Personas, matter: Matter, tmp_path: Path, room: Sandbox
) -> None:
    readers = Readers(room, safe(), personas.owner, at_once=0, recognise=False)
    bring(matter, tmp_path / "in", {"a.jpg": picture(), "b.txt": b"words"}, readers)
    client.force_login(personas.owner)
    pages = {
        item.name: client.get(reverse("extract:item", args=[item.pk])).content.decode()
        for item in Item.objects.all()
    }
    assert "That says nothing of where it comes from." in pages["a.jpg"]
    assert 'id="proofs"' not in pages["b.txt"]


@pytest.mark.django_db
def test_who_may_look_again(client: Client, personas: Personas, photo: Item) -> None:
    address = reverse("proofs:look-again", args=[photo.pk])
    codes = {}
    for name in ("owner", "colleague", "interpreter", "client", "auditor", "stranger"):
        client.force_login(getattr(personas, name))
        codes[name] = client.post(address).status_code
    assert codes == {
        "owner": 302,
        "colleague": 302,
        "interpreter": 403,
        "client": 404,
        "auditor": codes["auditor"],
        "stranger": 404,
    }
    assert codes["auditor"] in (403, 404)
    before = photo.proof_checks.count()
    assert work_off() == 2
    assert photo.proof_checks.count() == before + 2


@pytest.mark.django_db
def test_an_administrator_trusts_and_withdraws_keys(client: Client, personas: Personas) -> None:
    client.force_login(personas.administrator)
    just_signed_in(client)
    address = reverse("proofs:keys")
    assert "No key is trusted yet" in client.get(address).content.decode()
    refused = client.post(address, {"name": "x", "text": "no key"})
    assert refused.status_code == 422
    assert client.post(address, {"name": "Lina's phone", "text": KEY}).status_code == 302
    page = client.get(address).content.decode()
    key = TrustedKey.objects.get()
    assert key.fingerprint in page
    assert "Lina&#x27;s phone" in page
    assert client.post(reverse("proofs:withdraw", args=[key.pk])).status_code == 302
    assert "No key is trusted yet" in client.get(address).content.decode()


@pytest.mark.django_db
def test_nobody_else_sees_or_changes_trusted_keys(client: Client, personas: Personas) -> None:
    for name in ("owner", "colleague", "interpreter", "client", "auditor", "stranger"):
        client.force_login(getattr(personas, name))
        just_signed_in(client)
        assert client.get(reverse("proofs:keys")).status_code == 403
        assert client.post(reverse("proofs:keys"), {"text": KEY}).status_code == 403
    assert not TrustedKey.objects.exists()


@pytest.mark.django_db
def test_the_panel_says_when_what_is_trusted_has_changed(
    client: Client, personas: Personas, matter: Matter, tmp_path: Path, room: Sandbox
) -> None:
    root = authority()
    readers = Readers(room, safe(), personas.owner, at_once=0, recognise=False)
    bring(matter, tmp_path / "in", {"p.jpg": with_credentials(signer(root), picture())}, readers)
    item = Item.objects.get()
    client.force_login(personas.administrator)
    just_signed_in(client)
    client.post(reverse("proofs:keys"), {"name": "Camera maker", "text": root.pem})
    client.force_login(personas.owner)
    address = reverse("extract:item", args=[item.pk])
    assert "have changed since" in client.get(address).content.decode()
    client.post(reverse("proofs:look-at-all", args=[item.pk]))
    work_off()
    page = client.get(address).content.decode()
    assert "have changed since" not in page
    assert "Signer: trusted" in page
    client.post(reverse("proofs:look-at-all", args=[item.pk]))
    work_off()
    assert item.proof_checks.count() == 2  # nothing has changed since
