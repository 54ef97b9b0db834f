"""The memo of a screening, from its rows as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from amparo.linkage.names import ALIKE
from amparo.linkage.screening import Blocked, Verdict
from amparo.linkage.screening.memo import Memo, MemoHit, MemoList, MemoName, MemoOwned
from amparo.linkage.web.models import ScreeningResult, ScreeningRuling
from amparo.linkage.web.queries.screening import (
    HitLine,
    line_of,
    names_of,
    owned_in,
    unscreened,
)

__all__ = ["memo_of"]

_RULED: Mapping[str, str] = {
    ScreeningRuling.Verdict.SAME: "Ruled the same",
    ScreeningRuling.Verdict.NOT_SAME: "Ruled not the same",
    ScreeningRuling.Verdict.OPEN: "Left open",
}
_OWNED: Mapping[Verdict, str] = {
    Verdict.BLOCKED: "blocked: listed persons own 50 % or more",
    Verdict.PERHAPS: "open: listed persons may own 50 % or more",
    Verdict.NOT: "not blocked by ownership as far as is known",
}


def memo_of(made: ScreeningResult, now: datetime) -> Memo:
    """What the memo says at ``now``; who asks for it must know the identities of the matter."""
    screening, names = made.screening, names_of(made)
    matter = screening.matter
    return Memo(
        matter_number=matter.number,
        matter_title=matter.title,
        by=str(screening.by),
        made=_when(made.made_at),
        set_on=_when(now),
        least=str(ALIKE),
        lists=[_list(each) for each in made.lists],
        names=[
            MemoName(
                name=line.asked["name"],
                spellings=line.asked["spellings"],
                known=_known(line.asked),
                hits=[_hit(each) for each in line.hits],
                cut=line.cut,
            )
            for line in names
        ],
        owned=[_owned(each) for each in owned_in(made, names)],
        unscreened=[str(party) for party in unscreened(matter, [line_of(screening)])],
    )


def _list(said: Mapping[str, Any]) -> MemoList:
    keys = ("title", "name", "dated", "sha256", "entries", "remarks", "failed")
    return MemoList(**{key: said[key] for key in keys})


def _hit(line: HitLine) -> MemoHit:
    ruling = line.ruling
    ruled = (
        f"{_RULED[ruling.verdict]} by {ruling.ruled_by}, {_when(ruling.ruled_at)}" if ruling else ""
    )
    return MemoHit(
        name=line.hit.name,
        spelling=line.hit.spelling,
        title=line.listed["title"],
        number=line.entry.number,
        programmes=", ".join(line.entry.programmes),
        score=f"{line.hit.score:.2f}",
        reasons=line.hit.reasons,
        agrees=line.agrees,
        disagrees=line.disagrees,
        unknown=line.unknown,
        owned=line.hit.owned["reasons"] if line.hit.owned else (),
        ruling=f"{ruled}." if ruled else "",
        why=ruling.reason if ruling else "",
    )


def _owned(each: Blocked) -> MemoOwned:
    return MemoOwned(each.owned, _OWNED[each.verdict], each.reasons)


def _known(asked: Mapping[str, Any]) -> str:
    born = asked["born"] or "unknown"
    countries = ", ".join(asked["countries"]) or "unknown"
    numbers = ", ".join(asked["identifiers"]) or "unknown"
    return f"Date of birth: {born}. Country: {countries}. Number of a paper: {numbers}."


def _when(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
