"""What was selected in a list of evidence, and the way back to it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from amparo.base.errors import UsageError
from amparo.matters.web.models import Matter

__all__ = ["back_to", "ids_of", "selected"]


def selected(request: HttpRequest) -> list[UUID]:
    """The ids of the items that were ticked; UsageError when none was."""
    texts = request.POST.getlist("item")
    if not texts:
        raise UsageError(_("No file is selected."), next_step=_("Select some in the list."))
    return ids_of(texts)


def ids_of(texts: list[str]) -> list[UUID]:
    """The ids of what was ticked, whatever it is; UsageError for what is none."""
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise UsageError(_("This is not a list of files.")) from error


def back_to(request: HttpRequest, matter: Matter) -> str:
    """The list as it was, filters and all."""
    address = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return address
    return reverse("evidence:list", args=[matter.pk])
