"""A finding leaves as a file, and the audit says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db import transaction

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.evidence.web.models import Item
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.patterns.findings import Finding, as_csv, as_document, as_workbook

__all__ = ["FORMS", "Form", "take"]

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of file: its media type, and what writes it."""

    media_type: str
    write: Callable[[Finding], bytes]


FORMS: Mapping[str, Form] = {
    "csv": Form("text/csv; charset=utf-8", as_csv),
    "xlsx": Form(f"{_OFFICE}.spreadsheetml.sheet", as_workbook),
    "docx": Form(f"{_OFFICE}.wordprocessingml.document", as_document),
}


@transaction.atomic
def take(item: Item, finding: Finding, form: str, *, method: str, acting_user: User) -> bytes:
    """The finding as a file of a form of ``FORMS``, with its line in the audit."""
    require_knowing(acting_user, Verb.EXPORT, item)
    data = FORMS[form].write(finding)
    audit(
        "export counts",
        acting_user=acting_user,
        subject=item,
        matter_id=item.matter_id,
        method=method,
        form=form,
        title=finding.title,
    )
    return data
