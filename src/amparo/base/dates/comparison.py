"""What can be said of two partial dates: yes, no, or perhaps.

A date stands for something that began and ended somewhere within its bounds: ``2021-03`` at
some time in March, ``2020-05/2020-07`` from some day of May to some day of July. A date that
its source called approximate or uncertain never gives a certain answer. A single day is taken
to last all day.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NoReturn

from amparo.base.dates.edtf import PartialDate, in_universal_time

__all__ = ["Truth", "certainly_before", "overlaps", "possibly_equal"]

_START_OF_TIME = float("-inf")
_END_OF_TIME = float("inf")
_Bound = tuple[float, int, int, int]
_NEVER: _Bound = (_START_OF_TIME, 0, 0, 0)
_ALWAYS: _Bound = (_END_OF_TIME, 0, 0, 0)


class Truth(Enum):
    """An answer about dates that may be inexact.

    It is neither true nor false by itself, so that nobody can mistake PERHAPS for either:
    compare it, as in ``overlaps(a, b) is Truth.YES``.
    """

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"

    def __bool__(self) -> NoReturn:
        raise TypeError("A Truth has three values: compare it with Truth.YES, PERHAPS or NO.")


@dataclass(frozen=True, slots=True)
class _Span:
    """When something can have begun and ended, at the earliest and at the latest."""

    begins: tuple[_Bound, _Bound]
    ends: tuple[_Bound, _Bound]


def overlaps(one: PartialDate, other: PartialDate) -> Truth:
    """Whether the two share any time.

    YES when they must, however the dates are completed; NO when they cannot.
    """
    a, b = _spans(one, other)
    if a.ends[1] < b.begins[0] or b.ends[1] < a.begins[0]:
        answer = Truth.NO
    elif a.begins[1] <= b.ends[0] and b.begins[1] <= a.ends[0]:
        answer = Truth.YES
    else:
        answer = Truth.PERHAPS
    return _as_far_as_known(answer, one, other)


def certainly_before(one: PartialDate, other: PartialDate) -> bool:
    """Whether the first had ended before the second began, whatever the dates leave out."""
    a, b = _spans(one, other)
    return a.ends[1] < b.begins[0] and not (one.qualified or other.qualified)


def possibly_equal(one: PartialDate, other: PartialDate) -> Truth:
    """Whether the two can be the same date.

    YES for equal days or moments without a qualifier; NO when no completion agrees; PERHAPS
    otherwise, the same month twice included, for it may have been two different days.
    """
    if _differ(one, other):
        return _as_far_as_known(Truth.NO, one, other)
    exact = one.kind == other.kind and one.kind in ("day", "moment")
    exact = exact and (one.zone is None) == (other.zone is None)
    return _as_far_as_known(Truth.YES if exact else Truth.PERHAPS, one, other)


def _differ(one: PartialDate, other: PartialDate) -> bool:
    """Whether no completion of the two is the same date."""
    if one.kind != "interval" and other.kind != "interval":
        a, b = _spans(one, other)
        return a.ends[1] < b.begins[0] or b.ends[1] < a.begins[0]
    a, b = _outer(one), _outer(other)
    return _apart(a.begins, b.begins) or _apart(a.ends, b.ends)


def _as_far_as_known(answer: Truth, one: PartialDate, other: PartialDate) -> Truth:
    return Truth.PERHAPS if one.qualified or other.qualified else answer


def _apart(a: tuple[_Bound, _Bound], b: tuple[_Bound, _Bound]) -> bool:
    return a[1] < b[0] or b[1] < a[0]


def _spans(one: PartialDate, other: PartialDate) -> tuple[_Span, _Span]:
    """Both spans; two moments that name their zones are compared in universal time."""
    here, there = in_universal_time(one), in_universal_time(other)
    if here and there:
        return _Span((here, here), (here, here)), _Span((there, there), (there, there))
    return _span(one), _span(other)


def _span(made: PartialDate) -> _Span:
    """When it must have begun and ended; of a day, at its first and its last second."""
    outer = _outer(made)
    begins, ends = outer.begins, outer.ends
    start, end = made.start or made, made.end or made
    if start.kind == "day":
        begins = (begins[0], begins[0])
    if end.kind == "day":
        ends = (ends[1], ends[1])
    return _Span(begins, ends)


def _outer(made: PartialDate) -> _Span:
    """Within what bounds it began, and within what bounds it ended."""
    if made.kind != "interval":
        bounds = _bounds(made)
        return _Span(bounds, bounds)
    start = _bounds(made.start) if made.start else None
    end = _bounds(made.end) if made.end else None
    if start is None:
        start = (_NEVER, _NEVER) if made.open_start else (_NEVER, end[1] if end else _ALWAYS)
    if end is None:
        end = (_ALWAYS, _ALWAYS) if made.open_end else (start[0], _ALWAYS)
    return _Span(start, end)


def _bounds(made: PartialDate) -> tuple[_Bound, _Bound]:
    return made.first or _NEVER, made.last or _ALWAYS
