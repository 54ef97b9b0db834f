"""Everything that writes about a matter."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from amparo.accounts.roles import Role, WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.matters.access import Verb, decide
from amparo.matters.web.access import require
from amparo.matters.web.models import Matter, TeamMember

__all__ = ["add_member", "open_matter", "remove_member"]


@transaction.atomic
def open_matter(
    title: str, *, acting_user: User, number: str = "", kind: str = Matter.Kind.OTHER
) -> Matter:
    """Open a matter with its opener on the team; the number is the year's next when not given."""
    require_workspace(acting_user, WorkspaceVerb.OPEN_MATTER)
    if not title.strip():
        raise UsageError("A matter needs a title.", next_step='For example "A. v. State".')
    matter = Matter.objects.create(title=title.strip(), number=number or _next_number(), kind=kind)
    TeamMember.objects.create(matter=matter, user=acting_user, role=acting_user.role)
    audit("open matter", acting_user=acting_user, subject=matter, matter_id=matter.pk)
    return matter


@transaction.atomic
def add_member(matter: Matter, user: User, role: Role | str, *, acting_user: User) -> TeamMember:
    """Put ``user`` on the team, or change their role there."""
    require(acting_user, Verb.MANAGE, matter)
    member, _ = TeamMember.objects.update_or_create(
        matter=matter, user=user, defaults={"role": Role(role).value}
    )
    audit(
        "add member",
        acting_user=acting_user,
        subject=user,
        matter_id=matter.pk,
        role=member.role,
    )
    return member


@transaction.atomic
def remove_member(member: TeamMember, *, acting_user: User) -> None:
    """Take someone off the team; the last one who can manage the matter stays."""
    require(acting_user, Verb.MANAGE, member.matter)
    others = TeamMember.objects.filter(matter=member.matter).exclude(pk=member.pk)
    if not any(_can_manage(other) for other in others.select_related("user")):
        raise UsageError(
            "Nobody else on the team could manage this matter.",
            next_step="Add another attorney, paralegal or investigator first.",
        )
    audit("remove member", acting_user=acting_user, subject=member.user, matter_id=member.matter_id)
    member.delete()


def _can_manage(member: TeamMember) -> bool:
    return member.user.is_active and decide(member.user.role, member.role, Verb.MANAGE).allowed


def _next_number() -> str:
    year = timezone.now().year
    taken = Matter.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    used = [int(n.rpartition("-")[2]) for n in taken if n.rpartition("-")[2].isdigit()]
    return f"{year}-{max(used, default=0) + 1:04d}"
