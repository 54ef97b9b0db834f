"""Versions that people write one after the other: who wrote on an older one is told so."""

from __future__ import annotations

from django.utils.translation import gettext as _

from amparo.base.errors import UsageError

__all__ = ["kept_meanwhile"]


def kept_meanwhile(number: int) -> UsageError:
    """What to tell a person whose words would hide version ``number``, which they never saw."""
    return UsageError(
        _("Version %(number)s was kept meanwhile.") % {"number": number},
        next_step=_("Copy your words, open it again, and set them in."),
    )
