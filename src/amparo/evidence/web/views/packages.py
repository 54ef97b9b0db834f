"""Packages: asked for, downloaded, and received from others."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.base.web.downloads import as_attachment
from amparo.evidence.store.chunks import BLOCK
from amparo.evidence.web.actions.uploads import SealingHandler
from amparo.evidence.web.forms.proof import ExportForm, ImportForm
from amparo.evidence.web.models import Export, StoredObject
from amparo.evidence.web.safes import open_safe
from amparo.evidence.web.tasks import ask_for_package, ask_to_import
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.matters.web.guards import of_matter
from amparo.matters.web.models import Matter

__all__ = ["ask", "download", "receive"]


@require_POST
@of_matter(Verb.EXPORT)
@confirmed_lately
def ask(request: HttpRequest, matter: Matter) -> HttpResponse:
    """Have a package made in the background."""
    form = ExportForm(request.POST)
    purpose = form.cleaned_data["purpose"] if form.is_valid() else ""
    ask_for_package(matter, acting_user=person(request), purpose=purpose)
    messages.success(request, _("The package is being made. It appears here when it is whole."))
    return redirect("evidence:custody", matter.pk)


@require_safe
@of_matter(Verb.EXPORT)
@confirmed_lately
def download(request: HttpRequest, matter: Matter, export_pk: UUID) -> HttpResponseBase:
    """The package as a zip, decrypted as it leaves."""
    rows = Export.objects.filter(matter=matter, object__isnull=False).select_related("object")
    made = get_object_or_404(rows, pk=export_pk)
    require_knowing(person(request), Verb.EXPORT, matter)
    assert made.object is not None
    audit("download package", acting_user=person(request), subject=made, matter_id=matter.pk)
    response = StreamingHttpResponse(_blocks(made.object), content_type="application/zip")
    response["Content-Length"] = str(made.object.size)
    return as_attachment(response, f"package-{matter.number}.zip")


@csrf_exempt  # asked for in _receive: the token is inside what the handler seals
@require_http_methods(["GET", "POST"])
@may(WorkspaceVerb.IMPORT_PACKAGE)
def receive(request: HttpRequest) -> HttpResponseBase:
    """Someone else's package: sealed as it arrives, then verified and imported by a job."""
    with SealingHandler(request, open_safe()) as handler:
        if request.method == "POST":
            request.upload_handlers = [handler]
        return _receive(request)


@csrf_protect
def _receive(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["package"]
        ask_to_import(
            upload.sealed.object_name,
            acting_user=person(request),
            fingerprint=form.cleaned_data["fingerprint"],
        )
        told = _("The package is being verified. When all of it holds, it becomes a matter.")
        messages.success(request, told)
        return redirect("extract:jobs")
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/import.html", {"form": form}, status=status)


def _blocks(row: StoredObject) -> Iterator[bytes]:
    with open_safe().open(row.object_name) as stream:
        while block := stream.read(BLOCK):
            yield block
