"""Translations: beside the original, passage by passage; typed, brought or drafted; versions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.languages import language
from amparo.base.numbers import whole
from amparo.evidence.web.models import Item
from amparo.extract.translations.engine import why_not
from amparo.extract.translations.pairs import Pair, pasted, retold
from amparo.extract.web.actions.translations import Work, keep_translation
from amparo.extract.web.forms.translations import DraftForm, PasteForm, WorkForm
from amparo.extract.web.guards import of_item
from amparo.extract.web.models import Translation
from amparo.extract.web.queries import item_for
from amparo.extract.web.queries.translations import has_words, passages_of, started, versions_of
from amparo.extract.web.tasks import ask_to_draft
from amparo.extract.web.views.translation_page import (
    address,
    digest,
    models,
    show,
    source_of,
    verbs_here,
)
from amparo.matters.access import Verb

__all__ = ["bring", "draft", "found", "item_panel", "page", "write"]


@require_safe
@of_item(Verb.VIEW)
def page(request: HttpRequest, item: Item) -> HttpResponse:
    """A translation beside the original; without ``to``, the choice of a language."""
    return show(request, item, _target(item, request.GET.get("to", "")))


@require_safe
def found(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a hit of the search leads: the version of the translation that it was found in."""
    row = get_object_or_404(Translation, pk=pk)
    item_for(person(request), row.item_id)
    return redirect(f"{address(row.item)}?to={row.target}&version={row.number}")


@require_POST
@of_item(Verb.ANNOTATE)
def write(request: HttpRequest, item: Item) -> HttpResponse:
    """Keep the passages of this part of the page as the next version."""
    form = WorkForm(request.POST)
    if not form.is_valid():
        return show(request, item, request.POST.get("target", ""), form=form, status=422)
    told = form.cleaned_data
    last = versions_of(item, told["target"]).first()
    pairs = _typed(request, started(item, last))
    try:
        if told["passages"] != digest(pairs):
            raise UsageError(
                _("The file was read again meanwhile, and its passages are others."),
                next_step=_("Copy your words, open it again, and set them in."),
            )
        made = Translation.Made.CORRECTED if last else Translation.Made.WRITTEN
        row = _keep(item, pairs, told, made, person(request))
    except UsageError as error:
        form.add_error(None, f"{error.message} {error.next_step}".strip())
        return show(request, item, told["target"], form=form, pairs=pairs, status=422)
    messages.success(request, _("Kept as version %(number)s.") % {"number": row.number})
    return redirect(f"{address(item)}?to={row.target}&part={whole(request.POST.get('go'), 1)}")


@require_POST
@of_item(Verb.ANNOTATE)
def bring(request: HttpRequest, item: Item) -> HttpResponse:
    """Take in a whole translation, paragraph by paragraph."""
    form = PasteForm(request.POST, prefix="whole")
    target = request.POST.get("whole-target", "")
    if form.is_valid():
        told = form.cleaned_data
        try:
            pairs = pasted(passages_of(item), told["text"])
            row = _keep(item, pairs, told, Translation.Made.PASTED, person(request))
        except UsageError as error:
            form.add_error("text", f"{error.message} {error.next_step}".strip())
        else:
            messages.success(request, _("Kept as version %(number)s.") % {"number": row.number})
            return redirect(f"{address(item)}?to={row.target}")
    return show(request, item, target, bringing=form, status=422)


@require_POST
@of_item(Verb.ANNOTATE)
def draft(request: HttpRequest, item: Item) -> HttpResponse:
    """Let a model write what waits for words, in the background."""
    target = _target(item, request.POST.get("target", ""))
    source = source_of(item, target)
    missing = why_not(settings.TRANSLATION_MODELS, source, target)
    if missing is not None:
        raise missing
    form = DraftForm(request.POST, models=models(source, target))
    if form.is_valid():
        ask_to_draft(item, form.cleaned_data["model"], source, target, user=person(request))
    return redirect(f"{address(item)}?to={target}#draft")


def item_panel(request: HttpRequest, item: Item) -> SafeString | None:
    """An item's translations, on its page."""
    rows = {row.target: row for row in reversed(list(versions_of(item)))}
    verbs = verbs_here(request, item)
    if not rows and (Verb.ANNOTATE not in verbs or not has_words(item)):
        return None
    context = {
        "item": item,
        "rows": list(rows.values()),
        "verbs": verbs,
        "into": _likely(item, get_language() or "en"),
    }
    return render_to_string("extract/parts/translations.html", context, request)


def _keep(
    item: Item, pairs: list[Pair], told: dict[str, Any], made: str, user: User
) -> Translation:
    work = Work(told["source"], told["target"], told["translator"], made, told["note"])
    return keep_translation(item, pairs, work, based_on=told["based_on"], acting_user=user)


def _typed(request: HttpRequest, pairs: list[Pair]) -> list[Pair]:
    """The pairs with what was typed; passages that are not on this part of the page stay."""
    typed = {
        int(name[2:]): str(text).replace("\r\n", "\n").strip()
        for name, text in request.POST.items()
        if name.startswith("t-") and name[2:].isdecimal() and len(name) < 9
    }
    right = request.POST.getlist("ok")
    return [
        retold(pair, typed.get(n, pair.text), is_right=str(n) in right)
        for n, pair in enumerate(pairs)
    ]


def _target(item: Item, asked: str) -> str:
    """The language asked for, or else that of the last translation."""
    if asked:
        known = language(asked)
        return known.code if known.english != asked else ""
    last = versions_of(item).order_by("-made_at").first()
    return last.target if last else ""


def _likely(item: Item, language_of_page: str) -> str:
    """Into which language it is likely to be translated; "" when that is to be chosen."""
    return next((code for code in (language_of_page, "en") if code != item.language), "")
