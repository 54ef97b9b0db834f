"""The questionnaires that come with Amparo, read once and checked."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from amparo.base.errors import UsageError
from amparo.interviews.schema import Questionnaire, parse_blocks, parse_questionnaire

__all__ = ["NAMES", "data_file", "load", "load_all"]

NAMES = ("intake", "asylum", "work_permit", "family_petition")
"""The questionnaires in the order in which they are offered."""


@cache
def load(name: str) -> Questionnaire:
    """A questionnaire by its name. UsageError when there is none of that name."""
    if name not in NAMES:
        raise UsageError(
            f"There is no questionnaire {name!r}.", next_step=f"There are: {', '.join(NAMES)}."
        )
    blocks = parse_blocks(data_file("questionnaires", "blocks.yaml"))
    data = data_file("questionnaires", f"{name}.yaml")
    return parse_questionnaire(data, blocks, f"The questionnaire {name}")


def load_all() -> tuple[Questionnaire, ...]:
    """Every questionnaire, in order."""
    return tuple(map(load, NAMES))


def data_file(*place: str) -> Any:
    """What a YAML file of this folder says."""
    found = resources.files("amparo.interviews")
    for each in place:
        found = found / each
    return yaml.safe_load(found.read_text("utf-8"))
