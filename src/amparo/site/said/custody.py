"""The sentences that are said of custody, for pages in another language."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["CUSTODY_SENTENCES"]

CUSTODY_SENTENCES = frozenset(
    {
        _("A disposal needs its reason."),
        _("A period needs its source."),
        _("Add the file again."),
        _("Ask another person who manages the matter."),
        _("At most %(most)s labels are set at once."),
        _("Begin with http or https."),
        _("Check whether the disk can be written to, then try again."),
        _("Choose fewer."),
        _("Choose one from the list."),
        _("Exhibits know no %(kind)s."),
        _("Fill it in."),
        _("Fill it in; “unknown” is an answer."),
        _("Give a number of months up to %(most)s."),
        _("Give the number of the order or the name of the rule."),
        _("Install it with: pip install 'amparo[opentimestamps]'"),
        _("It bears the seal %(seal)s."),
        _("It is in custody already."),
        _("It is not in our hands."),
        _("Name the law, policy or decision that sets it."),
        _("OpenTimestamps is an extra that is not installed."),
        _("Say why it is to be destroyed."),
        _("Scan it again, or type its number."),
        _("Settle this first."),
        _("The key of an object could not be overwritten."),
        _("The period is missing."),
        _("The same bytes were destroyed just now, as two people had decided."),
        _("There is no form %(name)s."),
        _("There is no ground %(ground)s."),
        _("There is no rule %(rule)s."),
        _("There is no seal to open."),
        _("There is no sheet %(sheet)s."),
        _("This exhibit is no longer in custody; nothing more can be done with it."),
        _("This file was disposed of; there is nothing left to read or copy."),
        _("This ground needs a reference."),
        _("This is not the code of an exhibit."),
        _("Who proposed a disposal does not decide it."),
        _("Write down first that it came back."),
        _("Write down first that it was opened."),
        _("Write it as 2026-11-22T14:05:09+02:00."),
        _("“%(label)s” has 64 hexadecimal digits."),
        _("“%(label)s” has no choice %(answer)s."),
        _("“%(label)s” is empty."),
        _("“%(label)s” is longer than %(most)s characters."),
        _("“%(label)s” is no address."),
        _("“%(label)s” needs its %(need)s."),
        _("“%(label)s” needs the day, the time and the zone."),
        _("“%(title)s” has no field %(key)s."),
    }
)
