"""One comparison a file: each takes two parts and says how well they agree, and why.

None means that the comparison has nothing to say about the two.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from amparo.linkage.names.agreement import Agreement
from amparo.linkage.names.comparisons.distinct import distinct
from amparo.linkage.names.comparisons.families import of_one_family
from amparo.linkage.names.comparisons.initials import initial
from amparo.linkage.names.comparisons.numbers import numbers
from amparo.linkage.names.comparisons.same import same
from amparo.linkage.names.comparisons.short_forms import short_form
from amparo.linkage.names.comparisons.slips import slip
from amparo.linkage.names.comparisons.sounds import alike_in_sound
from amparo.linkage.names.parsing import Part

__all__ = ["COMPARISONS", "agree", "disagreement"]

COMPARISONS: tuple[Callable[[Part, Part], Agreement | None], ...] = (
    same,
    distinct,
    numbers,
    initial,
    of_one_family,
    short_form,
    alike_in_sound,
    slip,
)


@lru_cache(maxsize=1 << 17)
def agree(one: Part, other: Part) -> Agreement | None:
    """The best that any comparison says of two parts; None when none sees them agree."""
    best: Agreement | None = None
    for comparison in COMPARISONS:
        found = comparison(one, other)
        if found is not None and (best is None or found.score > best.score):
            best = found
            if best.score in (0.0, 1.0):
                break
    return best if best is not None and best.score > 0 else None


def disagreement(one: Part, other: Part) -> str:
    """Why two parts that stand against each other do, in the words of who knows it."""
    for comparison in COMPARISONS:
        found = comparison(one, other)
        if found is not None and found.score == 0:
            return found.said
    return f"“{one.text}” stands against “{other.text}”."
