"""What templates of every slice may use: signs, initials, the theme, places and tabs."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import QuerySet
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from amparo.accounts.web.models import AuditEntry, SavedView, User
from amparo.accounts.web.queries import saved_views_of
from amparo.base.web.typed import typed_before
from amparo.matters.access import Verb
from amparo.matters.web.models import Matter
from amparo.search.web.labels import language_label
from amparo.site.deeds import deed_words, details_of
from amparo.site.help import Help, help_for
from amparo.site.jobs import job_words
from amparo.site.places import OpenTab, Place, places_for, tabs_of
from amparo.site.said import said

__all__ = [
    "deed",
    "entry_details",
    "icon",
    "initials",
    "job",
    "language_words",
    "list_query",
    "matter_tabs",
    "page_help",
    "register",
    "said_here",
    "saved_views",
    "theme",
    "verb_words",
    "workspace_places",
]

VERB_WORDS = {
    Verb.VIEW: _("see"),
    Verb.ADD: _("add"),
    Verb.ANNOTATE: _("annotate"),
    Verb.EDIT: _("edit"),
    Verb.PRODUCE: _("make bundles"),
    Verb.EXPORT: _("export"),
    Verb.REVIEW: _("approve"),
    Verb.MANAGE: _("manage the team"),
    Verb.IDENTIFY: _("know identities"),
}

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """One of the signs in ``icons.svg``; it is never the only bearer of a meaning."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        extra,
        static("amparo/icons.svg"),
        name,
    )


@register.filter
def initials(person: object) -> str:
    """Up to two letters that stand for a person: "Rosa Ortega" gives "RO"."""
    words = str(person).split()
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


@register.filter
def deed(action: str) -> str:
    """An action of the audit, as ``deeds`` names it, in the language of the page."""
    return deed_words(action)


@register.filter
def job(name: str) -> str:
    """A kind of background work, as ``jobs`` names it, in the language of the page."""
    return job_words(name)


@register.filter
def entry_details(entry: AuditEntry) -> list[tuple[str, str]]:
    """The details of an entry of the audit, as label and text."""
    return details_of(entry)


@register.filter(name="said")
def said_here(text: str) -> str:
    """What a lower floor said in English, in the language of the page where it is known."""
    return said(str(text or ""))


@register.filter
def language_words(code: str) -> str:
    """What a language is called on this page: ``uk`` gives "Ukrainian"."""
    return language_label(code)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """``light``, ``dark`` or ``system``: the person's choice."""
    user = context.get("user")
    return user.theme if isinstance(user, User) else User.Theme.SYSTEM.value


@register.simple_tag(takes_context=True)
def workspace_places(context: Context) -> list[Place]:
    """The pages about the workspace as a whole that this person may open."""
    user: Any = context.get("user")
    return places_for(user)


@register.simple_tag(takes_context=True)
def page_help(context: Context) -> Help | None:
    """What this page is for, and where the handbook says more; None where nothing is said."""
    found = getattr(context.get("request"), "resolver_match", None)
    return help_for(found.view_name) if found else None


@register.simple_tag(takes_context=True)
def matter_tabs(context: Context, matter: Matter) -> list[OpenTab]:
    """The tabs of a matter's pages that this person may open."""
    return tabs_of(matter, context["user"])


@register.simple_tag(takes_context=True)
def saved_views(context: Context) -> QuerySet[SavedView]:
    """The views that this person saved of the list at this address."""
    request = context["request"]
    found = saved_views_of(context["user"], request.path)
    for view in found:
        values = (value for _name, values in QueryDict(view.query).lists() for value in values)
        typed_before(request, view.title, *values)
    return found


@register.simple_tag(takes_context=True)
def list_query(context: Context) -> str:
    """What the list is filtered and ordered by, without the number of the page."""
    chosen = context["request"].GET.copy()
    chosen.pop("page", None)
    for name in [name for name, value in chosen.items() if not value]:
        del chosen[name]
    return str(chosen.urlencode())


@register.simple_tag
def verb_words(verb: Verb) -> str:
    """What a verb of the access table means, in the language of the page."""
    return str(VERB_WORDS[verb])
