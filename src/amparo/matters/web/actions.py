"""Everything that writes about a matter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.roles import Role, WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.matters.access import Verb, decide
from amparo.matters.web import hearers
from amparo.matters.web.access import current_members, require
from amparo.matters.web.models import Matter, Note, Party, Task, TeamMember, Wall

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

DESCRIPTION = ("title", "number", "kind", "status", "forum", "reference", "summary")


@transaction.atomic
def open_matter(
    title: str,
    *,
    acting_user: User,
    number: str = "",
    kind: str = Matter.Kind.OTHER,
    forum: str = "",
    reference: str = "",
    summary: str = "",
) -> Matter:
    """Open a matter with its opener on the team; the number is the year's next when not given."""
    require_workspace(acting_user, WorkspaceVerb.OPEN_MATTER)
    if not title.strip():
        raise UsageError("A matter needs a title.", next_step='For example "A. v. State".')
    _refuse_taken_number(number)
    matter = Matter.objects.create(
        title=title.strip(),
        number=number or _next_number(),
        kind=kind,
        forum=forum,
        reference=reference,
        summary=summary,
    )
    TeamMember.objects.create(matter=matter, user=acting_user, role=acting_user.role)
    audit("open matter", acting_user=acting_user, subject=matter, matter_id=matter.pk)
    return matter


@transaction.atomic
def add_member(
    matter: Matter,
    user: User,
    role: Role | str,
    *,
    acting_user: User,
    until: datetime | None = None,
    knows: bool | None = None,
) -> TeamMember:
    """Put ``user`` on the team, or change their place there; it ends by itself at ``until``.

    ``knows`` says whether the sealed identities are told to them: None leaves that as it is, which
    for someone new is no. UsageError for who stands behind a wall, and for an end that has passed.
    """
    require(acting_user, Verb.MANAGE, matter)
    _refuse_walled(matter, user)
    _refuse_past(until)
    before = TeamMember.objects.filter(matter=matter, user=user).first()
    knowing = before is not None and before.knows if knows is None else knows
    place = {"role": Role(role).value, "until": until, "knows": knowing}
    _refuse_without_manager(matter, [TeamMember(matter=matter, user=user, **place)], without=user)
    member, _created = TeamMember.objects.update_or_create(matter=matter, user=user, defaults=place)
    told = {"until": until.isoformat()} if until else {}
    _told("add member", user, matter, acting_user, role=member.role, **told)
    if (before is not None and before.knows != knowing) or (before is None and knowing):
        action = "tell sealed identities" if knowing else "withhold sealed identities"
        _told(action, user, matter, acting_user)
    return member


@transaction.atomic
def remove_member(member: TeamMember, *, acting_user: User) -> None:
    """Take someone off the team; the last one who can manage the matter stays."""
    require(acting_user, Verb.MANAGE, member.matter)
    _refuse_without_manager(member.matter, [], without=member.user)
    _told("remove member", member.user, member.matter, acting_user)
    member.delete()


@transaction.atomic
def raise_wall(matter: Matter, user: User, reason: str, *, acting_user: User) -> Wall:
    """Keep ``user`` from the matter for as long as the wall stands, whoever they are.

    Takes them off the team. UsageError for oneself, for a wall that stands already, without a
    reason, and when nobody else could manage the matter.
    """
    require(acting_user, Verb.MANAGE, matter)
    if user.pk == acting_user.pk:
        raise UsageError(
            _("Someone else on the team raises a wall between you and this matter."),
            next_step=_("Ask someone who manages the matter."),
        )
    if not reason.strip():
        raise UsageError(_("A wall needs a reason."))
    _refuse_walled(matter, user)
    _refuse_without_manager(matter, [], without=user)
    matter.team.filter(user=user).delete()
    matter.tasks.filter(assignee=user).update(assignee=None)
    wall = Wall.objects.create(
        matter=matter,
        user=user,
        reason=reason.strip(),
        raised_by=acting_user,
        raised_at=timezone.now(),
    )
    _told("raise wall", user, matter, acting_user, why=wall.reason)
    return wall


@transaction.atomic
def lift_wall(wall: Wall, reason: str, *, acting_user: User) -> None:
    """Take a wall down, with a reason; the person is not on the team by that.

    An attorney of the team decides it (``Verb.REVIEW``); the wall stays written.
    """
    require(acting_user, Verb.REVIEW, wall.matter)
    if wall.lifted_at is not None:
        raise UsageError(_("This wall is down already."))
    if not reason.strip():
        raise UsageError(_("Taking a wall down needs a reason."))
    wall.lifted_at, wall.lifted_by, wall.lifted_why = timezone.now(), acting_user, reason.strip()
    wall.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    _told("lift wall", wall.user, wall.matter, acting_user, why=wall.lifted_why)


@transaction.atomic
def change_matter(matter: Matter, *, acting_user: User, **description: str) -> list[str]:
    """Change how the matter is described; gives the names of what changed.

    ``description`` may hold title, number, kind, status, forum, reference and summary.
    """
    require(acting_user, Verb.EDIT, matter)
    changed = [n for n in DESCRIPTION if description.get(n) not in (None, getattr(matter, n))]
    if not changed:
        return []
    if "number" in changed:
        _refuse_taken_number(description["number"])
    for name in changed:
        setattr(matter, name, description[name])
    if "status" in changed:
        matter.closed_at = timezone.now() if matter.status == Matter.Status.CLOSED else None
    matter.save(update_fields=[*changed, "closed_at"])
    _told("change matter", matter, matter, acting_user, changed=changed)
    return changed


def set_status(matters: Iterable[Matter], status: str, *, acting_user: User) -> int:
    """Give each matter that ``acting_user`` may edit this status; gives how many changed."""
    return sum(bool(change_matter(m, status=status, acting_user=acting_user)) for m in matters)


@transaction.atomic
def add_party(matter: Matter, *, acting_user: User, **values: str) -> Party:
    """Write down who takes part; ``values`` are the fields of ``Party``."""
    require(acting_user, Verb.EDIT, matter)
    party = Party.objects.create(matter=matter, **values)
    _told("add party", party, matter, acting_user, name=party.name, role=party.role)
    hearers.tell_of_party(party)
    return party


@transaction.atomic
def change_party(party: Party, *, acting_user: User, **values: str) -> Party:
    """Correct what is written about a party."""
    require(acting_user, Verb.EDIT, party)
    changed = [name for name, value in values.items() if getattr(party, name) != value]
    for name in changed:
        setattr(party, name, values[name])
    party.save(update_fields=changed)
    _told("change party", party, party.matter, acting_user, name=party.name, changed=changed)
    hearers.tell_of_party(party)
    return party


@transaction.atomic
def remove_party(party: Party, *, acting_user: User) -> None:
    """Take a party off the matter."""
    require(acting_user, Verb.EDIT, party)
    _told("remove party", party, party.matter, acting_user, name=party.name)
    party.delete()


@transaction.atomic
def seal_party(
    party: Party,
    pseudonym: str,
    *,
    acting_user: User,
    spellings: Iterable[str] = (),
    known_to: Iterable[User] = (),
) -> None:
    """Seal who a party is: everyone else reads ``pseudonym``; who is ``known_to`` reads the name.

    ``spellings`` are further ways in which the name is written; one of a single word is hidden
    wherever it stands. Nobody else on the team knows any identity of the matter from then on.
    UsageError without a pseudonym and for one that is taken.
    """
    require(acting_user, Verb.MANAGE, party)
    require(acting_user, Verb.IDENTIFY, party)
    matter, pseudonym = party.matter, " ".join(pseudonym.split())
    if not pseudonym:
        raise UsageError(_("A sealed identity needs a pseudonym."))
    if matter.parties.filter(pseudonym=pseudonym).exclude(pk=party.pk).exists():
        raise UsageError(_("Another party of this matter has this pseudonym."))
    knowing = {acting_user.pk, *(user.pk for user in known_to)}
    matter.team.exclude(user__in=knowing).update(knows=False)
    matter.team.filter(user__in=knowing).update(knows=True)
    party.pseudonym, party.spellings = pseudonym, "\n".join(filter(str.strip, spellings))
    party.save(update_fields=["pseudonym", "spellings"])
    _told("seal identity", party, matter, acting_user, pseudonym=pseudonym)
    hearers.tell(matter, acting_user)
    hearers.tell_of_party(party)


@transaction.atomic
def unseal_party(party: Party, *, acting_user: User) -> None:
    """Let everyone on the team read again who a party is."""
    require(acting_user, Verb.MANAGE, party)
    before, party.pseudonym, party.spellings = party.pseudonym, "", ""
    party.save(update_fields=["pseudonym", "spellings"])
    _told("unseal identity", party, party.matter, acting_user, pseudonym=before)
    hearers.tell(party.matter, acting_user)
    hearers.tell_of_party(party)


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
    _told("add task", task, matter, acting_user, task=task.title)
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
    _told("change task", task, task.matter, acting_user, task=task.title)
    return task


@transaction.atomic
def finish_task(task: Task, *, acting_user: User, done: bool = True) -> Task:
    """Mark a task as done, or as not done after all."""
    require(acting_user, Verb.ANNOTATE, task)
    task.done_at = timezone.now() if done else None
    task.save(update_fields=["done_at"])
    action = "finish task" if done else "reopen task"
    _told(action, task, task.matter, acting_user, task=task.title)
    return task


@transaction.atomic
def remove_task(task: Task, *, acting_user: User) -> None:
    """Take a task off the matter."""
    require(acting_user, Verb.EDIT, task)
    _told("remove task", task, task.matter, acting_user, task=task.title)
    task.delete()


@transaction.atomic
def write_note(matter: Matter, text: str, *, acting_user: User) -> Note:
    """Write something down about the matter; notes are not changed afterwards."""
    require(acting_user, Verb.ANNOTATE, matter)
    if not text.strip():
        raise UsageError(_("The note is empty."))
    note = Note.objects.create(matter=matter, author=acting_user, text=text.strip())
    _told("write note", note, matter, acting_user)
    return note


def _told(action: str, subject: Model, matter: Matter, who: User, **details: Any) -> None:
    audit(action, acting_user=who, subject=subject, matter_id=matter.pk, **details)


def _refuse_taken_number(number: str) -> None:
    if number and Matter.objects.filter(number=number).exists():
        raise UsageError(
            _("The number %(number)s is taken.") % {"number": number},
            next_step=_("Choose another, or leave it empty for the next free one."),
        )


def _refuse_outsider(matter: Matter, user: User | None) -> None:
    if user is not None and not current_members(matter).filter(user=user).exists():
        raise UsageError(_("Only someone on the team can be given a task of this matter."))


def _refuse_walled(matter: Matter, user: User) -> None:
    if matter.walls.filter(user=user, lifted_at=None).exists():
        raise UsageError(
            _("A wall stands between %(name)s and this matter.") % {"name": user},
            next_step=_("Only an attorney of the team can take it down, with a reason."),
        )


def _refuse_past(until: datetime | None) -> None:
    if until is not None and until <= timezone.now():
        raise UsageError(
            _("This time has passed."), next_step=_("Choose a later one, or leave it empty.")
        )


def _refuse_without_manager(matter: Matter, joining: list[TeamMember], *, without: User) -> None:
    """Refuse a team on which nobody could manage the matter any more.

    Who is there for a time only does not count: the day would come when nobody could.
    """
    others = current_members(matter).exclude(user=without).select_related("user")
    sealed = matter.parties.exclude(pseudonym="").exists()
    if not any(_can_manage(member, sealed) for member in [*others, *joining]):
        raise UsageError(
            _("Nobody else on the team could manage this matter."),
            next_step=_("Add another attorney, paralegal or investigator first."),
        )


def _can_manage(member: TeamMember, sealed: bool) -> bool:
    knows = member.knows or not sealed
    may = decide(member.user.role, member.role, Verb.MANAGE, knows=knows).allowed
    return may and member.user.is_active and member.until is None


def _next_number() -> str:
    year = timezone.now().year
    taken = Matter.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    used = [int(n.rpartition("-")[2]) for n in taken if n.rpartition("-")[2].isdigit()]
    return f"{year}-{max(used, default=0) + 1:04d}"
