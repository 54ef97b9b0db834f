"""Forms about a matter. They check the shape; ``actions`` decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.accounts.web.models import User
from amparo.base.web.forms import offer_rows
from amparo.matters.web.access import current_members
from amparo.matters.web.models import Matter, Party
from amparo.matters.web.queries import outsiders, without_wall

__all__ = [
    "MatterFilterForm",
    "MatterForm",
    "MemberForm",
    "NewMatterForm",
    "NoteForm",
    "PartyForm",
    "PlaceForm",
    "SealForm",
    "TaskForm",
    "WallForm",
]

if TYPE_CHECKING:
    PartyModelForm = forms.ModelForm[Party]
else:
    PartyModelForm = forms.ModelForm

ANY = ("", _("Any"))


class NewMatterForm(forms.Form):
    """A matter that is opened."""

    title = forms.CharField(
        label=_("Title"),
        max_length=300,
        help_text=_("As it stands on a filing, for example “A. v. State”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    kind = forms.ChoiceField(label=_("Type"), choices=Matter.Kind.choices)
    number = forms.CharField(
        label=_("Number"),
        max_length=40,
        required=False,
        help_text=_("Leave it empty for the next number of this year."),
    )
    forum = forms.CharField(
        label=_("Court or body"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    reference = forms.CharField(label=_("Their reference"), max_length=120, required=False)
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        help_text=_("What the matter is about, in a few sentences. The whole team reads it."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class MatterForm(NewMatterForm):
    """A matter as it is."""

    status = forms.ChoiceField(label=_("Status"), choices=Matter.Status.choices)
    field_order = ["title", "number", "kind", "status", "forum", "reference", "summary"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = True
        self.fields["number"].help_text = ""


class MatterFilterForm(forms.Form):
    """The bar above the list of matters."""

    q = forms.CharField(label=_("Title, number or party"), required=False)
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[ANY, *Matter.Status.choices]
    )
    kind = forms.ChoiceField(label=_("Type"), required=False, choices=[ANY, *Matter.Kind.choices])


class PartyForm(PartyModelForm):
    """Who takes part."""

    class Meta:
        model = Party
        fields = [
            "name",
            "original_name",
            "role",
            "pronouns",
            "languages",
            "safe_contact",
            "remarks",
        ]
        widgets = {
            "name": forms.TextInput(attrs={"dir": "auto"}),
            "original_name": forms.TextInput(attrs={"dir": "auto"}),
            "languages": forms.TextInput(attrs={"dir": "auto"}),
            "safe_contact": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "remarks": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }
        help_texts = {
            "original_name": _("As the person writes it."),
            "safe_contact": _("When and how it is safe to reach the person, and when it is not."),
        }


class SealForm(forms.Form):
    """An identity to seal: the pseudonym, how else the name is written, and who may know."""

    pseudonym = forms.CharField(
        label=_("Pseudonym"),
        max_length=80,
        help_text=_("What everyone else reads instead of the name, for example “Witness 3”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    spellings = forms.CharField(
        label=_("Other spellings and short forms, one a line"),
        required=False,
        help_text=_(
            "A single word is hidden wherever it stands, also where it is another person’s name."
            " Nicknames, telephone numbers and handles belong here too."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    known_to = forms.ModelMultipleChoiceField(
        label=_("Who may know, besides you"),
        required=False,
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It holds for all sealed identities of this matter."),
    )

    def __init__(self, *args: Any, matter: Matter, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = current_members(matter).exclude(user=user).values("user")
        offer_rows(self, "known_to", User.objects.filter(pk__in=team))


class TaskForm(forms.Form):
    """What is to be done, by whom, by when."""

    title = forms.CharField(
        label=_("What"), max_length=300, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    assignee = forms.ModelChoiceField(
        label=_("Who"), queryset=User.objects.none(), required=False, empty_label=_("Nobody yet")
    )
    due = forms.DateField(
        label=_("By"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team = current_members(matter).values("user")
        offer_rows(self, "assignee", User.objects.filter(pk__in=team))


class NoteForm(forms.Form):
    """Something to keep in mind about the matter."""

    text = forms.CharField(
        label=_("A new note"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"})
    )


class PlaceForm(forms.Form):
    """Someone's place on the team: as what, until when, and whether they know who is who."""

    role = forms.ChoiceField(
        label=_("Role on this matter"), choices=User.Role.choices, initial=User.Role.PARALEGAL
    )
    until = forms.DateTimeField(
        label=_("Until"),
        required=False,
        help_text=_("The place ends by itself then. Leave it empty for no end."),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    knows = forms.BooleanField(
        label=_("Knows the sealed identities"),
        required=False,
        help_text=_("Without it the person sees pseudonyms, and neither adds nor changes."),
    )

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not matter.parties.exclude(pseudonym="").exists():
            del self.fields["knows"]


class MemberForm(PlaceForm):
    """Someone for the team."""

    user = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose a person")
    )
    field_order = ["user", "role", "until", "knows"]

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, matter=matter, **kwargs)
        offer_rows(self, "user", outsiders(matter))


class WallForm(forms.Form):
    """Someone who must never see the matter."""

    user = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.none(), empty_label=_("Choose a person")
    )
    reason = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "wall_%s"  # beside the form for members, which has such fields too
        offer_rows(self, "user", without_wall(matter))
