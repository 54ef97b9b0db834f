"""What an action on a matter leaves in the audit."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.matters.web.models import Matter

__all__ = ["told"]


def told(action: str, subject: Model, matter: Matter, who: User, **details: Any) -> None:
    """Write down in the audit that ``who`` did ``action`` to ``subject``, a part of ``matter``."""
    audit(action, acting_user=who, subject=subject, matter_id=matter.pk, **details)
