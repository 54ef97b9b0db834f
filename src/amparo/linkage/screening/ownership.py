"""Who is blocked through their owners: the 50 percent rule of OFAC.

A body of which blocked persons together own 50 percent or more, directly or indirectly, is itself
blocked. "Indirectly" goes through bodies that are themselves 50 percent or more owned by blocked
persons: shares are added at each step, never multiplied along the way, and what a body holds that
is not blocked counts for nothing. The rule speaks of ownership; control alone does not block.
(OFAC, "Revised Guidance on Entities Owned by Persons Whose Property and Interests in Property Are
Blocked", 13 August 2014, and its questions 398 to 402; read 2026-11-22.)

The law of the European Union and of the United Kingdom differs: more than 50 percent, or control.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from amparo.linkage.screening.entries import Stake

__all__ = ["Blocked", "Verdict", "owned_by"]

HALF, WHOLE = Decimal(50), Decimal(100)


class Verdict(StrEnum):
    """What the rule comes to for a body."""

    BLOCKED = "blocked"
    PERHAPS = "perhaps"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Blocked:
    """What blocked persons own of ``owned``: between ``least`` and ``most`` percent, and why."""

    owned: str
    verdict: Verdict
    least: Decimal
    most: Decimal
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Share:
    owner: str
    least: Decimal
    most: Decimal


def owned_by(
    stakes: Iterable[Stake],
    listed: Collection[str],
    possible: Collection[str] = (),
    *,
    named: Callable[[str], str] = str,
) -> dict[str, Blocked]:
    """The rule for every body of which a listed or possible person owns a share, in any depth.

    ``listed`` are blocked themselves; ``possible`` may be. ``named`` gives what to call a number.
    A holding that has ended does not count; unknown shares leave the verdict open.
    """
    every = list(dict.fromkeys(stakes))
    shares = _by_owned(each for each in every if not each.ended)
    certain = _reached(shares, set(listed), lambda share: share.least)
    thinkable = _reached(shares, {*listed, *possible}, lambda share: share.most)
    touched = [
        owned
        for owned, holders in shares.items()
        if owned not in listed and any(each.owner in thinkable for each in holders)
    ]
    ended = defaultdict(list)
    for stake in every:
        if stake.ended:
            ended[stake.owned].append(stake)
    return {
        owned: _blocked(owned, shares[owned], certain, thinkable, ended[owned], listed, named)
        for owned in touched
    }


def _by_owned(stakes: Iterable[Stake]) -> dict[str, tuple[_Share, ...]]:
    """For each body its owners. Several shares of one owner may be parts of a holding, or one
    holding said twice: at least the largest of them, at most all together."""
    found: dict[str, dict[str, list[Stake]]] = defaultdict(lambda: defaultdict(list))
    for stake in stakes:
        if stake.owner != stake.owned:
            found[stake.owned][stake.owner].append(stake)
    return {
        owned: tuple(_share(owner, said) for owner, said in owners.items())
        for owned, owners in found.items()
    }


def _share(owner: str, said: list[Stake]) -> _Share:
    least = max(Decimal(each.least) for each in said)
    most = min(WHOLE, sum((Decimal(each.most) for each in said), Decimal(0)))
    return _Share(owner, least, most)


def _reached(
    shares: Mapping[str, tuple[_Share, ...]], blocked: set[str], of: Callable[[_Share], Decimal]
) -> set[str]:
    """Who is blocked when shares are added at each step, until no further body is."""
    reached = set(blocked)
    owned_of: dict[str, set[str]] = defaultdict(set)
    for owned, holders in shares.items():
        for holder in holders:
            owned_of[holder.owner].add(owned)
    waiting = list(reached)
    while waiting:
        for owned in owned_of[waiting.pop()] - reached:
            if sum(of(each) for each in shares[owned] if each.owner in reached) >= HALF:
                reached.add(owned)
                waiting.append(owned)
    return reached


def _blocked(
    owned: str,
    holders: tuple[_Share, ...],
    certain: set[str],
    thinkable: set[str],
    ended: list[Stake],
    listed: Collection[str],
    named: Callable[[str], str],
) -> Blocked:
    least = sum((each.least for each in holders if each.owner in certain), Decimal(0))
    most = min(WHOLE, sum((s.most for s in holders if s.owner in thinkable), Decimal(0)))
    least = min(WHOLE, least)
    verdict = Verdict.BLOCKED if owned in certain else Verdict.NOT
    if verdict is Verdict.NOT and owned in thinkable:
        verdict = Verdict.PERHAPS
    reasons = [_holds(each, certain, thinkable, listed, named) for each in holders]
    if sum(each.least for each in holders) > WHOLE:
        reasons.append(
            "The shares add up to more than the whole, so the source is wrong somewhere."
        )
    reasons += [f"The holding of {named(s.owner)} has ended ({s.ended})." for s in ended]
    return Blocked(owned, verdict, least, max(least, most), tuple(reasons))


def _holds(
    share: _Share,
    certain: set[str],
    thinkable: set[str],
    listed: Collection[str],
    named: Callable[[str], str],
) -> str:
    who, much = named(share.owner), _percent(share)
    if share.owner in listed:
        return f"{who} holds {much} and is listed."
    if share.owner in certain:
        return f"{who} holds {much} and is itself owned by listed persons to half or more."
    if share.owner in thinkable:
        return f"{who} holds {much} and may be listed, or be owned by who may be."
    return f"{who} holds {much}, which does not count: it is not blocked as far as is known."


def _percent(share: _Share) -> str:
    if (share.least, share.most) == (Decimal(0), WHOLE):
        return "an unknown share"
    if share.least == share.most:
        return f"{share.least} %"
    return f"{share.least} to {share.most} %"
