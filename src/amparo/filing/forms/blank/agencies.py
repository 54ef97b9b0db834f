"""Where the agencies keep their blank forms: data of ``agencies.yaml``, nothing is fetched here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from amparo.base.errors import UsageError

__all__ = ["Agency", "address_of", "agencies", "agency_of"]

_KEYS = frozenset({"agency", "forms", "page", "address", "source", "checked"})


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency: its forms, the page that lists them, and how a form's address is made ("" when
    addresses follow no rule); ``source`` and the day (ISO) on which that was ``checked``."""

    name: str
    forms: tuple[str, ...]
    page: str
    address: str
    source: str
    checked: str


@cache
def agencies() -> tuple[Agency, ...]:
    """All agencies that are known. UsageError when the data is not as it should be."""
    text = (resources.files(__package__) / "agencies.yaml").read_text("utf-8")
    found = []
    for entry in yaml.safe_load(text):
        if strange := set(entry) - _KEYS:
            raise UsageError(f"agencies.yaml has unknown keys: {', '.join(sorted(strange))}.")
        found.append(
            Agency(
                entry["agency"],
                tuple(entry["forms"]),
                entry["page"],
                entry.get("address", ""),
                entry["source"],
                entry["checked"],
            )
        )
    return tuple(found)


def agency_of(form: str) -> Agency | None:
    """The agency whose form this is."""
    return next((each for each in agencies() if form.upper() in each.forms), None)


def address_of(form: str) -> str:
    """The address of the current blank of a form, "" where none is known."""
    agency = agency_of(form)
    return agency.address.format(form=form.lower()) if agency else ""
