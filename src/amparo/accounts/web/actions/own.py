"""What people set for themselves: preferences, saved views, their password."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from amparo.accounts.roles import WorkspaceVerb
from amparo.accounts.web.actions.auditing import audit, require_workspace
from amparo.accounts.web.actions.people import set_password
from amparo.accounts.web.actions.signing_in import check_password
from amparo.accounts.web.models import SavedView, Session, User
from amparo.base.errors import AccessDenied, UsageError

__all__ = ["change_own_password", "end_sessions", "forget_view", "save_preferences", "save_view"]


def change_own_password(user: User, old: str | None, new: str, *, address: str) -> None:
    """Give oneself a new password; the old one is asked for unless there is none yet."""
    if user.has_usable_password():
        check_password(user.username, old or "", address=address, action="confirm password")
    set_password(user, new, acting_user=user)


@transaction.atomic
def save_preferences(
    user: User,
    *,
    acting_user: User,
    language: str | None = None,
    theme: str | None = None,
    single_keys: bool | None = None,
) -> None:
    """Keep how someone wants the pages to be; what is None stays as it is."""
    if acting_user.pk != user.pk:
        raise AccessDenied(_("Only the person themselves sets their preferences."))
    chosen = {"language": language, "theme": theme, "single_keys": single_keys}
    changes = {name: value for name, value in chosen.items() if value is not None}
    for name, value in changes.items():
        setattr(user, name, value)
    user.save(update_fields=list(changes))


@transaction.atomic
def save_view(title: str, *, place: str, query: str, acting_user: User) -> SavedView:
    """Keep a list's filter and order under a name of one's own; the same name is replaced."""
    if not title.strip():
        raise UsageError(_("The view needs a name."))
    view, _made = SavedView.objects.update_or_create(
        user=acting_user,
        place=place[:300],
        title=title.strip()[:80],
        defaults={"query": query[:2000]},
    )
    return view


@transaction.atomic
def forget_view(view: SavedView, *, acting_user: User) -> None:
    """Drop a saved view of one's own."""
    if view.user_id != acting_user.pk:
        raise AccessDenied(_("Only the person themselves sets their preferences."))
    view.delete()


@transaction.atomic
def end_sessions(user: User, *, acting_user: User, keys: Sequence[str], address: str = "") -> int:
    """End these sessions of ``user``: one's own, or anyone's for an administrator; gives how many.

    ``keys`` of others' sessions are passed over.
    """
    if user.pk != acting_user.pk:
        require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    ended, _what = Session.objects.filter(user=user, pk__in=keys).delete()
    if ended:
        audit("end session", acting_user=acting_user, subject=user, sessions=ended, address=address)
    return ended
