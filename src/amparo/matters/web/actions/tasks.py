"""Tasks and notes of a matter."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.matters.access import Verb
from amparo.matters.web.access import current_members, require
from amparo.matters.web.actions.telling import told
from amparo.matters.web.models import Matter, Note, Task

__all__ = ["add_task", "change_task", "finish_task", "remove_task", "write_note"]


@transaction.atomic
def add_task(
    matter: Matter,
    title: str,
    *,
    acting_user: User,
    assignee: User | None = None,
    due: date | None = None,
) -> Task:
    """Say what is to be done, by whom and by when."""
    require(acting_user, Verb.EDIT, matter)
    _refuse_outsider(matter, assignee)
    task = Task.objects.create(matter=matter, title=title, assignee=assignee, due=due)
    told("add task", task, matter, acting_user, task=task.title)
    return task


@transaction.atomic
def change_task(
    task: Task, title: str, *, acting_user: User, assignee: User | None, due: date | None
) -> Task:
    """Say better what is to be done, by whom and by when."""
    require(acting_user, Verb.EDIT, task)
    _refuse_outsider(task.matter, assignee)
    task.title, task.assignee, task.due = title, assignee, due
    task.save(update_fields=["title", "assignee", "due"])
    told("change task", task, task.matter, acting_user, task=task.title)
    return task


@transaction.atomic
def finish_task(task: Task, *, acting_user: User, done: bool = True) -> Task:
    """Mark a task as done, or as not done after all."""
    require(acting_user, Verb.ANNOTATE, task)
    task.done_at = timezone.now() if done else None
    task.save(update_fields=["done_at"])
    action = "finish task" if done else "reopen task"
    told(action, task, task.matter, acting_user, task=task.title)
    return task


@transaction.atomic
def remove_task(task: Task, *, acting_user: User) -> None:
    """Take a task off the matter."""
    require(acting_user, Verb.EDIT, task)
    told("remove task", task, task.matter, acting_user, task=task.title)
    task.delete()


@transaction.atomic
def write_note(matter: Matter, text: str, *, acting_user: User) -> Note:
    """Write something down about the matter; notes are not changed afterwards."""
    require(acting_user, Verb.ANNOTATE, matter)
    if not text.strip():
        raise UsageError(_("The note is empty."))
    note = Note.objects.create(matter=matter, author=acting_user, text=text.strip())
    told("write note", note, matter, acting_user)
    return note


def _refuse_outsider(matter: Matter, user: User | None) -> None:
    if user is not None and not current_members(matter).filter(user=user).exists():
        raise UsageError(_("Only someone on the team can be given a task of this matter."))
