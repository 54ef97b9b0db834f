"""Forms about exhibits, online work, holds and disposal. They check the shape; actions decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amparo.accounts.web.models import User
from amparo.base import dates
from amparo.base.errors import UsageError
from amparo.evidence.custody import disposal, exhibits, labels, online, retention
from amparo.evidence.web.models import Item
from amparo.evidence.web.models.exhibits import Acknowledgement, PhysicalExhibit, StoragePlace
from amparo.matters.web.models import Matter

__all__ = [
    "AcknowledgementForm",
    "AlarmForm",
    "DecisionForm",
    "DisposalForm",
    "EventForm",
    "ExhibitForm",
    "HoldForm",
    "LabelForm",
    "LiftForm",
    "PaperForm",
    "PlaceForm",
    "RetentionForm",
    "TransferForm",
    "WatchForm",
]

_ANY_SCRIPT = {"dir": "auto"}
_LATIN = {"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}


def _line(label: Any, *, most: int = 300, required: bool = False, help_text: Any = "") -> Any:
    widget = forms.TextInput(attrs=_ANY_SCRIPT)
    return forms.CharField(
        label=label, max_length=most, required=required, widget=widget, help_text=help_text
    )


def _text(label: Any, *, required: bool = False, help_text: Any = "", rows: int = 3) -> Any:
    widget = forms.Textarea(attrs={**_ANY_SCRIPT, "rows": rows})
    return forms.CharField(
        label=label, max_length=20_000, required=required, widget=widget, help_text=help_text
    )


def _when(label: Any = None) -> Any:
    return forms.CharField(
        label=label or _("When"),
        max_length=80,
        required=False,
        help_text=_("As exactly as you know: 3 May 2026, May 2026, about 2026. Empty: now."),
    )


class _Dated(forms.Form):
    """A form with a date as people give it."""

    def clean_occurred_at(self) -> str:
        """The date as EDTF."""
        typed: str = self.cleaned_data["occurred_at"]
        if not typed:
            return ""
        try:
            return dates.from_person(typed).text
        except UsageError as error:
            raise ValidationError(str(error)) from error


class _Files(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Files of the matter, by name."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(
            queryset=Item.objects.none(), label=label, required=False, help_text=help_text
        )
        self.widget.attrs["size"] = 6

    def of(self, matter: Matter, *, pictures: bool = False) -> None:
        """Offer the newest files of ``matter``."""
        rows = matter.items.exclude(status=Item.Status.DISPOSED)
        if pictures:
            rows = rows.filter(media_type__startswith="image/")
        newest = list(rows.order_by("-received_at").values_list("pk", flat=True)[:500])
        self.queryset = Item.objects.filter(pk__in=newest).order_by("-received_at")


def _places() -> Any:
    return StoragePlace.objects.filter(is_closed=False).select_related("inside__inside__inside")


class PlaceForm(forms.Form):
    """A place where exhibits can lie."""

    name = _line(_("Name"), most=120, required=True)
    kind = forms.ChoiceField(label=_("Kind"))
    inside = forms.ModelChoiceField(
        StoragePlace.objects.none(), label=_("Inside"), required=False, empty_label=_("Nothing")
    )
    remarks = _line(_("Remarks"), help_text=_("Who has a key; what a finder should know."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (name, gettext(label)) for name, label in exhibits.vocabulary().places.items()
        ]
        self.fields["inside"].queryset = _places()  # type: ignore[attr-defined]


class ExhibitForm(_Dated):
    """A thing that is taken into custody."""

    title = _line(_("What it is"), required=True)
    kind = forms.ChoiceField(label=_("Kind"))
    identifiers = _line(
        _("Marks and serial numbers"), help_text=_("IMEI, serial number, scratches.")
    )
    description = _text(_("Description"))
    from_whom = _line(_("From whom"))
    owner = _line(_("Owner"), help_text=_("To whom it is given back one day."))
    occurred_at = _when(_("When it was taken"))
    found_at = _line(_("Where"))
    condition = _text(_("Condition"), rows=2)
    photographs = _Files(
        _("Photographs of it"), _("Pictures of this matter's evidence; add them there first.")
    )
    seal = _line(_("Seal number"), most=80)
    storage = forms.ModelChoiceField(
        StoragePlace.objects.none(),
        label=_("Storage place"),
        required=False,
        empty_label=_("Not put away yet"),
    )

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = exhibits.vocabulary().kinds.items()
        self.fields["kind"].choices = [(name, gettext(label)) for name, label in kinds]  # type: ignore[attr-defined]
        self.fields["storage"].queryset = _places()  # type: ignore[attr-defined]
        self.fields["photographs"].of(matter, pictures=True)  # type: ignore[attr-defined]


class EventForm(_Dated):
    """What was done with an exhibit."""

    kind = forms.ChoiceField(label=_("What was done"))
    purpose = _line(_("Purpose"))
    seal = _line(_("Seal number"), most=80)
    storage = forms.ModelChoiceField(
        StoragePlace.objects.none(),
        label=_("Storage place"),
        required=False,
        empty_label=_("Not chosen"),
    )
    holder = _line(_("To whom"), most=400)
    condition = _text(_("Condition"), rows=2)
    items = _Files(_("Photographs, or files made from it"))
    by_whom = _line(_("By whom, if not by you"))
    occurred_at = _when()

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = exhibits.vocabulary().events.values()
        mine = [(each.name, gettext(each.label)) for each in events if each.by == "person"]
        self.fields["kind"].choices = mine  # type: ignore[attr-defined]
        self.fields["storage"].queryset = _places()  # type: ignore[attr-defined]
        self.fields["items"].of(matter)  # type: ignore[attr-defined]


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
        self.fields["sheet"].choices = [(name, words.get(name, name)) for name in labels.SHEETS]  # type: ignore[attr-defined]


class TransferForm(_Dated):
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
    to_name = _line(
        _("Or to whom"), help_text=_("They sign the receipt, which you keep as a file.")
    )
    to_capacity = _line(_("In which capacity"), most=200)
    to_organisation = _line(_("Organisation"))
    purpose = _line(_("What for"), required=True)
    returns = forms.BooleanField(label=_("It is to be given back"), required=False)
    place = _line(_("Where"))
    occurred_at = _when()

    def __init__(
        self, *args: Any, matter: Matter, here: list[PhysicalExhibit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen = PhysicalExhibit.objects.filter(pk__in=[each.pk for each in here])
        self.fields["exhibits"].queryset = chosen  # type: ignore[attr-defined]
        members = User.objects.filter(memberships__matter=matter, is_active=True).distinct()
        self.fields["to_user"].queryset = members  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("to_user") and not told.get("to_name"):
            self.add_error("to_name", _("Say to whom."))
        return told


class AcknowledgementForm(_Dated):
    """That the receiver confirmed."""

    seals = forms.ChoiceField(
        label=_("Were the seals whole?"),
        choices=Acknowledgement.Seals,
        initial=Acknowledgement.Seals.UNKNOWN,
    )
    remarks = _text(_("Remarks"), rows=2)
    by_name = _line(_("Who confirmed"))
    receipt = forms.ModelChoiceField(
        Item.objects.none(),
        label=_("The signed receipt"),
        required=False,
        empty_label=_("Not chosen"),
    )
    occurred_at = _when()

    def __init__(self, *args: Any, matter: Matter, in_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = matter.items.exclude(status=Item.Status.DISPOSED).order_by("-received_at")
        self.fields["receipt"].queryset = rows  # type: ignore[attr-defined]
        if in_person:
            del self.fields["by_name"], self.fields["receipt"]


class HoldForm(forms.Form):
    """A legal hold on the whole matter or some of its files."""

    reason = _text(_("Why"), required=True, rows=2)
    reference = _line(_("Reference"), most=200)
    items = _Files(_("Only these files"), _("None chosen: the whole matter, with all that comes."))

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].of(matter)  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Why a hold ends."""

    reason = _line(_("Why it ends"), most=2000, required=True)


class RetentionForm(forms.Form):
    """How long the matter's evidence is kept."""

    rule = forms.ChoiceField(label=_("Rule"))
    months = forms.IntegerField(
        label=_("Months, for a period of our own"), required=False, min_value=1, max_value=1200
    )
    source = _line(_("Who says so, for a period of our own"), most=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = retention.rules().values()
        self.fields["rule"].choices = [(rule.name, gettext(rule.title)) for rule in rules]  # type: ignore[attr-defined]


class DisposalForm(forms.Form):
    """Why something is to be destroyed."""

    ground = forms.ChoiceField(label=_("Ground"))
    reference = _line(
        _("Reference"), most=200, help_text=_("The number of the order, or the name of the rule.")
    )
    reason = _text(_("Reason"), required=True, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grounds = disposal.grounds().values()
        self.fields["ground"].choices = [(each.name, gettext(each.label)) for each in grounds]  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """A remark to a decision."""

    note = _line(_("Remark"), most=2000)


class WatchForm(forms.Form):
    """How often objects are read again."""

    every_days = forms.IntegerField(label=_("Every so many days"), min_value=1, max_value=3650)
    is_on = forms.BooleanField(label=_("Read every file again in its turn"), required=False)


class AlarmForm(forms.Form):
    """What was done about an alarm."""

    said = _line(_("What was done about it"), most=2000, required=True)


class PaperForm(forms.Form):
    """A paper of ``online.yaml``, its questions in their order."""

    def __init__(self, *args: Any, asked: online.Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in asked.fields:
            self.fields[each.key] = _question(each)
        if asked.many:
            self.fields["occurred_at"] = _when(_("When it was done"))

    def clean_occurred_at(self) -> str:
        """The date as EDTF."""
        return _Dated.clean_occurred_at(self)  # type: ignore[arg-type]

    def answers(self) -> dict[str, str]:
        """What was filled in, without the date."""
        told = self.cleaned_data
        return {key: str(value) for key, value in told.items() if key != "occurred_at"}


def _question(field: online.Field) -> forms.Field:
    label, help_text = gettext(field.label), gettext(field.help) if field.help else ""
    if field.kind == "text":
        made: forms.Field = _text(label, required=field.required, help_text=help_text)
    elif field.kind == "choice":
        choices = [("", gettext("Choose")), *((each, gettext(each)) for each in field.options)]
        made = forms.ChoiceField(
            label=label, choices=choices, required=field.required, help_text=help_text
        )
    elif field.kind == "line":
        made = _line(label, most=2000, required=field.required, help_text=help_text)
    else:
        widget = forms.TextInput(attrs=_LATIN)
        made = forms.CharField(
            label=label,
            max_length=2000,
            required=field.required,
            help_text=help_text,
            widget=widget,
        )
    return made
