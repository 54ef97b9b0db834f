"""Proofs on an item's page, and the keys that the organisation trusts."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.guards import confirmed_lately, may, person
from amparo.base.errors import UsageError
from amparo.evidence.web.models import Item
from amparo.extract.web.actions import trust_keys, withdraw_key
from amparo.extract.web.forms.proofs import KeyForm
from amparo.extract.web.guards import of_item
from amparo.extract.web.models import TrustedKey
from amparo.extract.web.queries.proofs import keys_trusted, proofs_of
from amparo.extract.web.tasks import ask_to_prove, ask_to_prove_matter
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of

__all__ = ["keys", "look_again", "look_at_all", "proof_panel", "withdraw"]


def proof_panel(request: HttpRequest, item: Item) -> SafeString | None:
    """What was found of an item's proofs, for its page; nothing where none is to be expected."""
    shown = proofs_of(item)
    if shown.is_empty:
        return None
    context = {"proofs": shown, "item": item, "verbs": verbs_of(person(request), item)}
    return render_to_string("extract/parts/proofs.html", context, request)


@require_POST
@of_item(Verb.ADD)
def look_again(request: HttpRequest, item: Item) -> HttpResponse:
    """Look at the item's proofs again in the background."""
    ask_to_prove(item, user=person(request))
    messages.success(request, _("Its proofs will be looked at again. Earlier looks are kept."))
    return redirect("extract:item", item.pk)


@require_POST
@of_item(Verb.ADD)
def look_at_all(request: HttpRequest, item: Item) -> HttpResponse:
    """Look again at all proofs of the item's matter in the background."""
    ask_to_prove_matter(item.matter, user=person(request))
    messages.success(request, _("All proofs of the matter will be looked at again."))
    return redirect("extract:item", item.pk)


@require_http_methods(["GET", "POST"])
@may(WorkspaceVerb.TRUST_KEYS)
@confirmed_lately
def keys(request: HttpRequest) -> HttpResponse:
    """The keys and certificates that are trusted, and the way to trust another."""
    form = KeyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = trust_keys(
                name=form.cleaned_data["name"],
                text=form.cleaned_data["text"],
                acting_user=person(request),
            )
        except UsageError as error:
            form.add_error("text", str(error))
        else:
            told = ngettext(
                "%(name)s is trusted from now on.",
                "%(count)s keys are trusted from now on.",
                len(rows),
            )
            messages.success(request, told % {"count": len(rows), "name": rows[0].name})
            return redirect("proofs:keys")
    status = 422 if form.errors else 200
    return render(
        request, "extract/keys.html", {"form": form, "keys": keys_trusted()}, status=status
    )


@require_POST
@may(WorkspaceVerb.TRUST_KEYS)
@confirmed_lately
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Trust a key no longer."""
    row = get_object_or_404(TrustedKey, pk=pk, withdrawn_at=None)
    withdraw_key(row, acting_user=person(request))
    messages.success(request, _("%(name)s is trusted no longer.") % {"name": row.name})
    return redirect("proofs:keys")
