"""The only writers of bundles and of what is produced of them."""

from amparo.filing.web.actions.bundles import (
    ExhibitWords,
    add_items,
    change_bundle,
    open_bundle,
    remove_bundle,
    remove_exhibits,
    set_exhibits,
)
from amparo.filing.web.actions.productions import (
    approve,
    begin_production,
    open_volume,
    produce_bundle,
)

__all__ = [
    "ExhibitWords",
    "add_items",
    "approve",
    "begin_production",
    "change_bundle",
    "open_bundle",
    "open_volume",
    "produce_bundle",
    "remove_bundle",
    "remove_exhibits",
    "set_exhibits",
]
