"""A matter is opened, described, and its status set."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.matters.access import Verb
from amparo.matters.web.access import require
from amparo.matters.web.actions.telling import told
from amparo.matters.web.models import Matter, TeamMember

__all__ = ["change_matter", "open_matter", "set_status"]

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
    told("change matter", matter, matter, acting_user, changed=changed)
    return changed


def set_status(matters: Iterable[Matter], status: str, *, acting_user: User) -> int:
    """Give each matter that ``acting_user`` may edit this status; gives how many changed."""
    return sum(bool(change_matter(m, status=status, acting_user=acting_user)) for m in matters)


def _refuse_taken_number(number: str) -> None:
    if number and Matter.objects.filter(number=number).exists():
        raise UsageError(
            _("The number %(number)s is taken.") % {"number": number},
            next_step=_("Choose another, or leave it empty for the next free one."),
        )


def _next_number() -> str:
    year = timezone.now().year
    taken = Matter.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    used = [int(n.rpartition("-")[2]) for n in taken if n.rpartition("-")[2].isdigit()]
    return f"{year}-{max(used, default=0) + 1:04d}"
