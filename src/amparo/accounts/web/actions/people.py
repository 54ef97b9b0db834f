"""The people of the workspace: accounts, roles, passwords; what may call out."""

from __future__ import annotations

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from amparo.accounts.roles import Role, WorkspaceVerb
from amparo.accounts.web.actions.auditing import audit, require_workspace
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.web import calling_out

__all__ = [
    "allow_calling_out",
    "change_person",
    "create_first_user",
    "create_user",
    "set_password",
]


@transaction.atomic
def create_first_user(username: str, display_name: str) -> User:
    """Make the owner of a new workspace, an administrator; refused once anyone exists."""
    if User.objects.exists():
        raise UsageError("This workspace already has people in it.")
    user = User(username=username, display_name=display_name, role=Role.ADMINISTRATOR)
    user.set_unusable_password()
    user.save()
    audit("create first user", acting_user=None, subject=user)
    return user


@transaction.atomic
def create_user(
    username: str,
    *,
    display_name: str,
    role: Role | str,
    password: str | None,
    acting_user: User,
    language: str = "en",
) -> User:
    """Make an account. Without a password the person signs in by a one-time link."""
    require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    if User.objects.filter(username=username).exists():
        raise UsageError(f"There is already a person with the user name {username!r}.")
    user = User(
        username=username, display_name=display_name, role=Role(role).value, language=language
    )
    _assign_password(user, password)
    user.save()
    audit("create user", acting_user=acting_user, subject=user, role=user.role)
    return user


@transaction.atomic
def set_password(user: User, password: str, *, acting_user: User) -> None:
    """Give ``user`` a new password: one's own, or anyone's for an administrator."""
    if acting_user.pk != user.pk:
        require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    _assign_password(user, password)
    user.save(update_fields=["password"])
    audit("set password", acting_user=acting_user, subject=user)


@transaction.atomic
def change_person(
    user: User, *, display_name: str, role: Role | str, is_active: bool, acting_user: User
) -> None:
    """Change who someone is and whether they may sign in; one administrator always stays."""
    require_workspace(acting_user, WorkspaceVerb.MANAGE_PEOPLE)
    stays = is_active and Role(role) is Role.ADMINISTRATOR
    if not stays and not _other_administrators(user).exists():
        raise UsageError(
            _("Nobody else could manage the people of this workspace."),
            next_step=_("Make someone else an administrator first."),
        )
    before = {"role": user.role, "may sign in": user.is_active}
    user.display_name, user.role, user.is_active = display_name, Role(role).value, is_active
    user.save(update_fields=["display_name", "role", "is_active"])
    after = {"role": user.role, "may sign in": user.is_active}
    audit("change person", acting_user=acting_user, subject=user, before=before, after=after)


@transaction.atomic
def allow_calling_out(
    name: str, *, is_on: bool, addresses: list[str], acting_user: User
) -> calling_out.Purpose:
    """Decide whether the purpose ``name`` may call out, and to which addresses."""
    require_workspace(acting_user, WorkspaceVerb.ALLOW_CALLING_OUT)
    row = calling_out.switch(name, is_on=is_on, addresses=addresses, changed_by=acting_user.pk)
    action = "allow calling out" if is_on else "forbid calling out"
    audit(action, acting_user=acting_user, subject=row, addresses=calling_out.addresses_of(name))
    return calling_out.purpose(name)


def _other_administrators(user: User) -> QuerySet[User]:
    return User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)


def _assign_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    user.set_password(password)
