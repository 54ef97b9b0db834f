"""Fetching a current blank form from its agency, when a person allowed calling out."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from amparo.accounts.web.actions import audit
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.web import calling_out
from amparo.evidence.store.safe import Safe
from amparo.extract.sandbox import Sandbox
from amparo.filing.forms.blank.agencies import address_of, agencies, agency_of
from amparo.filing.web.actions.official import LARGEST, bring_form
from amparo.filing.web.models import OfficialForm
from amparo.matters.access import Verb
from amparo.matters.web.access import require_knowing
from amparo.matters.web.models import Matter

__all__ = ["PURPOSE", "fetch_blank", "fetch_form"]

PURPOSE = calling_out.register(
    calling_out.Purpose(
        name="blank-forms",
        title=_("Blank official forms"),
        why=_("The current edition of a form is fetched from the agency that makes it."),
        leaves=_(
            "The name of a form, such as I-589. The agency learns that this computer asked for it, "
            "and when; nothing of any matter leaves."
        ),
        addresses=tuple(
            f"{urlsplit(each.address).scheme}://{urlsplit(each.address).netloc}/"
            for each in agencies()
            if each.address
        ),
    )
)


def fetch_form(
    matter: Matter, name: str, *, acting_user: User, room: Sandbox, safe: Safe
) -> OfficialForm:
    """Fetch a blank form and keep it. CallingOutIsOff, CallFailed; UsageError for another form.

    Not inside a transaction.
    """
    require_knowing(acting_user, Verb.PRODUCE, matter)
    data = fetch_blank(name, acting_user=acting_user, matter=matter)
    made = bring_form(matter, data, acting_user=acting_user, room=room, safe=safe)
    if made.name.upper() != name.upper():
        raise UsageError(
            f"The agency sent {made.name} instead of {name}; it is kept under its own name.",
            next_step="Fetch the form by hand from the agency's site and bring it.",
        )
    return made


def fetch_blank(name: str, *, acting_user: User, matter: Matter | None = None) -> bytes:
    """What the agency sends as the form ``name``: of any kind until it is read. Nothing is kept.

    The same errors as ``fetch_form``, whose right the caller has checked where there is a matter.
    """
    address = _address(name)
    of_matter = matter.pk if matter else None
    audit("fetch a blank form", acting_user=acting_user, matter_id=of_matter, form=name)
    return calling_out.get(PURPOSE.name, address, what=f"the blank form {name}", largest=LARGEST)


def _address(name: str) -> str:
    """The form's path at the host that an administrator allowed (their own mirror, or a test's)."""
    known = address_of(name)
    if not known:
        agency = agency_of(name)
        raise UsageError(
            f"No address is known for {name}.",
            next_step=f"Fetch it from {agency.page} and bring it." if agency else "Bring the form.",
        )
    allowed = next(iter(calling_out.addresses_of(PURPOSE.name)), known)
    return f"{allowed.rstrip('/')}{urlsplit(known).path}"
