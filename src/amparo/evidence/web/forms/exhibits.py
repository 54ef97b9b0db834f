"""Forms about physical exhibits: receiving, storing, labelling, handing over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.accounts.web.models import User
from amparo.base.web.forms import offer, offer_rows
from amparo.evidence.custody import exhibits, labels
from amparo.evidence.web.forms.fields import FilesField, line, offer_files, text, when
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.exhibits import Acknowledgement, PhysicalExhibit, StoragePlace
from amparo.matters.web.models import Matter

__all__ = [
    "AcknowledgementForm",
    "EventForm",
    "ExhibitForm",
    "LabelForm",
    "PlaceForm",
    "TransferForm",
]


class PlaceForm(forms.Form):
    """A place where exhibits can lie."""

    name = line(_("Name"), most=120, required=True)
    kind = forms.ChoiceField(label=_("Kind"))
    inside = forms.ModelChoiceField(
        StoragePlace.objects.none(), label=_("Inside"), required=False, empty_label=_("Nothing")
    )
    remarks = line(_("Remarks"), help_text=_("Who has a key; what a finder should know."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = exhibits.vocabulary().places.items()
        offer(self, "kind", [(name, gettext(label)) for name, label in kinds])
        offer_rows(self, "inside", _places())


class ExhibitForm(forms.Form):
    """A thing that is taken into custody."""

    title = line(_("What it is"), required=True)
    kind = forms.ChoiceField(label=_("Kind"))
    identifiers = line(
        _("Marks and serial numbers"), help_text=_("IMEI, serial number, scratches.")
    )
    description = text(_("Description"))
    from_whom = line(_("From whom"))
    owner = line(_("Owner"), help_text=_("To whom it is given back one day."))
    occurred_at = when(_("When it was taken"))
    found_at = line(_("Where"))
    condition = text(_("Condition"), rows=2)
    photographs = FilesField(
        _("Photographs of it"), _("Pictures of this matter's evidence; add them there first.")
    )
    seal = line(_("Seal number"), most=80)
    storage = forms.ModelChoiceField(
        StoragePlace.objects.none(),
        label=_("Storage place"),
        required=False,
        empty_label=_("Not put away yet"),
    )

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = exhibits.vocabulary().kinds.items()
        offer(self, "kind", [(name, gettext(label)) for name, label in kinds])
        offer_rows(self, "storage", _places())
        offer_files(self, "photographs", matter, pictures=True)


class EventForm(forms.Form):
    """What was done with an exhibit."""

    kind = forms.ChoiceField(label=_("What was done"))
    purpose = line(_("Purpose"))
    seal = line(_("Seal number"), most=80)
    storage = forms.ModelChoiceField(
        StoragePlace.objects.none(),
        label=_("Storage place"),
        required=False,
        empty_label=_("Not chosen"),
    )
    holder = line(_("To whom"), most=400)
    condition = text(_("Condition"), rows=2)
    items = FilesField(_("Photographs, or files made from it"))
    by_whom = line(_("By whom, if not by you"))
    occurred_at = when()

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = exhibits.vocabulary().events.values()
        mine = [(each.name, gettext(each.label)) for each in events if each.by == "person"]
        offer(self, "kind", mine)
        offer_rows(self, "storage", _places())
        offer_files(self, "items", matter)


class LabelForm(forms.Form):
    """On which paper labels are printed."""

    sheet = forms.ChoiceField(label=_("Sheet"))
    skip = forms.IntegerField(
        label=_("Places already used"), min_value=0, max_value=40, required=False, initial=0
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "a4-21": _("A4, 21 labels (63.5 × 38.1 mm)"),
            "letter-20": _("US Letter, 20 labels (4 × 1 in)"),
            "a4-8": _("A4, 8 labels (99 × 67.7 mm)"),
        }
        offer(self, "sheet", [(name, words.get(name, name)) for name in labels.SHEETS])


class TransferForm(forms.Form):
    """To whom exhibits are handed."""

    exhibits = forms.ModelMultipleChoiceField(
        PhysicalExhibit.objects.none(),
        label=_("Exhibits"),
        widget=forms.CheckboxSelectMultiple,
    )
    to_user = forms.ModelChoiceField(
        User.objects.none(),
        label=_("To somebody of the team"),
        required=False,
        empty_label=_("Nobody of the team"),
        help_text=_("They acknowledge it here, under their own name."),
    )
    to_name = line(_("Or to whom"), help_text=_("They sign the receipt, which you keep as a file."))
    to_capacity = line(_("In which capacity"), most=200)
    to_organisation = line(_("Organisation"))
    purpose = line(_("What for"), required=True)
    returns = forms.BooleanField(label=_("It is to be given back"), required=False)
    place = line(_("Where"))
    occurred_at = when()

    def __init__(
        self, *args: Any, matter: Matter, here: list[PhysicalExhibit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = PhysicalExhibit.objects.filter(pk__in=[each.pk for each in here])
        offer_rows(self, "exhibits", chosen)
        members = User.objects.filter(memberships__matter=matter, is_active=True).distinct()
        offer_rows(self, "to_user", members)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("to_user") and not told.get("to_name"):
            self.add_error("to_name", _("Say to whom."))
        return told


class AcknowledgementForm(forms.Form):
    """That the receiver confirmed."""

    seals = forms.ChoiceField(
        label=_("Were the seals whole?"),
        choices=Acknowledgement.Seals,
        initial=Acknowledgement.Seals.UNKNOWN,
    )
    remarks = text(_("Remarks"), rows=2)
    by_name = line(_("Who confirmed"))
    receipt = forms.ModelChoiceField(
        Item.objects.none(),
        label=_("The signed receipt"),
        required=False,
        empty_label=_("Not chosen"),
    )
    occurred_at = when()

    def __init__(self, *args: Any, matter: Matter, in_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = matter.items.exclude(status=Item.Status.DISPOSED).order_by("-received_at")
        offer_rows(self, "receipt", rows)
        if in_person:
            del self.fields["by_name"], self.fields["receipt"]


def _places() -> QuerySet[StoragePlace]:
    """The places in which something can still be put, each with those that it lies in."""
    return StoragePlace.objects.filter(is_closed=False).select_related("inside__inside__inside")
