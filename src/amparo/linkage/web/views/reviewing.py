"""The review: one pair at a time, by keyboard, the most informative first or a random sample."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from amparo.accounts.web.guards import person
from amparo.base.errors import UsageError
from amparo.linkage.web.actions.linkages import judge
from amparo.linkage.web.models import Linkage, LinkageResult, LinkedPair, PairDecision
from amparo.linkage.web.notebook import of_pair
from amparo.linkage.web.queries.linkages import (
    labels_for,
    linkage_for,
    pair_in,
    records_of,
    review_of,
    steps_of,
)
from amparo.linkage.web.words import ROLES
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing, verbs_of
from amparo.matters.web.guards import of_what

__all__ = ["review"]


@require_http_methods(["GET", "HEAD", "POST"])
@of_what(linkage_for, Verb.VIEW)
def review(request: HttpRequest, asked: Linkage) -> HttpResponse:
    """Show the next pair, or keep what is said of one and go on to the next."""
    made = get_object_or_404(LinkageResult, linkage=asked)
    sampled = "sample" in request.GET
    if request.method == "POST":
        require_knowing(person(request), Verb.ANNOTATE, asked.matter)
        verdict = request.POST.get("verdict", "")
        if verdict not in PairDecision.Verdict.values:
            raise UsageError("Say “one person”, “not one person” or “not sure”.")
        pair = pair_in(asked, request.POST.get("pair", ""))
        judge(pair, verdict, acting_user=person(request))
        query = {"before": pair.pk} | ({"sample": 1} if sampled else {})
        return redirect(f"{reverse('linkage:review', args=[asked.pk])}?{urlencode(query)}")
    state = review_of(asked, sampled=sampled)
    shown = pair_in(asked, request.GET["pair"]) if "pair" in request.GET else state.pair
    context = {
        "matter": asked.matter,
        "tab": "patterns",
        "verbs": verbs_of(person(request), asked.matter),
        "asked": asked,
        "state": state,
        "sampled": sampled,
        "before": request.GET.get("before", ""),
        "snippet": of_pair(asked, labels_for(asked.after), shown) if shown else "",
    }
    return render(request, "linkage/review.html", context | _told(made, shown))


def _told(made: LinkageResult, pair: LinkedPair | None) -> dict[str, Any]:
    """The pair with both records side by side, and its steps."""
    if pair is None:
        return {"pair": None}
    records = records_of(made, (pair.first, pair.second))
    first, second = records[pair.first], records[pair.second]
    said = [
        {"title": words, "first": first.cells.get(role, ""), "second": second.cells.get(role, "")}
        for role, words in ROLES
        if first.cells.get(role) or second.cells.get(role)
    ]
    return {
        "pair": pair,
        "first": first,
        "second": second,
        "said": said,
        "steps": steps_of(pair),
        "decision": pair.decisions.select_related("by").first(),
    }
