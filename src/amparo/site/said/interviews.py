"""What intake says of answers, for pages in another language: see ``said``."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["INTERVIEW_SENTENCES"]

INTERVIEW_SENTENCES = frozenset(
    {
        _("A Social Security number has nine digits."),
        _("A criterion is met, not met or not known."),
        _("A judgement is not kept without its reason."),
        _("A telephone number has digits, with the country's code in front if it is foreign."),
        _("An A-Number has seven to nine digits."),
        _("An answer is not blank."),
        _("An e-mail address looks like name@example.org."),
        _("Answer yes or no."),
        _("Say who answers."),
        _("Say why."),
        _("That interview belongs to another matter."),
        _("That is none of the choices."),
        _("The answer has %(letters)s characters; %(most)s are taken."),
        _("This question takes one answer."),
        _("Write a whole number, in digits."),
        _('"%(text)s" can be read in two ways.'),
        _("Do you mean %(first)s?"),
        _("Write it with the name of the month or season, or the years in full."),
    }
)
