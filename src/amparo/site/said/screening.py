"""What screening against lists says, for pages in another language: see ``said``."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["SCREENING_SENTENCES"]

SCREENING_SENTENCES = frozenset(
    {
        _("A line of the list is longer than any entry can be."),
        _("Both have the number %(number)s."),
        _("Comparing names"),
        _("Fetch the file again from who publishes it."),
        _("Head one column “name”; the documentation lists the other headings."),
        _("No column of the table is headed as a name."),
        _("No country is known on either side."),
        _("No date of birth is known on either side."),
        _("No line of the file is an entry in the form FollowTheMoney."),
        _("No line of the file is an entry of OFAC’s list."),
        _("None of the files is a list of names."),
        _("OFAC keeps further names in another file (ALT.CSV): they are not in this one."),
        _("Reading lists"),
        _("Take SDN.XML of OFAC, or the consolidated XML of the UN or the EU."),
        _("Take the publisher’s file of sanctioned persons only."),
        _("The countries cannot be compared: %(here)s and %(there)s."),
        _("The countries differ: %(here)s here, %(there)s on the list."),
        _("The country is the same: %(here)s, %(there)s."),
        _("The country is unknown here; the list says %(there)s."),
        _("The date of birth is unknown here; the list says %(there)s."),
        _("The dates of birth can be the same: %(here)s here, %(there)s on the list."),
        _("The dates of birth cannot be compared: %(here)s and %(there)s."),
        _("The dates of birth differ: %(here)s here, %(there)s on the list."),
        _("The entry on the list is a vessel."),
        _("The entry on the list is an aircraft."),
        _("The file is no list of names in a form that is known here."),
        _("The holding of %(who)s has ended (%(when)s)."),
        _("The list could not be read."),
        _("The list gives no country."),
        _("The list gives no date of birth."),
        _("The list gives no date: this is what was said when it was brought."),
        _("The list gives no number of a paper or register."),
        _("The list has a document type, which lists of this kind do not have."),
        _("The list has more than %(most)s entries."),
        _("The list is not well-formed XML: %(error)s."),
        _("The list itself calls this name weak."),
        _("The list’s XML begins with “%(root)s”, which is no form that is known here."),
        _("The name here is a body’s, the entry on the list a person’s."),
        _("The numbers differ, which says little: one may have several."),
        _("The shares add up to more than the whole, so the source is wrong somewhere."),
        _("The table of names cannot be read: %(error)s."),
        _("The table of names is too large to be read."),
        _("The table of owners names more than %(most)s owners and owned."),
        _("There is no entry in the list."),
        _("This entry is only named beside those that are listed."),
        _("an unknown share"),
        _("%(number)s lines are not FollowTheMoney and were left out."),
        _("%(number)s rows without a name were left out."),
        _("%(who)s holds %(much)s and is itself owned by listed persons to half or more."),
        _("%(who)s holds %(much)s and is listed."),
        _("%(who)s holds %(much)s and may be listed, or be owned by who may be."),
        _("%(who)s holds %(much)s, which does not count: it is not blocked as far as is known."),
    }
)
