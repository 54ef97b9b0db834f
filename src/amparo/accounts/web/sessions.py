"""The engine of sessions: as Django's own, and each row knows whose it is, since when, from where.

So a person sees where they are signed in and can end a session that is not theirs any more.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from amparo.accounts.web.models import Session

__all__ = ["ADDRESS", "BROWSER", "SEEN", "SINCE", "SessionStore"]

SEEN = "seen"
SINCE = "since"
ADDRESS = "address"
BROWSER = "browser"


class SessionStore(DatabaseSessions):
    """Sessions in rows that say who is signed in."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of a session; what it says of the person is read from the session itself."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.user_id = data.get(SESSION_KEY) or None
        row.since, row.seen = _moment(data.get(SINCE)), _moment(data.get(SEEN))
        row.address = str(data.get(ADDRESS, ""))[:64]
        row.browser = str(data.get(BROWSER, ""))[:200]
        return row


def _moment(stamp: object) -> datetime | None:
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int | float) else None
