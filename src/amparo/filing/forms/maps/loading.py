"""Finding, reading and writing field maps: YAML, one file a form and edition."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from amparo.base.errors import UsageError
from amparo.filing.forms.maps.schema import ALWAYS, Asked, FormMap, parse_map

__all__ = ["entry_of", "known", "load", "read_map", "write_map"]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FOLDER = "amparo.filing.forms.maps"


@cache
def known() -> Mapping[tuple[str, str], str]:
    """The file of each form and edition that is shipped."""
    found = {}
    for entry in resources.files(_FOLDER).iterdir():
        stem, _, ending = entry.name.rpartition(".")
        form, underscore, edition = stem.partition("_")
        if ending == "yaml" and underscore:
            found[(form.upper(), edition)] = entry.name
    return found


@cache
def load(name: str) -> FormMap:
    """Read a shipped map by its file's name."""
    text = (resources.files(_FOLDER) / name).read_text("utf-8")
    return read_map(text, name)


def read_map(text: str | bytes, where: str) -> FormMap:
    """Read a map from YAML. UsageError names the place that is wrong."""
    try:
        data = yaml.load(text, Loader=_Loader)  # noqa: S506  a safe loader either way
    except yaml.YAMLError as error:
        raise UsageError(f"The field map {where} is not YAML: {error}.") from error
    return parse_map(data, where)


def write_map(made: FormMap) -> str:
    """A map as YAML, one line a field, so that a person can go through it."""
    head = {
        "form": made.form,
        "edition": made.edition,
        "title": made.title,
        "pages": made.pages,
        "fingerprint": made.fingerprint,
        "checked": made.checked,
        "reviewed": made.reviewed,
        "sources": list(made.sources),
        "notes": list(made.notes),
        "first_only": list(made.first_only),
    }
    kept = {key: value for key, value in head.items() if value or key in ALWAYS}
    lines = [yaml.safe_dump(kept, sort_keys=False, allow_unicode=True, width=96)]
    if made.additional.slots:
        lines.append(f"additional:\n  name: {_flow(made.additional.name)}\n  slots:\n")
        for slot in made.additional.slots:
            pairs = {key: getattr(slot, key) for key in ("page", "part", "item", "text")}
            lines.append(f"  - {_flow({k: v for k, v in pairs.items() if v})}\n")
    lines.append("fields:\n")
    lines += [f"  {_flow(key)}: {_flow(entry_of(asked))}\n" for key, asked in made.fields.items()]
    return "".join(lines)


def entry_of(asked: Asked) -> dict[str, Any]:
    """What one field asks as plain data, without what is usual."""
    many = list(asked.questions)
    entry: dict[str, Any] = {"ask": many[0] if len(many) == 1 else many} if many else {}
    further = (
        ("tick", asked.tick, ""),
        ("label", asked.label, ""),
        ("side", asked.side, "right"),
        ("says", asked.says, ""),
        ("as", asked.format, "text"),
        ("with", asked.joined, ", "),
        ("item", asked.item, ""),
        ("hand", asked.hand, ""),
        ("confirmed", asked.confirmed, True),
        ("why", asked.why, ""),
    )
    return entry | {name: value for name, value, usual in further if value != usual}


def _flow(value: Any) -> str:
    """A value on one line of YAML."""
    text = yaml.safe_dump(
        value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=10_000
    )
    return text.removesuffix("\n").removesuffix("\n...").strip()
