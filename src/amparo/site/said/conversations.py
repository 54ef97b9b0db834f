"""Sentences about conversations, tables and suggestions that the lower floors say in English."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["CONVERSATION_SENTENCES"]

CONVERSATION_SENTENCES = frozenset(
    {
        _("%(broken)s of its lines are no messages and were left out."),
        _("A label for names stands before it."),
        _("A label for this kind of number stands before it."),
        _("A title or an introduction stands before it."),
        _("A word for a place stands before it."),
        _("Choose messages, then pin them."),
        _("Choose rows, then pin them."),
        _("Dates that are none of this calendar, shown as written: %(unclear)s."),
        _("Day and month cannot be told apart in its dates, which are shown as written: %(how)s."),
        _("It can be read in two ways."),
        _("It could not be looked through."),
        _("It has a patronymic."),
        _("It has the form of this kind of number, which has no check digits."),
        _("It is like the name of a place in CLDR, with another ending."),
        _("It is the name of a place in CLDR."),
        _("It is written as a date with its year."),
        _("Its check digits are right for this kind of number."),
        _("No message is chosen."),
        _("No row is chosen."),
        _("Only its capital letters speak for it."),
        _("That account wrote none of the messages in it."),
        _("The archive does not say whose account it was exported from."),
        _("The archive says that it is of the account %(named)s."),
        _("The check digits of a machine-readable document (ICAO 9303) are right."),
        _("The file does not say whose account it was exported from."),
        _("The file does not say whose phone it was exported from."),
        _("The numbering plan of the country that it names has such numbers."),
        _(
            "The program that made it writes “%(owner)s” for whoever ran it, and does not say "
            "who that was."
        ),
        _("This file does not name who posted; the archive's account.js says whose it is."),
        _("This file names people by numbers; the archive's account.js says whose it is."),
    }
)
