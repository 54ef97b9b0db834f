"""Forms of screening: a list that is brought, who is asked on which lists, and a ruling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amparo.base import dates
from amparo.base.errors import UnclearDate
from amparo.evidence.web.models import Item
from amparo.linkage.web.actions.screening import asked_of
from amparo.linkage.web.models import BroughtList, ScreeningRuling
from amparo.linkage.web.queries.named import spellings_of
from amparo.matters.web.models import Party

__all__ = ["BringListForm", "HitRulingForm", "ScreenForm"]

MOST_FURTHER = 200


class BringListForm(forms.Form):
    """A list as a file."""

    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "SDN.XML or SDN.CSV of OFAC, the consolidated XML of the UN or the EU, FollowTheMoney"
            " as JSON lines, or a CSV table with a column headed “name”."
        ),
    )
    dated = forms.DateField(
        label=_("Date of the list"),
        required=False,
        help_text=_("Only where the file itself does not say."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class ScreenForm(forms.Form):
    """Who is asked, with what is known of them, and on which lists."""

    lists = forms.MultipleChoiceField(
        label=_("Lists"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one list.")},
    )
    further = forms.CharField(
        label=_("Further names, one a line"),
        required=False,
        max_length=20_000,
        help_text=_(
            "Units, firms, relatives, whoever stands behind a party. After a semicolon, if known:"
            " date of birth; country; number of a passport."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(
        self,
        *args: Any,
        parties: Sequence[Party],
        brought: Sequence[BroughtList],
        items: Sequence[Item],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parties = parties
        self._by_value: dict[str, BroughtList | Item] = {f"list:{e.pk}": e for e in brought}
        self._by_value |= {f"item:{each.pk}": each for each in items}
        choices = [(value, _said_of(each)) for value, each in self._by_value.items()]
        self.fields["lists"].choices = choices  # type: ignore[attr-defined]
        for party in parties:
            self.fields[f"born_{party.pk}"] = forms.CharField(
                label=_("Date of birth"), required=False, max_length=80
            )
            self.fields[f"country_{party.pk}"] = forms.CharField(
                label=_("Country"), required=False, max_length=120
            )

    @property
    def people(self) -> Iterator[tuple[Party, forms.BoundField, forms.BoundField]]:
        """Each party with the fields of what is known of them."""
        for party in self.parties:
            yield party, self[f"born_{party.pk}"], self[f"country_{party.pk}"]

    def clean(self) -> dict[str, Any]:
        """Dates as EDTF; refused where they can be read in two ways."""
        cleaned = super().clean() or {}
        for party in self.parties:
            self._date(f"born_{party.pk}", cleaned)
        asked = []
        for line in (cleaned.get("further") or "").splitlines()[:MOST_FURTHER]:
            cells = [" ".join(cell.split()) for cell in [*line.split(";"), "", "", ""]]
            if cells[0]:
                born = self._read("further", cells[1])
                asked.append((cells[0][:300], born, cells[2], cells[3]))
        cleaned["asked_further"] = asked
        return cleaned

    def _date(self, field: str, cleaned: dict[str, Any]) -> None:
        cleaned[field] = self._read(field, cleaned.get(field) or "")

    def _read(self, field: str, said: str) -> str:
        if not said.strip():
            return ""
        try:
            return str(dates.from_person(said))
        except UnclearDate as error:
            self.add_error(field, error.message)
            return ""

    def chosen(self) -> list[BroughtList | Item]:
        """The lists, once valid."""
        return [self._by_value[value] for value in self.cleaned_data["lists"]]

    def asked(self) -> list[dict[str, Any]]:
        """Who is asked, once valid."""
        told = self.cleaned_data
        people = [
            asked_of(
                party.name,
                spellings_of(party),
                party=str(party.pk),
                role=party.role,
                born=told[f"born_{party.pk}"],
                countries=_several(told[f"country_{party.pk}"]),
            )
            for party in self.parties
        ]
        further = [
            asked_of(name, born=born, countries=_several(country), identifiers=_several(number))
            for name, born, country, number in told["asked_further"]
        ]
        return people + further


class HitRulingForm(forms.Form):
    """A ruling on a hit."""

    verdict = forms.ChoiceField(
        label=_("Ruling"), choices=ScreeningRuling.Verdict.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("Why"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


def _several(said: str) -> list[str]:
    return [each.strip() for each in said.split(",") if each.strip()]


def _said_of(chosen: BroughtList | Item) -> str:
    if isinstance(chosen, Item):
        return str(_("%(name)s (a file of this matter)") % {"name": chosen})
    dated = chosen.dated or str(_("date unknown"))
    return f"{chosen.title} · {dated} · {chosen.name}"
