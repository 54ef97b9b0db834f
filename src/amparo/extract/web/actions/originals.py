"""The file itself, for who asks for it: verified first, told to the ledger, then handed over."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from django.db import transaction

from amparo.accounts.web.models import User
from amparo.base.errors import VerificationError
from amparo.evidence.store.safe import Safe
from amparo.evidence.web.actions import record_custody
from amparo.evidence.web.models import Item
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing

__all__ = ["copy_original"]

_BLOCK = 2**20


def copy_original(item: Item, *, purpose: str, safe: Safe, acting_user: User) -> BinaryIO:
    """Open an item's bytes to be taken away, having verified them and written that down.

    The caller closes it. VerificationError when the bytes are not those that were sealed.
    """
    require_knowing(acting_user, Verb.EXPORT, item)
    opened = safe.open(item.object.object_name)
    try:
        found = _digest(opened)
        if found != item.object_id:
            raise VerificationError(
                f"“{item.name}”, its SHA-256", got=found, expected=item.object_id
            )
        with transaction.atomic():
            record_custody(
                item,
                "copied",
                acting_user=acting_user,
                purpose=purpose.strip(),
                hash_before=item.object_id,
                hash_after=found,
            )
        opened.seek(0)
    except BaseException:
        opened.close()
        raise
    return opened


def _digest(opened: BinaryIO) -> str:
    digest = hashlib.sha256()
    while block := opened.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()
