"""Data quality as a finding: what stands in the way of counting this table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from amparo.base.errors import UsageError
from amparo.patterns.findings import Finding
from amparo.patterns.web.queries import Sheet
from amparo.patterns.web.told.notebook import opening
from amparo.patterns.web.told.quality.heaps import ages, days
from amparo.patterns.web.told.quality.makers import agreement, sources
from amparo.patterns.web.told.quality.silence import columns
from amparo.patterns.web.told.quality.telling import Telling

__all__ = ["quality"]


def quality(sheet: Sheet, asked: Mapping[str, Any]) -> Finding:
    """Look at a table as it is asked for; what cannot be looked at is refused in words."""
    told = Telling()
    columns(told, sheet, asked["by"])
    for name, look in (("age", ages), ("day", days)):
        if asked[name]:
            _try(told, look, sheet, asked[name])
    if asked["source"] and asked["by"] and asked["source"] != asked["by"]:
        sources(told, sheet, asked["source"], asked["by"])
    if asked["coders"]:
        _try(told, agreement, sheet, asked["coders"])
    return Finding(
        title=_("What this table can bear"),
        counted=_("rows"),
        says=tuple(told.says),
        warnings=tuple(told.warnings),
        notes=tuple(told.notes),
        grids=tuple(told.grids),
        pictures=tuple(told.pictures),
        python="\n".join([opening(sheet, "quality"), *told.python]),
    )


def _try(
    told: Telling, look: Callable[[Telling, Sheet, Any], None], sheet: Sheet, asked: Any
) -> None:
    try:
        look(told, sheet, asked)
    except UsageError as error:
        told.warnings.append(f"{error.message} {error.next_step}")
