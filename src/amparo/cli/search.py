"""``amparo search``: find passages in everything that one may see."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from amparo.cli import frame

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter
    from amparo.search.results import Hit, Results

__all__ = ["command"]

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def command(
    ctx: typer.Context,
    query: Annotated[list[str], typer.Argument(help="What to look for.")],
    matter: Annotated[str, typer.Option(help="Only this matter: its number or title.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many passages.")] = 20,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object a passage.")
    ] = False,
) -> None:
    """Find passages: words, "phrases", AND OR NOT, prefix*, type:pdf, date:2020..2021."""
    frame.open_workspace(ctx)
    from amparo.matters.sealing import CLEAR
    from amparo.matters.web.access import visible_matters
    from amparo.matters.web.veils import veils_for
    from amparo.search.web.queries import find

    user = frame.acting_user(ctx)
    matters: Sequence[Matter] = (
        [frame.find_matter(user, matter)] if matter else list(visible_matters(user))
    )
    known = {each.pk: each for each in matters}
    names = {each.pk: (each.number, each.title) for each in matters}
    veils = veils_for(user)
    results = find(
        " ".join(query),
        matter_ids=known,
        names=names,
        per_page=limit,
        knowing=known.keys() - veils.keys(),
    )
    paths = _paths(results.hits)
    for hit in results.hits:
        path = veils.get(hit.matter_id, CLEAR).over(paths.get(hit.source_id, ""))
        if as_json:
            frame.print_json(_as_json(hit, known[hit.matter_id], path))
        else:
            _print(hit, known[hit.matter_id], path)
    _say(results)


def _paths(hits: Sequence[Hit]) -> dict[str, str]:
    """The received path of each item among the hits."""
    from amparo.evidence.web.models import Item

    ids = {UUID(hit.source_id) for hit in hits if hit.source == "evidence.item"}
    return {str(pk): path for pk, path in Item.objects.filter(pk__in=ids).values_list("pk", "path")}


def _as_json(hit: Hit, matter: Matter, path: str) -> dict[str, object]:
    return {
        "matter": matter.title,
        "item": hit.source_id,
        "path": path,
        "page": hit.page,
        "snippet": str(hit.snippet),
        "score": hit.score,
    }


def _print(hit: Hit, matter: Matter, path: str) -> None:
    page = f", page {hit.page}" if hit.page else ""
    title = path or hit.name or "".join(fragment.text for fragment in hit.title)
    print(f"{title}{page} ({matter.title})")
    marks = (_BOLD, _PLAIN) if sys.stdout.isatty() else ("", "")
    pieces = (
        f"{marks[0]}{fragment.text}{marks[1]}" if fragment.marked else fragment.text
        for fragment in hit.snippet.fragments
    )
    text = "".join(pieces)
    print(f"    {'' if hit.snippet.begins else '… '}{text}{'' if hit.snippet.ends else ' …'}\n")


def _say(results: Results) -> None:
    """Tell on stderr how much there is and what was not taken as written."""
    for note in results.notes:
        frame.say(str(note))
    if results.any_of:
        frame.say(f"No passage has all of these words; these have: {', '.join(results.any_of)}.")
    if results.spellings:
        frame.say(f"Other spellings found too: {', '.join(results.spellings)}.")
    if not results.total:
        frame.say("Nothing was found in the matters that you may see.")
    elif results.total > len(results.hits):
        more = "at least " if results.at_least else ""
        frame.say(f"{len(results.hits)} of {more}{results.total:,} passages. --limit shows more.")
