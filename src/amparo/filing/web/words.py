"""What the check compares, in the language of the page.

The rules themselves belong to ``bundle/check.py``; a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["COMPARED", "READ", "compared_words"]

COMPARED: Mapping[str, str | Promise] = {
    "opens": _("The volume opens"),
    "volume-size": _("The volume is not larger than the court or body takes"),
    "page-count": _("The volume has the pages that it should have"),
    "number": _("The number is printed on the page, at its place"),
    "page-label": _("A viewer calls the page by its number"),
    "index-line": _("The index has a line for the exhibit, with the numbers of its pages"),
    "index-link": _("The line of the index leads to the exhibit"),
    "tab-sheet": _("The sheet before the exhibit names it"),
    "back-link": _("The exhibit leads back to its line in the index"),
    "bookmark": _("A bookmark leads to the exhibit"),
    "manifest": _("The volume carries the list of its originals"),
}

READ: Mapping[str, str | Promise] = {
    "primary": _("read in the text itself"),
    "secondary": _("read in a secondary source"),
    "unread": _("not read: check it before you rely on it"),
}
"""How a fact of a profile was read."""


def compared_words(report: Mapping[str, Mapping[str, int]]) -> list[tuple[str, int]]:
    """What was compared, in words, with how often."""
    counted = report.get("compared", {})
    return [(str(words), counted[rule]) for rule, words in COMPARED.items() if rule in counted]
