"""What the comparison of names says, for pages in another language: see ``said``."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["NAME_SENTENCES"]

NAME_SENTENCES = frozenset(
    {
        _("A letter differs between “%(one)s” and “%(other)s”."),
        _("Both are the same name."),
        _("Both have “%(one)s”."),
        _("Both have the initial %(one)s."),
        _("Both have the number %(one)s."),
        _("No part of one name is a part of the other."),
        _("Only one name has “%(one)s”."),
        _("The legal forms differ: “%(one)s” and “%(other)s”."),
        _("The parts stand in another order."),
        _("There is no name to compare."),
        _("Written together, both have the same letters, or nearly."),
        _("%(letters)s letters differ between “%(one)s” and “%(other)s”."),
        _("%(one)s does not stand for “%(other)s”."),
        _("%(one)s may stand for “%(other)s”."),
        _("“%(one)s” and “%(other)s” are forms of one name."),
        _("“%(one)s” and “%(other)s” are nearly the same in Latin letters."),
        _("“%(one)s” and “%(other)s” are read alike."),
        _("“%(one)s” and “%(other)s” are two names."),
        _("“%(one)s” and “%(other)s” may be one name, one shorter."),
        _("“%(one)s” and “%(other)s” sound alike."),
        _("“%(one)s” is “%(other)s” in one word."),
        _("“%(one)s” is “%(other)s” in other letters."),
        _("“%(one)s” is not “%(other)s”."),
        _("“%(one)s” is the father in one name and the child in the other."),
        _("“%(one)s” stands against “%(other)s”."),
    }
)
