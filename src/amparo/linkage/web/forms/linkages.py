"""Forms of record linkage: what each column holds, and decisions on people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.extract.web.queries.tables import Table
from amparo.linkage.records.roles import LEFT_OUT, guess
from amparo.linkage.web.models import PersonDecision
from amparo.linkage.web.words import ROLES

__all__ = ["LinkForm", "PeopleForm"]


class LinkForm(forms.Form):
    """What each column of the chosen tables holds; guessed from the headings."""

    within = forms.BooleanField(
        label=_("Find duplicates inside each table too"),
        required=False,
        help_text=_("Otherwise only records of different tables are compared."),
    )

    def __init__(self, *args: Any, tables: Sequence[tuple[Table, list[str]]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.tables = tables
        if len(tables) < 2:
            del self.fields["within"]
        for number, (_table, heads) in enumerate(tables):
            guessed = {column: role for role, column in guess(heads).items()}
            for place, head in enumerate(heads):
                self.fields[f"role-{number}-{place}"] = forms.ChoiceField(
                    label=head, choices=ROLES, initial=guessed.get(head, LEFT_OUT)
                )

    def parts(self) -> list[tuple[Table, list[forms.BoundField]]]:
        """Each table with the fields of its columns."""
        return [
            (table, [self[f"role-{number}-{place}"] for place in range(len(heads))])
            for number, (table, heads) in enumerate(self.tables)
        ]

    def roles(self, number: int) -> dict[str, str]:
        """The role by column of a table, those left out not among them."""
        heads = self.tables[number][1]
        said = {h: self.cleaned_data[f"role-{number}-{p}"] for p, h in enumerate(heads)}
        return {head: role for head, role in said.items() if role != LEFT_OUT}

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or {}
        for number, (table, _heads) in enumerate(self.tables):
            chosen = [
                value
                for name, value in told.items()
                if name.startswith(f"role-{number}-") and value != LEFT_OUT
            ]
            twice = {role for role in chosen if chosen.count(role) > 1}
            for role in sorted(twice):
                words = {"table": table.name, "role": dict(ROLES)[role]}
                self.add_error(None, _("%(table)s: two columns hold “%(role)s”.") % words)
        return told


class PeopleForm(forms.Form):
    """A merge or a parting of chosen records."""

    kind = forms.ChoiceField(choices=PersonDecision.Kind.choices)
    record = forms.TypedMultipleChoiceField(coerce=int)
    reason = forms.CharField(
        label=_("Why"),
        max_length=1_000,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Kept with the decision for good."),
    )

    def __init__(self, *args: Any, records: Sequence[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["record"].choices = [(number, number) for number in records]  # type: ignore[attr-defined]
