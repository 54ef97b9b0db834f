"""Who works on a matter, for how long, and who must stay out of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.roles import Role
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.matters.access import Verb, decide
from amparo.matters.web.access import current_members, require
from amparo.matters.web.actions.telling import told
from amparo.matters.web.models import Matter, TeamMember, Wall

__all__ = ["add_member", "lift_wall", "raise_wall", "remove_member"]


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
    end = {"until": until.isoformat()} if until else {}
    told("add member", user, matter, acting_user, role=member.role, **end)
    if (before is not None and before.knows != knowing) or (before is None and knowing):
        action = "tell sealed identities" if knowing else "withhold sealed identities"
        told(action, user, matter, acting_user)
    return member


@transaction.atomic
def remove_member(member: TeamMember, *, acting_user: User) -> None:
    """Take someone off the team; the last one who can manage the matter stays."""
    require(acting_user, Verb.MANAGE, member.matter)
    _refuse_without_manager(member.matter, [], without=member.user)
    told("remove member", member.user, member.matter, acting_user)
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
    told("raise wall", user, matter, acting_user, why=wall.reason)
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
    told("lift wall", wall.user, wall.matter, acting_user, why=wall.lifted_why)


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
