"""The only writers of bundles, of official forms, and of what is produced of them."""

from amparo.filing.web.actions.bundles import (
    ExhibitWords,
    add_items,
    change_bundle,
    open_bundle,
    remove_bundle,
    remove_exhibits,
    set_exhibits,
)
from amparo.filing.web.actions.fetching import fetch_blank, fetch_form
from amparo.filing.web.actions.maps import propose_map, read_again, say_of_field
from amparo.filing.web.actions.official import (
    Said,
    approve_form,
    bring_form,
    open_form_file,
    prepare_form,
    set_answers,
)
from amparo.filing.web.actions.productions import (
    approve,
    begin_production,
    open_volume,
    produce_bundle,
)

__all__ = [
    "ExhibitWords",
    "Said",
    "add_items",
    "approve",
    "approve_form",
    "begin_production",
    "bring_form",
    "change_bundle",
    "fetch_blank",
    "fetch_form",
    "open_bundle",
    "open_form_file",
    "open_volume",
    "prepare_form",
    "produce_bundle",
    "propose_map",
    "read_again",
    "remove_bundle",
    "remove_exhibits",
    "say_of_field",
    "set_answers",
    "set_exhibits",
]
