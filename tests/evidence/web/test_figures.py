"""A matter's evidence in a few figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from amparo.evidence.web.models import Acquisition, Item, StoredObject
from amparo.evidence.web.queries.figures import Figures, figures_of
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter


def test_an_empty_matter_has_nothing(matter: Matter) -> None:
    assert figures_of(matter) == Figures(files=0, pages=0, repeated=0, waiting=0, troubled=0)


def test_the_overview_of_an_empty_matter_says_what_to_do(
    client: Client, personas: Personas, matter: Matter
) -> None:
    page = reverse("matters:matter", args=[matter.pk])
    client.force_login(personas.owner)
    assert reverse("evidence:add", args=[matter.pk]) in client.get(page).content.decode()
    client.force_login(personas.auditor)
    assert reverse("evidence:add", args=[matter.pk]) not in client.get(page).content.decode()


def test_each_figure_counts_what_it_says(personas: Personas, matter: Matter) -> None:
    now = timezone.now()
    stored = StoredObject.objects.create(
        sha256="0" * 64, blake3="0", size=1, object_name="x", sealed_at=now
    )
    common = {"matter": matter, "object": stored, "media_type": "text/plain", "received_at": now}
    whole = Item.objects.create(**common, path="a", name="a", status="read", page_count=3)
    for number, status in enumerate(["sealed", "partial", "failed"]):
        Item.objects.create(**common, parent=whole, path=f"{number}", name="b", status=status)
    for _ in range(3):
        Acquisition.objects.create(
            item=whole, path="a", acquired_by=personas.owner, recorded_at=now
        )
    assert figures_of(matter) == Figures(files=4, pages=3, repeated=2, waiting=1, troubled=2)
