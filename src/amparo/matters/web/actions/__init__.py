"""The only writers of matters: opening and ending them, team and walls, parties, tasks, notes."""

from amparo.matters.web.actions.opening import change_matter, open_matter, set_status
from amparo.matters.web.actions.parties import (
    add_party,
    change_party,
    remove_party,
    seal_party,
    unseal_party,
)
from amparo.matters.web.actions.tasks import (
    add_task,
    change_task,
    finish_task,
    remove_task,
    write_note,
)
from amparo.matters.web.actions.team import add_member, lift_wall, raise_wall, remove_member

__all__ = [
    "add_member",
    "add_party",
    "add_task",
    "change_matter",
    "change_party",
    "change_task",
    "finish_task",
    "lift_wall",
    "open_matter",
    "raise_wall",
    "remove_member",
    "remove_party",
    "remove_task",
    "seal_party",
    "set_status",
    "unseal_party",
    "write_note",
]
