"""What is uploaded is read in the background: the site makes the introduction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from amparo.base.web.models import Job
from amparo.evidence.web.models import Item

if TYPE_CHECKING:
    from django.test import Client

    from amparo.matters.web.models import Matter
    from tests.personas import Personas


def test_an_uploaded_file_waits_for_its_reader(
    client: Client, personas: Personas, matter: Matter
) -> None:
    client.force_login(personas.colleague)
    files = [SimpleUploadedFile("a.txt", b"a"), SimpleUploadedFile("again.txt", b"a")]
    client.post(reverse("evidence:add", args=[matter.pk]), {"files": files})
    job = Job.objects.get(name="extract.read")
    assert job.payload["item"] == str(Item.objects.get().pk)
    assert (job.matter_id, job.user_id) == (matter.pk, personas.colleague.pk)
