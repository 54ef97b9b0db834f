"""What an address of the search page says, and the addresses of other choices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from amparo.base.ids import read_ids
from amparo.base.numbers import whole
from amparo.search.results import Chosen, Count, Facets, Value
from amparo.search.web.labels import kind_label, language_label, year_label

__all__ = ["Choice", "Facet", "asked_page", "chips", "chosen_in", "facets_for", "without_choices"]

PARAMETERS = ("matter", "kind", "lang", "year", "tag")
NONE = "none"


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as a link that chooses it, or lets it go when it is chosen."""

    label: str
    number: int
    chosen: bool
    url: str
    value: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet on the page."""

    name: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether one of its values is chosen."""
        return any(choice.chosen for choice in self.choices)


def chosen_in(get: QueryDict) -> Chosen:
    """Read the choices of an address; what makes no sense is passed over."""
    return Chosen(
        matters=frozenset(read_ids(get.getlist("matter"))),
        kinds=frozenset(get.getlist("kind")),
        languages=frozenset("" if code == NONE else code for code in get.getlist("lang")),
        years=frozenset(
            None if year == NONE else int(year)
            for year in get.getlist("year")
            if year == NONE or (year.isascii() and year.isdigit() and len(year) < 5)
        ),
        tags=frozenset(get.getlist("tag")),
    )


def asked_page(get: QueryDict) -> int:
    """The number of the page of results that an address asks for."""
    return whole(get.get("page"), 1)


def without_choices(get: QueryDict) -> str:
    """The same search with no facet chosen."""
    return _address(get, drop=PARAMETERS)


def facets_for(get: QueryDict, facets: Facets, matter_title: Callable[[UUID], str]) -> list[Facet]:
    """The facets worth showing: those with two values, or with a choice to let go."""

    def facet(
        name: str, title: str, counts: Iterable[Count[Value]], label: Callable[..., str]
    ) -> Facet:
        return Facet(name, title, tuple(_choice(get, name, count, label) for count in counts))

    every = [
        facet("matter", _("Matter"), facets.matters, matter_title),
        facet("kind", _("Type"), facets.kinds, kind_label),
        facet("lang", _("Language"), facets.languages, language_label),
        facet("year", _("Year"), facets.years, year_label),
        facet("tag", _("Tag"), facets.tags, str),
    ]
    return [each for each in every if len(each.choices) > 1 or each.is_chosen]


def chips(facets: Iterable[Facet]) -> list[Choice]:
    """Every choice that is made."""
    return [choice for facet in facets for choice in facet.choices if choice.chosen]


def _choice(get: QueryDict, name: str, count: Count[Value], label: Callable[..., str]) -> Choice:
    value = NONE if count.value in (None, "") else str(count.value)
    return Choice(label(count.value), count.number, count.chosen, _toggled(get, name, value), value)


def _toggled(get: QueryDict, name: str, value: str) -> str:
    values = get.getlist(name)
    others = [each for each in values if each != value]
    return _address(get, **{name: others if len(others) < len(values) else [*values, value]})


def _address(get: QueryDict, *, drop: Iterable[str] = (), **changed: list[str]) -> str:
    query = get.copy()
    query.pop("page", None)
    for name in drop:
        query.pop(name, None)
    for name, values in changed.items():
        query.setlist(name, values)
    return f"?{query.urlencode()}"
