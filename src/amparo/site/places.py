"""The pages about the workspace as a whole, and the tabs of a matter: which, and for whom."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from amparo.accounts.roles import WorkspaceVerb, allowed
from amparo.accounts.web.models import User
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of
from amparo.matters.web.models import Matter

__all__ = ["MATTER_TABS", "PLACES", "OpenTab", "Place", "Tab", "places_for", "tabs_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """A page about the whole workspace; ``verb`` is what one must be allowed, None for everyone."""

    view: str
    title: str | Promise
    icon: str
    key: str = ""
    verb: WorkspaceVerb | None = None

    @property
    def url(self) -> str:
        return reverse(self.view)


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of a matter, as a tab: for who may ``verb`` there, or ``role_verb`` by their role."""

    name: str
    view: str
    title: str | Promise
    key: str = ""
    verb: Verb = Verb.VIEW
    role_verb: WorkspaceVerb | None = None


@dataclass(frozen=True, slots=True)
class OpenTab:
    """A tab of one matter, with its address."""

    name: str
    title: str | Promise
    key: str
    url: str


PLACES = (
    Place("deadlines:list", _("Deadlines"), "calendar", "g d"),
    Place("extract:jobs", _("Work in progress"), "clock", "g j"),
    Place("evidence:verification", _("Verification"), "shield", "g v", WorkspaceVerb.VERIFY),
    Place("evidence:backups", _("Backups"), "archive", "g b", WorkspaceVerb.BACK_UP),
    Place("proofs:keys", _("Trusted keys"), "key", "", WorkspaceVerb.TRUST_KEYS),
    Place("linkage:name-lists", _("Lists of names"), "table", "", WorkspaceVerb.BRING_LISTS),
    Place("evidence:places", _("Storage places"), "archive", "", WorkspaceVerb.OPEN_MATTER),
    Place("evidence:import", _("Import a package"), "download", "", WorkspaceVerb.IMPORT_PACKAGE),
    Place(
        "accounts:calling-out", _("What may call out"), "out", "", WorkspaceVerb.ALLOW_CALLING_OUT
    ),
    Place("accounts:people", _("People"), "people", "", WorkspaceVerb.MANAGE_PEOPLE),
    Place("accounts:audit", _("Audit"), "history", "", WorkspaceVerb.SEE_AUDIT),
)

MATTER_TABS = (
    Tab("overview", "matters:matter", _("Overview"), "1"),
    Tab("intake", "interviews:matter", _("Intake"), "2", Verb.IDENTIFY),
    Tab("evidence", "evidence:list", _("Evidence"), "3"),
    Tab("search", "search:matter", _("Search"), "4"),
    Tab("bundles", "filing:bundles", _("Bundles"), "5"),
    Tab("forms", "filing:forms", _("Forms"), "6"),
    Tab("deadlines", "deadlines:matter", _("Deadlines"), "7"),
    Tab("patterns", "patterns:tables", _("Patterns"), "8"),
    Tab("custody", "evidence:custody", _("Custody"), "9"),
    Tab("team", "matters:team", _("Team"), "0"),
    Tab("history", "matters:history", _("History"), "-", Verb.MANAGE, WorkspaceVerb.SEE_AUDIT),
)


def places_for(user: User) -> list[Place]:
    """The workspace's pages that ``user`` may open and that exist."""
    return [p for p in PLACES if _exists(p.view) and (not p.verb or allowed(user.role, p.verb))]


def tabs_of(matter: Matter, user: User) -> list[OpenTab]:
    """Each tab of ``matter`` whose page exists and that ``user`` may open."""
    verbs = verbs_of(user, matter)
    shown = [t for t in MATTER_TABS if t.verb in verbs or _by_role(user, t.role_verb)]
    found = ((tab, _exists(tab.view, matter.pk)) for tab in shown)
    return [OpenTab(tab.name, tab.title, tab.key, url) for tab, url in found if url]


def _by_role(user: User, verb: WorkspaceVerb | None) -> bool:
    return verb is not None and allowed(user.role, verb)


def _exists(view: str, *args: object) -> str:
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""
