"""Help on each page: what it is for in a sentence or two, and where the handbook says more.

By the name of the view; a page that is not listed has the help of its slice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["HELP", "HELP_OF_SLICE", "Help", "help_for"]


@dataclass(frozen=True, slots=True)
class Help:
    """What a page is for, and the page of the handbook with the part that tells more."""

    text: str | Promise
    page: str = ""
    part: str = ""

    @property
    def address(self) -> str:
        """Where the handbook says more; "" when it does not."""
        if not self.page:
            return ""
        return reverse("manual-page", args=[self.page]) + (f"#{self.part}" if self.part else "")


HELP_OF_SLICE: Mapping[str, Help] = {
    "": Help(_("What waits for you, your matters, and what is new."), "getting-started"),
    "accounts": Help(_("People, how they sign in, and what they did."), "accounts"),
    "matters": Help(
        _("A matter is a case or an investigation. Only its team sees what is in it."),
        "getting-started",
    ),
    "search": Help(
        _("Words are found in every file that you may see, names in every spelling and script."),
        "query-language",
    ),
    "evidence": Help(
        _("Files are sealed as they came. What you do with them is written beside them."), "custody"
    ),
    "extract": Help(
        _("What was read in the files, each passage with the place where it stands."),
        "kinds-of-files",
    ),
    "proofs": Help(_("What files prove of themselves, and whom you trust."), "field-proofs"),
    "deadlines": Help(
        _("Each date is computed from a rule with its source. Look at the source before you rely."),
        "deadlines",
    ),
    "filing": Help(
        _("What leaves for a court or an office, each page traceable to its original."), "bundles"
    ),
    "linkage": Help(
        _("Who is the same as whom, with the reasons. Nothing is merged until somebody decides."),
        "linkage",
    ),
}

HELP: Mapping[str, Help] = {
    "linkage:review": Help(
        _("One pair at a time, by the keys m, n and u. Look at what the rows say first."),
        "linkage",
    ),
    "home": HELP_OF_SLICE[""],
    "manual": Help(_("The handbook, which is part of the program and needs no network.")),
    "manual-page": Help(_("The handbook, which is part of the program and needs no network.")),
    "accounts:preferences": Help(
        _("Your language, how pages look, and whether single keys do something."),
        "working",
        "the-keyboard",
    ),
    "accounts:signing-in": Help(
        _("Your second factors and passkeys, and where you are signed in. End what is not yours."),
        "accounts",
    ),
    "accounts:people": Help(
        _("Who may sign in, and with which role. A role alone opens no matter."), "accounts"
    ),
    "accounts:audit": Help(
        _("Everything that somebody did, or was refused, in a chain that shows if one is missing."),
        "accounts",
    ),
    "accounts:calling-out": Help(
        _("What may reach the network, switched on one by one. Nothing may by default."),
        "operations",
    ),
    "matters:list": Help(
        _("The matters on whose team you are. Select some to change their status together."),
        "getting-started",
    ),
    "matters:team": Help(
        _("Who works on the matter, until when, and from whom it is walled off."), "accounts"
    ),
    "matters:seal-party": Help(
        _("A sealed name reads as its pseudonym everywhere, for all but those who are told."),
        "accounts",
    ),
    "patterns:tables": Help(
        _("The tables among the matter's files, and what each can be asked."), "patterns"
    ),
    "patterns:finding": Help(
        _("Choose what is counted and by what. Each number opens the rows that it counts."),
        "patterns",
    ),
    "patterns:rows": Help(
        _("The rows behind a number. Each leads to its place in the file; pin what you cite."),
        "patterns",
    ),
    "patterns:words": Help(
        _("What the words of a table mean, by the vocabulary or by what you say of them."), "rights"
    ),
    "patterns:estimate": Help(
        _("Choose which columns are lists. What the table cannot bear is said before anything."),
        "estimate",
    ),
    "patterns:estimated": Help(
        _("How many there were, by every method, and what the number rests on."), "estimate"
    ),
    "matters:history": Help(_("What was done in this matter, by whom and when."), "accounts"),
    "search:saved": Help(
        _("Searches that you come back to. Each tells what is new since you last looked."),
        "query-language",
        "saved-searches",
    ),
    "evidence:list": Help(
        _(
            "All files of the matter. Select some to tag them, to put them into a collection or to "
            "compare two; what you sorted can be taken back."
        ),
        "working",
        "sorting-many-files",
    ),
    "evidence:collections": Help(
        _("Files gathered for a purpose. The files stay where they are."),
        "working",
        "sorting-many-files",
    ),
    "evidence:journal": Help(
        _("What was tagged and collected, line by line. Each line can be taken back."),
        "working",
        "taking-it-back",
    ),
    "evidence:add": Help(
        _(
            "Drop files or a folder. Each is hashed and sealed before anything else, so what you "
            "add can be shown to be what you were given."
        ),
        "getting-started",
    ),
    "evidence:care": Help(
        _("What is graphic stays blurred, grey and silent until someone asks for it."), "media"
    ),
    "evidence:exposure": Help(
        _("How long you had graphic material before you. Only you see it."), "media"
    ),
    "evidence:verification": Help(
        _("Every file, record and entry is checked against its hash; a change is named."), "proof"
    ),
    "evidence:backups": Help(
        _(
            "Which copies of everything were made and where they lie, whether one could be "
            "restored, and how to make the next."
        ),
        "operations",
        "backup",
    ),
    "evidence:custody": Help(
        _("Sealed packages that leave, and the ledger of what happened."), "custody"
    ),
    "evidence:exhibits": Help(
        _("Things that one can hold: their seals, their places, who has them now."), "custody"
    ),
    "evidence:online": Help(
        _("The papers of an online investigation, in versions, after the Berkeley Protocol."),
        "custody",
    ),
    "evidence:keeping": Help(
        _("Holds, how long evidence is kept, and disposal, which takes two people."), "custody"
    ),
    "evidence:import": Help(
        _("A package from another workspace is verified before anything of it comes in."), "proof"
    ),
    "extract:item": Help(
        _(
            "The file as it is, its words, and what is known of it. Select words to pin them: a "
            "pinpoint is a link to an exact passage."
        ),
        "kinds-of-files",
    ),
    "extract:near": Help(
        _("Two files side by side, and where their words differ."), "media", "near-duplicates"
    ),
    "extract:near-matter": Help(
        _("Files that are nearly the same, to the eye or by their words."),
        "media",
        "near-duplicates",
    ),
    "extract:suggestions": Help(
        _("Names, dates, places and numbers that a program found. You decide what becomes a tag."),
        "kinds-of-files",
        "suggested-tags",
    ),
    "extract:transcript": Help(
        _("What is said in a recording, with its seconds. Every version is kept."), "media"
    ),
    "extract:translations": Help(
        _(
            "The original on one side, its translation on the other. Each passage leads to its "
            "place; every version is kept; a complete one can be certified."
        ),
        "translations",
    ),
    "extract:jobs": Help(
        _("What the program is doing in the background, and what could not be read."),
        "kinds-of-files",
    ),
    "filing:forms": Help(
        _("Official forms, filled from one set of answers and verified before they are offered."),
        "forms",
    ),
    "filing:map": Help(
        _("What each field of a form asks, beside the page. It waits until a person says yes."),
        "forms",
        "field-maps",
    ),
    "filing:form": Help(
        _("Official forms, filled from one set of answers and verified before they are offered."),
        "forms",
    ),
}


def help_for(view: str) -> Help | None:
    """The help of a page by the name of its view; None for a slice that has none."""
    return HELP.get(view) or HELP_OF_SLICE.get(view.rpartition(":")[0])
