"""The palette: every page and deed that a person may come to from where they are, found by words.

It offers only what will work: pages of the workspace by the person's role, pages and deeds of a
matter by their verbs there, matters from ``visible_matters``, files from the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from amparo.accounts.roles import WorkspaceVerb, allowed
from amparo.accounts.web.models import User
from amparo.base.folding import fold
from amparo.matters.access import Verb
from amparo.matters.web.access import verbs_of, visible_matters
from amparo.matters.web.models import Matter
from amparo.search.web.queries import find
from amparo.search.web.surroundings import around
from amparo.site.places import places_for, tabs_of

__all__ = ["Group", "Way", "ways"]

_MOST_MATTERS = 6
_MOST_FILES = 5
_LEAST_LETTERS = 2

Title = str | Promise


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to choose: where it leads. ``also`` are other words that find it."""

    title: Title
    url: str
    icon: str
    key: str = ""
    note: str = ""
    also: Title = ""

    def has(self, words: Iterable[str]) -> bool:
        """Whether each of the folded words is in what it is called, here or in English."""
        with override("en"):
            english = f"{self.title} {self.also}"
        said = fold(f"{self.title} {self.also} {self.note} {english}")
        return all(word in said for word in words)


@dataclass(frozen=True, slots=True)
class Group:
    """Ways of one kind under a heading."""

    title: str
    ways: list[Way]


OWN: tuple[tuple[str, Title, str, str], ...] = (
    ("home", _("Home"), "home", "g h"),
    ("matters:list", _("Matters"), "folder", "g m"),
    ("search:search", _("Search"), "search", "g s"),
    ("search:saved", _("Saved searches"), "flag", ""),
    ("accounts:preferences", _("Preferences"), "gear", "g p"),
    ("evidence:exposure", _("My time with graphic material"), "clock", ""),
    ("manual", _("Handbook"), "book", ""),
)

OF_A_MATTER: tuple[tuple[str, Title, str, Verb], ...] = (
    ("evidence:add", _("Add files"), "upload", Verb.ADD),
    ("matters:add-party", _("Add a party"), "person", Verb.EDIT),
    ("deadlines:choose", _("Set a deadline"), "calendar", Verb.EDIT),
    ("filing:open", _("Begin a bundle"), "bundle", Verb.PRODUCE),
    ("evidence:add-exhibit", _("Receive a physical exhibit"), "archive", Verb.ADD),
    ("evidence:new-transfer", _("Hand exhibits over"), "out", Verb.EDIT),
    ("matters:edit", _("Edit the matter"), "edit", Verb.EDIT),
    ("evidence:collections", _("Collections"), "folder", Verb.VIEW),
    ("evidence:journal", _("What was sorted"), "history", Verb.VIEW),
    ("extract:suggestions", _("Suggested tags"), "tag", Verb.VIEW),
    ("extract:near-matter", _("Near-duplicates"), "copy", Verb.VIEW),
    ("evidence:care", _("Graphic material"), "veil", Verb.VIEW),
    ("evidence:exhibits", _("Physical exhibits"), "archive", Verb.VIEW),
    ("evidence:online", _("Online work"), "globe", Verb.VIEW),
    ("evidence:keeping", _("Holds and disposal"), "lock", Verb.VIEW),
)


def ways(user: User, typed: str, matter_id: UUID | None = None) -> list[Group]:
    """What ``user`` can come to by the words typed, group by group; everything near without any.

    ``matter_id`` is the matter whose page they are on; one that they may not see is passed over.
    """
    words = fold(typed).split()
    matter = visible_matters(user).filter(pk=matter_id).first() if matter_id else None
    groups = [
        Group(gettext("This matter"), list(_of_matter(matter, user)) if matter else []),
        Group(gettext("Go to"), list(_own(user))),
    ]
    found = [Group(each.title, [way for way in each.ways if way.has(words)]) for each in groups]
    if words:
        found.append(Group(gettext("Matters"), list(_matters(user, words))))
        found.append(Group(gettext("Files"), list(_files(user, typed, matter))))
        found.append(Group(gettext("Search"), list(_searches(typed, matter))))
    return [group for group in found if group.ways]


def _own(user: User) -> Iterator[Way]:
    for view, title, icon, key in OWN:
        yield from _way(view, (), title, icon, key)
    if allowed(user.role, WorkspaceVerb.OPEN_MATTER):
        yield from _way("matters:open", (), _("Open a matter"), "plus", "g n")
    for place in places_for(user):
        yield Way(place.title, place.url, place.icon, place.key)


def _of_matter(matter: Matter, user: User) -> Iterator[Way]:
    verbs = verbs_of(user, matter)
    for tab in tabs_of(matter, user):
        yield Way(tab.title, tab.url, "folder", tab.key)
    for view, title, icon, verb in OF_A_MATTER:
        if verb in verbs:
            yield from _way(view, (matter.pk,), title, icon)


def _matters(user: User, words: list[str]) -> Iterator[Way]:
    """Among their names as the person may read them: not by a name that is sealed from them."""
    named = [(each, fold(f"{each.number} {each.title}")) for each in around().matters(user)]
    found = [each for each, said in named if all(word in said for word in words)]
    for each in found[:_MOST_MATTERS]:
        yield Way(each.title, reverse("matters:matter", args=[each.id]), "folder", note=each.number)


def _files(user: User, typed: str, matter: Matter | None) -> Iterator[Way]:
    """Files by their names, those of the matter when the person is in one."""
    if len(typed.strip()) < _LEAST_LETTERS:
        return
    matters = [each for each in around().matters(user) if matter is None or each.id == matter.pk]
    names = " ".join(f"name:{word}*" for word in _plain(typed))
    results = find(
        names or typed,
        matter_ids=[each.id for each in matters],
        per_page=_MOST_FILES * 4,
        knowing={each.id for each in matters if each.knows},
    )
    titles = {each.id: each.title for each in matters}
    seen: set[str] = set()
    for hit in results.hits:
        url = around().address(hit.source, hit.source_id, None)
        if url and url not in seen and len(seen) < _MOST_FILES:
            seen.add(url)
            title = "".join(fragment.text for fragment in hit.title) or hit.name
            yield Way(title, url, "file", note="" if matter else titles.get(hit.matter_id, ""))


def _searches(typed: str, matter: Matter | None) -> Iterator[Way]:
    asked = QueryDict(mutable=True)
    asked["q"] = typed.strip()
    if matter:
        url = reverse("search:matter", args=[matter.pk])
        yield Way(_("Search this matter"), f"{url}?{asked.urlencode()}", "search", note=typed)
    url = reverse("search:search")
    yield Way(_("Search every matter of yours"), f"{url}?{asked.urlencode()}", "search", note=typed)


def _plain(typed: str) -> list[str]:
    """The letters and figures of each word: what a field of the query takes without quotes."""
    return ["".join(c for c in word if c.isalnum()) for word in typed.split() if word.isalnum()]


def _way(
    view: str, args: tuple[UUID, ...], title: Title, icon: str, key: str = ""
) -> Iterator[Way]:
    """The way, where there is such a page in this program."""
    try:
        yield Way(title, reverse(view, args=args), icon, key)
    except NoReverseMatch:
        return
