"""Producing a bundle, looking at what was compared, taking it away, approving it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import confirmed_lately, person
from amparo.evidence.web.safes import open_safe
from amparo.filing.web.actions import approve, open_volume
from amparo.filing.web.guards import of_bundle
from amparo.filing.web.models import Bundle, Volume
from amparo.filing.web.queries.bundles import productions_of
from amparo.filing.web.streams import attachment
from amparo.filing.web.tasks import ask_to_produce
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of

__all__ = ["approve_production", "download", "produce", "productions"]


@require_POST
@of_bundle(Verb.PRODUCE)
def produce(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """Have the bundle produced in the background."""
    ask_to_produce(bundle, acting_user=person(request))
    messages.success(
        request, _("The bundle is being produced. It appears here when it is checked.")
    )
    return redirect("filing:bundle", bundle.pk)


@require_safe
@of_bundle(Verb.VIEW)
def productions(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    """What was produced of the bundle and what is under way: a part of its page."""
    lines = productions_of(bundle)
    context = {
        "bundle": bundle,
        "verbs": verbs_of(person(request), bundle),
        "productions": lines,
        "making": any(line.is_under_way for line in lines),
    }
    return render(request, "filing/parts/productions.html", context)


@require_safe
@of_bundle(Verb.EXPORT)
@confirmed_lately
def download(request: HttpRequest, bundle: Bundle, volume_pk: int) -> HttpResponseBase:
    """A volume as a file, decrypted as it leaves; a draft says so in its name."""
    rows = Volume.objects.filter(production__bundle=bundle)
    volume = get_object_or_404(
        rows.select_related("object", "production__bundle__matter"), pk=volume_pk
    )
    opened = open_volume(volume, safe=open_safe(), acting_user=person(request))
    name = volume.name if volume.production.approved_at else f"draft-{volume.name}"
    return attachment(opened, name, volume.object.size)


@require_POST
@of_bundle(Verb.REVIEW)
def approve_production(request: HttpRequest, bundle: Bundle, production_pk: UUID) -> HttpResponse:
    """An attorney's approval of a production."""
    production = get_object_or_404(bundle.productions, pk=production_pk)
    approve(production, acting_user=person(request))
    messages.success(request, _("You approved it for filing. That is written into the ledger."))
    return redirect("filing:bundle", bundle.pk)
