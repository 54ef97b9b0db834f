"""The page of a translation: what stands beside the original, and what can be done with it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from amparo.accounts.web.guards import person
from amparo.base.languages import language
from amparo.base.numbers import whole
from amparo.evidence.web.models import Item
from amparo.extract.translations.certificate import kinds
from amparo.extract.translations.engine import why_not
from amparo.extract.translations.models import models_in
from amparo.extract.translations.pairs import Pair, missing, unchecked
from amparo.extract.web.forms.translations import (
    CertificateForm,
    DraftForm,
    PasteForm,
    WorkForm,
    language_choices,
)
from amparo.extract.web.models import Translation, TranslationCertificate
from amparo.extract.web.queries.translations import beside, started, versions_of
from amparo.extract.web.tasks import drafting_now, failed_draft
from amparo.matters.access import Verb
from amparo.matters.web.access import knows, verbs_of

__all__ = ["address", "digest", "models", "show", "source_of", "verbs_here"]

ON_A_PAGE = 40


def show(
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
    """The page into ``target``, or the choice of a language where that is empty.

    A form that was refused is shown again as it was filled in, with its ``status``; ``pairs`` are
    what was typed and not kept.
    """
    versions = list(versions_of(item, target)) if target else []
    last = versions[0] if versions else None
    row = _version(versions, request.GET.get("version", "")) or last
    verbs = verbs_here(request, item)
    is_edited = Verb.ANNOTATE in verbs and row is last
    if pairs is None:
        pairs = started(item, last) if is_edited else (row.value if row else [])
    initial = _initial(request, item, target, last) | {"passages": digest(pairs)}
    context = {
        "item": item,
        "matter": item.matter,
        "tab": "evidence",
        "verbs": verbs,
        "target": target,
        "languages": language_choices(),
        "direction": language(target).direction if target else "ltr",
        "row": row,
        "last": last,
        "is_edited": is_edited,
        "versions": versions,
        "others": sorted({each.target for each in versions_of(item)} - {target}),
        "form": form or WorkForm(initial=initial),
        "bringing": bringing or PasteForm(initial=initial, prefix="whole"),
        "signing": signing or CertificateForm(initial=_certificate_initial(item, last)),
        "kinds": [each for each in kinds().values() if each.sources],
        **_passages(request, item, pairs),
        **_drafting(item, target, last),
    }
    return render(request, "extract/translation.html", context, status=status)


def _passages(request: HttpRequest, item: Item, pairs: list[Pair]) -> dict[str, Any]:
    """The part of the passages that was asked for, and how many still wait."""
    parts = max(1, -(-len(pairs) // ON_A_PAGE))
    part = min(parts, whole(request.GET.get("part") or request.POST.get("part"), 1))
    first = (part - 1) * ON_A_PAGE
    return {
        "rows": list(beside(item, pairs[first : first + ON_A_PAGE], first)),
        "count": len(pairs),
        "waiting": missing(pairs),
        "unchecked": unchecked(pairs),
        "part": part,
        "parts": range(1, parts + 1),
    }


def _drafting(item: Item, target: str, last: Translation | None) -> dict[str, Any]:
    """What a program could draft, or why not, and the work that is under way."""
    if not target:
        return {}
    source = last.source if last else item.language
    return {
        "waits_for": why_not(settings.TRANSLATION_MODELS, source, target),
        "draft_form": DraftForm(models=models(source, target)),
        "drafting": drafting_now(item, target),
        "draft_failed": failed_draft(item, target),
    }


def source_of(item: Item, target: str) -> str:
    """The language of the original, as the newest version or else the file says it."""
    last = versions_of(item, target).first()
    return last.source if last else item.language


def models(source: str, target: str) -> list[str]:
    """The names of the models of the deployment that translate so."""
    found = models_in(settings.TRANSLATION_MODELS)
    return [each.name for each in found if each.translates(source, target)]


def _initial(
    request: HttpRequest, item: Item, target: str, last: Translation | None
) -> dict[str, Any]:
    by_person = last and last.made != Translation.Made.DRAFTED
    return {
        "source": last.source if last else item.language,
        "translator": last.translator if last and by_person else str(person(request)),
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


def verbs_here(request: HttpRequest, item: Item) -> frozenset[Verb]:
    """What the person may do here: who does not know its identities only reads."""
    user = person(request)
    return verbs_of(user, item) if knows(user, item) else frozenset({Verb.VIEW})


def _version(versions: list[Translation], number: str) -> Translation | None:
    return next((row for row in versions if str(row.number) == number), None)


def digest(pairs: list[Pair]) -> str:
    """Which passages these are, whatever is written beside them."""
    return sha256("\0".join(pair.passage.original for pair in pairs).encode()).hexdigest()


def address(item: Item) -> str:
    """Where the page is, without its language."""
    return reverse("extract:translations", args=[item.pk])
