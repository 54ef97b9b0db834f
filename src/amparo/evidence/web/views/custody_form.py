"""A page with one form about custody: what it is for, the form, and the way back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from amparo.matters.web.models import Matter

__all__ = ["custody_form"]


def custody_form(
    request: HttpRequest,
    matter: Matter,
    form: forms.Form,
    *,
    heading: str,
    button: str,
    back: tuple[str, str],
    **more: Any,
) -> HttpResponse:
    """Show the form, again with its faults when it was sent; ``back`` is an address and its title.

    ``more`` are ``lede``, ``source`` and ``item``, where there are such.
    """
    context = {
        "matter": matter,
        "form": form,
        "heading": heading,
        "button": button,
        "back": back[0],
        "back_title": back[1],
        **more,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/custody_form.html", context, status=status)
