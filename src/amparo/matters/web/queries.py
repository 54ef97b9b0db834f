"""What is read about matters; everything starts from what the person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from amparo.accounts.web.models import AuditEntry, User
from amparo.base.web.containing import containing
from amparo.matters.access import Place, Verb, decide_at
from amparo.matters.urgency import Urgency, urgency
from amparo.matters.web.access import visible_matters
from amparo.matters.web.models import Matter, Task, TeamMember, Wall

__all__ = [
    "ORDERS",
    "HistoryLine",
    "TaskLine",
    "TeamLine",
    "history_lines",
    "history_of",
    "listed_matters",
    "outsiders",
    "task_lines",
    "tasks_of_person",
    "team_of",
    "walls_of",
    "without_wall",
]

ORDERS = {
    "number": ("number",),
    "title": ("title",),
    "status": ("status", "-opened_at"),
    "opened": ("-opened_at",),
}


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task and how near its day is."""

    task: Task
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class TeamLine:
    """Someone on the team and what they may do there, in the order of ``Verb``.

    ``has_ended``: their time is over, so they may do nothing.
    """

    member: TeamMember
    verbs: tuple[Verb, ...]
    has_ended: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that was done, and the person whom it was about ("" for none)."""

    entry: AuditEntry
    about: str


def listed_matters(
    user: User, *, text: str = "", kind: str = "", status: str = "", order: str = "opened"
) -> QuerySet[Matter]:
    """The matters of ``user``'s list, each with ``open_tasks`` and ``my_role``."""
    rows = Matter.objects.filter(pk__in=visible_matters(user).values("pk"))
    if text:
        said = containing(text, "title", "number", "reference", "parties__name")
        rows = rows.filter(said).distinct()
    if kind:
        rows = rows.filter(kind=kind)
    if status:
        rows = rows.filter(status=status)
    mine = TeamMember.objects.filter(matter=OuterRef("pk"), user=user).values("role")[:1]
    return rows.annotate(
        open_tasks=Count("tasks", filter=Q(tasks__done_at=None), distinct=True),
        my_role=Subquery(mine),
    ).order_by(*ORDERS.get(order, ORDERS["opened"]))


def task_lines(tasks: Iterable[Task], today: date | None = None) -> list[TaskLine]:
    """Each task with how near its day is; what is done has no urgency."""
    day = today or timezone.localdate()
    return [TaskLine(t, urgency(None if t.done_at else t.due, day)) for t in tasks]


def tasks_of_person(user: User) -> QuerySet[Task]:
    """What ``user`` still has to do, in the matters that they may see."""
    return (
        Task.objects.filter(assignee=user, done_at=None, matter__in=visible_matters(user))
        .select_related("matter")
        .order_by(F("due").asc(nulls_last=True), "created_at")
    )


def team_of(matter: Matter) -> list[TeamLine]:
    """The team, with what each may do; those whose time is over come last."""
    now, sealed = timezone.now(), matter.parties.exclude(pseudonym="").exists()
    members = matter.team.select_related("user").order_by("role", "user__display_name")
    listed = [_team_line(member, sealed, now) for member in members]
    return sorted(listed, key=lambda line: line.has_ended)


def _team_line(member: TeamMember, sealed: bool, now: datetime) -> TeamLine:
    place = Place(member.role, member.until, member.knows or not sealed)
    verbs = tuple(v for v in Verb if decide_at(member.user.role, place, v, now))
    return TeamLine(member, verbs, member.until is not None and member.until <= now)


def outsiders(matter: Matter) -> QuerySet[User]:
    """The people who may sign in, are not on the team, and whom no wall keeps away."""
    walled = matter.walls.filter(lifted_at=None).values("user")
    return (
        User.objects.filter(is_active=True)
        .exclude(memberships__matter=matter)
        .exclude(pk__in=walled)
    )


def without_wall(matter: Matter) -> QuerySet[User]:
    """The people whom no wall keeps from the matter yet."""
    return User.objects.exclude(pk__in=matter.walls.filter(lifted_at=None).values("user"))


def walls_of(matter: Matter) -> QuerySet[Wall]:
    """The walls around the matter, those that stand first."""
    rows = matter.walls.select_related("user", "raised_by", "lifted_by")
    return rows.order_by(F("lifted_at").desc(nulls_first=True), "-raised_at")


def history_of(matter: Matter) -> QuerySet[AuditEntry]:
    """What was done in the matter, newest first."""
    return AuditEntry.objects.filter(matter_id=matter.pk).select_related("user")


def history_lines(entries: Iterable[AuditEntry]) -> list[HistoryLine]:
    """Each entry with the name of the person whom it is about, if it is about a person."""
    listed = list(entries)
    ids = [entry.object_id for entry in listed if entry.object_kind == "user"]
    names = {str(user.pk): str(user) for user in User.objects.filter(pk__in=ids)}
    return [HistoryLine(entry, names.get(entry.object_id, "")) for entry in listed]
