"""Everything that writes about people: accounts, sign-in, audit."""

from __future__ import annotations

from amparo.accounts.web.actions.auditing import audit, require_workspace, verify_audit
from amparo.accounts.web.actions.factors import (
    add_app,
    add_passkey,
    check_code,
    check_passkey,
    forget_factors,
    remove_factor,
    renew_recovery_codes,
)
from amparo.accounts.web.actions.own import (
    change_own_password,
    end_sessions,
    forget_view,
    save_preferences,
    save_view,
)
from amparo.accounts.web.actions.people import (
    allow_calling_out,
    change_person,
    create_first_user,
    create_user,
    set_password,
)
from amparo.accounts.web.actions.signing_in import (
    check_password,
    issue_sign_in_link,
    use_sign_in_link,
)

__all__ = [
    "add_app",
    "add_passkey",
    "allow_calling_out",
    "audit",
    "change_own_password",
    "change_person",
    "check_code",
    "check_passkey",
    "check_password",
    "create_first_user",
    "create_user",
    "end_sessions",
    "forget_factors",
    "forget_view",
    "issue_sign_in_link",
    "remove_factor",
    "renew_recovery_codes",
    "require_workspace",
    "save_preferences",
    "save_view",
    "set_password",
    "use_sign_in_link",
    "verify_audit",
]
