"""Translations: beside the original, passage by passage; versions; certificates to sign."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amparo.accounts.web.guards import person
from amparo.accounts.web.models import User
from amparo.base.errors import AmparoError, UsageError
from amparo.base.languages import language
from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.translations.certificate import Certified, kinds
from amparo.extract.translations.engine import why_not
from amparo.extract.translations.models import models_in
from amparo.extract.translations.pairs import Pair, missing, pasted, retold, unchecked
from amparo.extract.web.actions.translations import (
    Work,
    certify,
    file_certificate,
    keep_translation,
)
from amparo.extract.web.forms.translations import (
    CertificateForm,
    DraftForm,
    PasteForm,
    WorkForm,
    language_choices,
)
from amparo.extract.web.guards import of_item
from amparo.extract.web.models import Translation, TranslationCertificate
from amparo.extract.web.queries import item_for
from amparo.extract.web.queries.translations import (
    beside,
    has_words,
    passages_of,
    started,
    versions_of,
)
from amparo.extract.web.room import reading_room
from amparo.extract.web.tasks import ask_to_draft, drafting_now, failed_draft
from amparo.matters.access import Verb
from amparo.matters.web.access import knows, verbs_of

__all__ = ["bring", "draft", "found", "item_panel", "make_file", "page", "sheet", "sign", "write"]

ON_A_PAGE = 40


@require_safe
@of_item(Verb.VIEW)
def page(request: HttpRequest, item: Item) -> HttpResponse:
    """A translation beside the original; without ``to``, the choice of a language."""
    return _page(request, item, _target(item, request.GET.get("to", "")))


@require_safe
def found(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a hit of the search leads: the version of the translation that it was found in."""
    row = get_object_or_404(Translation, pk=pk)
    item_for(person(request), row.item_id)
    return redirect(f"{_here(row.item)}?to={row.target}&version={row.number}")


@require_POST
@of_item(Verb.ANNOTATE)
def write(request: HttpRequest, item: Item) -> HttpResponse:
    """Keep the passages of this part of the page as the next version."""
    form = WorkForm(request.POST)
    if not form.is_valid():
        return _page(request, item, request.POST.get("target", ""), form=form, status=422)
    told = form.cleaned_data
    last = versions_of(item, told["target"]).first()
    pairs = _typed(request, started(item, last))
    try:
        if told["passages"] != _digest(pairs):
            raise UsageError(
                _("The file was read again meanwhile, and its passages are others."),
                next_step=_("Copy your words, open it again, and set them in."),
            )
        made = Translation.Made.CORRECTED if last else Translation.Made.WRITTEN
        row = _keep(item, pairs, told, made, person(request))
    except UsageError as error:
        form.add_error(None, f"{error.message} {error.next_step}".strip())
        return _page(request, item, told["target"], form=form, pairs=pairs, status=422)
    messages.success(request, _("Kept as version %(number)s.") % {"number": row.number})
    return redirect(f"{_here(item)}?to={row.target}&part={_number(request.POST.get('go'), 1)}")


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
            return redirect(f"{_here(item)}?to={row.target}")
    return _page(request, item, target, bringing=form, status=422)


@require_POST
@of_item(Verb.ANNOTATE)
def draft(request: HttpRequest, item: Item) -> HttpResponse:
    """Let a model write what waits for words, in the background."""
    target = _target(item, request.POST.get("target", ""))
    source = _source(item, target)
    missing = why_not(settings.TRANSLATION_MODELS, source, target)
    if missing is not None:
        raise missing
    form = DraftForm(request.POST, models=_models(source, target))
    if form.is_valid():
        ask_to_draft(item, form.cleaned_data["model"], source, target, user=person(request))
    return redirect(f"{_here(item)}?to={target}#draft")


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
            return redirect(f"{_here(item)}?to={row.target}#certificate")
    return _page(request, item, target, signing=form, status=422)


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


def item_panel(request: HttpRequest, item: Item) -> SafeString | None:
    """An item's translations, on its page."""
    rows = {row.target: row for row in reversed(list(versions_of(item)))}
    verbs = _verbs(request, item)
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


def _page(
    request: HttpRequest,
    item: Item,
    target: str,
    *,
    form: WorkForm | None = None,
    bringing: PasteForm | None = None,
    signing: CertificateForm | None = None,
    pairs: list[Pair] | None = None,
    status: int = 200,
) -> HttpResponse:
    versions = list(versions_of(item, target)) if target else []
    last = versions[0] if versions else None
    row = _version(versions, request.GET.get("version", "")) or last
    verbs = _verbs(request, item)
    is_edited = Verb.ANNOTATE in verbs and row is last
    if pairs is None:
        pairs = started(item, last) if is_edited else (row.value if row else [])
    parts = max(1, -(-len(pairs) // ON_A_PAGE))
    part = min(parts, _number(request.GET.get("part") or request.POST.get("part"), 1))
    first = (part - 1) * ON_A_PAGE
    initial = _initial(request, item, target, last) | {"passages": _digest(pairs)}
    context = {
        "item": item,
        "matter": item.matter,
        "tab": "evidence",
        "verbs": verbs,
        "target": target,
        "languages": language_choices(),
        "direction": language(target).direction if target else "ltr",
        "rows": list(beside(item, pairs[first : first + ON_A_PAGE], first)),
        "count": len(pairs),
        "waiting": missing(pairs),
        "unchecked": unchecked(pairs),
        "part": part,
        "parts": range(1, parts + 1),
        "row": row,
        "last": last,
        "is_edited": is_edited,
        "versions": versions,
        "others": sorted({each.target for each in versions_of(item)} - {target}),
        "form": form or WorkForm(initial=initial),
        "bringing": bringing or PasteForm(initial=initial, prefix="whole"),
        **_drafting(item, target, last),
        "signing": signing or CertificateForm(initial=_certificate_initial(item, last)),
        "kinds": [each for each in kinds().values() if each.sources],
    }
    return render(request, "extract/translation.html", context, status=status)


def _drafting(item: Item, target: str, last: Translation | None) -> dict[str, Any]:
    """What a program could draft, or why not, and the work that is under way."""
    if not target:
        return {}
    source = last.source if last else item.language
    return {
        "waits_for": why_not(settings.TRANSLATION_MODELS, source, target),
        "draft_form": DraftForm(models=_models(source, target)),
        "drafting": drafting_now(item, target),
        "draft_failed": failed_draft(item, target),
    }


def _source(item: Item, target: str) -> str:
    """The language of the original, as the newest version or else the file says it."""
    last = versions_of(item, target).first()
    return last.source if last else item.language


def _models(source: str, target: str) -> list[str]:
    found = models_in(settings.TRANSLATION_MODELS)
    return [each.name for each in found if each.translates(source, target)]


def _initial(
    request: HttpRequest, item: Item, target: str, last: Translation | None
) -> dict[str, Any]:
    return {
        "source": last.source if last else item.language,
        "translator": last.translator if last and not _by_program(last) else str(person(request)),
        "target": target,
        "based_on": last.number if last else None,
    }


def _certificate_initial(item: Item, last: Translation | None) -> dict[str, Any]:
    """What the same translator said before in this matter, about the languages and themselves."""
    if last is None:
        return {}
    rows = TranslationCertificate.objects.exclude(object=None)
    before = rows.filter(
        translation__translator=last.translator, translation__item__matter=item.matter_id
    ).first()
    said = before.said if before else {}
    kept = {name: said.get(name, "") for name in ("address", "telephone", "competence")}
    return {"documents": str(item), "translator": last.translator, **kept}


def _by_program(row: Translation) -> bool:
    return row.made == Translation.Made.DRAFTED


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


def _digest(pairs: list[Pair]) -> str:
    """Which passages these are, whatever is written beside them."""
    return sha256("\0".join(pair.passage.original for pair in pairs).encode()).hexdigest()


def _verbs(request: HttpRequest, item: Item) -> frozenset[Verb]:
    """What the person may do here: who does not know its identities only reads."""
    user = person(request)
    return verbs_of(user, item) if knows(user, item) else frozenset({Verb.VIEW})


def _likely(item: Item, language_of_page: str) -> str:
    """Into which language it is likely to be translated; "" when that is to be chosen."""
    return next((code for code in (language_of_page, "en") if code != item.language), "")


def _target(item: Item, asked: str) -> str:
    """The language asked for, or else that of the last translation."""
    if asked:
        known = language(asked)
        return known.code if known.english != asked else ""
    last = versions_of(item).order_by("-made_at").first()
    return last.target if last else ""


def _version(versions: list[Translation], number: str) -> Translation | None:
    return next((row for row in versions if str(row.number) == number), None)


def _certificate(item: Item, pk: UUID) -> TranslationCertificate:
    rows = TranslationCertificate.objects.select_related("translation__item__matter", "object")
    return get_object_or_404(rows, pk=pk, translation__item=item)


def _here(item: Item) -> str:
    return reverse("extract:translations", args=[item.pk])


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
