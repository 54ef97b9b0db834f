"""Forms about people and sessions. They check the shape; ``actions`` decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from amparo.accounts.web.models import User
from amparo.accounts.web.queries import audit_actions, ways_of
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.base.web.forms import offer

__all__ = [
    "AppForm",
    "AuditFilterForm",
    "NewPersonForm",
    "PasskeyForm",
    "PasswordForm",
    "PeopleFilterForm",
    "PersonForm",
    "PreferencesForm",
    "ProofForm",
    "ProviderForm",
    "SecondForm",
    "SignInForm",
]

OWN_NAMES = [(language.code, language.own) for language in INTERFACE_LANGUAGES]


def password_field(label: Any, autocomplete: str, **options: Any) -> forms.CharField:
    """A field for a secret: never trimmed, never shown again."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "dir": "ltr"})
    return forms.CharField(label=label, strip=False, max_length=1000, widget=widget, **options)


class SignInForm(forms.Form):
    """Who, and the secret."""

    username = forms.CharField(
        label=_("User name"),
        max_length=80,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "username",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
                "dir": "auto",
            }
        ),
    )
    password = password_field(_("Password"), "current-password")


def code_field(label: Any) -> forms.CharField:
    """A field for a code of an app, or a recovery code."""
    attrs = {"autocomplete": "one-time-code", "autocapitalize": "characters", "dir": "ltr"}
    return forms.CharField(label=label, max_length=80, widget=forms.TextInput(attrs=attrs))


class ProofForm(forms.Form):
    """Who one is, once more: by any one of the ways that this person has."""

    password = password_field(_("Your password"), "current-password", required=False)
    code = code_field(_("Or a code of your app, or a recovery code"))
    passkey = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        has = ways_of(user)
        self.fields["code"].required = False
        if not has.password:
            del self.fields["password"]
            self.fields["code"].label = _("A code of your app, or a recovery code")
        if not has.codes:
            del self.fields["code"]
        if not has.passkeys:
            del self.fields["passkey"]
        for field in list(self.fields.values())[:1]:
            field.required = len(self.fields) == 1
            field.widget.attrs["autofocus"] = True

    def clean(self) -> dict[str, Any]:
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if not given:
            raise ValidationError(_("Give one of them."))
        return given


class SecondForm(forms.Form):
    """The second factor at the sign-in."""

    code = code_field(_("A code of your app, or a recovery code"))
    passkey = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False
        self.fields["code"].widget.attrs["autofocus"] = True


class AppForm(forms.Form):
    """The first code that a new authenticator app shows."""

    code = code_field(_("The code that the app shows now"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(forms.Form):
    """A new passkey, as the browser answers."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        help_text=_("So that you know it again, for example “blue key”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    passkey = forms.CharField(max_length=20_000, widget=forms.HiddenInput)


class PasswordForm(forms.Form):
    """A new password, twice; the old one first when there is one."""

    old = password_field(_("Your password now"), "current-password")
    new = password_field(
        _("New password"),
        "new-password",
        help_text=_("At least 12 characters. Several words that do not belong together are good."),
    )
    again = password_field(_("New password again"), "new-password")

    def __init__(self, *args: Any, has_password: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_password:
            del self.fields["old"]

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise ValidationError(_("The two are not the same. Write the new password again."))
        return again


class PreferencesForm(forms.Form):
    """How the pages speak, look and listen."""

    language = forms.ChoiceField(label=_("Language"), choices=OWN_NAMES)
    theme = forms.ChoiceField(
        label=_("Light or dark"), choices=User.Theme.choices, widget=forms.RadioSelect
    )
    single_keys = forms.BooleanField(
        label=_("Single-key shortcuts"),
        required=False,
        help_text=_(
            "For example / for the search and j for the next line. Switch them off if you dictate"
            " to your computer or press keys by accident."
        ),
    )


class PersonForm(forms.Form):
    """Who someone is here."""

    display_name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As others on a team see it.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=User.Role.choices)
    is_active = forms.BooleanField(
        label=_("May sign in"),
        required=False,
        help_text=_("Without it the person's sessions end at once; what they did stays recorded."),
    )


class NewPersonForm(PersonForm):
    """A person who is not here yet."""

    username = forms.CharField(
        label=_("User name"),
        max_length=80,
        help_text=_("What the person types to sign in. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=OWN_NAMES, initial=settings.LANGUAGE_CODE
    )
    field_order = ["display_name", "username", "role", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["is_active"]


class PeopleFilterForm(forms.Form):
    """The bar above the list of people."""

    q = forms.CharField(label=_("Name"), required=False)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("Any")), *User.Role.choices]
    )


class ProviderForm(forms.Form):
    """A provider that people may sign in with."""

    title = forms.CharField(label=_("Name"), max_length=80, help_text=_("As the button says it."))
    issuer = forms.CharField(
        label=_("Issuer"),
        max_length=200,
        help_text=_("For example https://login.example.org/realms/office, exactly as it says it."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    client_id = forms.CharField(
        label=_("Client id"), max_length=200, widget=forms.TextInput(attrs={"dir": "ltr"})
    )
    secret = password_field(_("Client secret"), "off", required=False)


class AuditFilterForm(forms.Form):
    """The bar above the audit."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        required=False,
        queryset=User.objects.all(),
        to_field_name="username",
        empty_label=_("Anyone"),
    )
    action = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(action, action) for action in audit_actions()]
        offer(self, "action", [("", _("Anything")), *known])
