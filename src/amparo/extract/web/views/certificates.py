"""Certificates of translations: set as a PDF to sign, shown, and made a file of the matter."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.base.errors import AmparoError
from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.translations.certificate import Certified
from amparo.extract.web.actions.translations import certify, file_certificate
from amparo.extract.web.forms.translations import CertificateForm
from amparo.extract.web.guards import of_item
from amparo.extract.web.models import TranslationCertificate
from amparo.extract.web.queries.translations import versions_of
from amparo.extract.web.room import reading_room
from amparo.extract.web.views.translation_page import address, show
from amparo.matters.access import Verb

__all__ = ["make_file", "sheet", "sign"]


@require_POST
@of_item(Verb.ANNOTATE)
def sign(request: HttpRequest, item: Item) -> HttpResponse:
    """Set the newest version with its certificate as a PDF to sign."""
    target = request.POST.get("target", "")
    row = get_object_or_404(versions_of(item, target)[:1])
    form = CertificateForm(request.POST)
    if form.is_valid():
        said = Certified(source=row.source, target=row.target, **form.cleaned_data)
        try:
            certify(row, said, room=reading_room(), safe=open_safe(), acting_user=person(request))
        except AmparoError as error:
            form.add_error(None, f"{error.message} {error.next_step}".strip())
        else:
            messages.success(request, _("The certificate is ready to be printed and signed."))
            return redirect(f"{address(item)}?to={row.target}#certificate")
    return show(request, item, target, signing=form, status=422)


@require_safe
@of_item(Verb.VIEW)
def sheet(_request: HttpRequest, item: Item, certificate_pk: UUID) -> HttpResponseBase:
    """The PDF of a translation with its certificate."""
    row = _certificate(item, certificate_pk)
    if row.object is None:
        raise Http404
    opened = open_safe().open(row.object.object_name)
    name = f"translation-{row.translation.target}-{row.translation.number}.pdf"
    response = FileResponse(opened, filename=name, content_type="application/pdf")
    response["Content-Length"] = str(row.object.size)
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
@of_item(Verb.ADD)
def make_file(request: HttpRequest, item: Item, certificate_pk: UUID) -> HttpResponse:
    """Make the PDF a file of the matter, to be put into bundles beside its original."""
    row = _certificate(item, certificate_pk)
    made = file_certificate(row, safe=open_safe(), acting_user=person(request))
    messages.success(request, _("It is a file of the matter now, and can be an exhibit."))
    return redirect("extract:item", made.pk)


def _certificate(item: Item, pk: UUID) -> TranslationCertificate:
    rows = TranslationCertificate.objects.select_related("translation__item__matter", "object")
    return get_object_or_404(rows, pk=pk, translation__item=item)
