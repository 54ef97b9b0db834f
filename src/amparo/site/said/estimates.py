"""The sentences that ``patterns.estimate`` says, for pages in another language (see ``said``)."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

__all__ = ["ESTIMATE_SENTENCES"]

ESTIMATE_SENTENCES = frozenset(
    {
        _(
            "%(count)s rows repeat a combination of lists that an earlier row has; their counts "
            "were added."
        ),
        _(
            "%(outer)s names everybody who is documented, so that the other lists show nobody "
            "whom it missed."
        ),
        _("A hidden group that hardly any list reaches: no data can exclude it."),
        _(
            "Any tie between the two lists: shared informants push the estimate down, a division "
            "of labour pushes it up."
        ),
        _("Bayesian latent classes, %(count)s classes at most"),
        _("Bayesian latent classes, prior of alpha gamma(1, 1)"),
        _("Bayesian latent classes, seed %(number)s"),
        _("Chains that settle apart: then each mode is given, and the number alone means little."),
        _("Chance meetings bear no estimate; one more or less would change it by half."),
        _("Check that no row was entered twice."),
        _("Check whether the same people were linked across the lists."),
        _("Dependence between lists shows in pairs; what all lists share beyond pairs is small."),
        _("Dependence comes in pairs of lists; the pairs were chosen by the data."),
        _(
            "Each person on two lists was recognised as one person, and no two people were taken "
            "for one."
        ),
        _(
            "Everybody in the group could have been on at least one list; whoever could not be is "
            "not counted, on paper or in the estimate."
        ),
        _(
            "Everybody on %(inner)s (%(count)s) stands on %(outer)s too; with so few this can be "
            "chance."
        ),
        _(
            "Everybody on %(inner)s stands on %(outer)s too: it looks like an extract of it, not "
            "like a source of its own."
        ),
        _("Join lists that were made from one another."),
        _("Join the two into one list."),
        _("Join this stratum with a neighbouring one."),
        _("Leave out people whom no list names: they are what is estimated."),
        _("Lists find people independently, apart from people being unequally easy to find."),
        _("Lists hold 0 and 1; counts are whole numbers."),
        _("Lists of a kind unlike any on which the interval was tested."),
        _(
            "Lists that avoid one another (one covers the north, the other the south), or of very "
            "different size."
        ),
        _("Little overlap: with a coverage under 55 per cent the number is rather a lower bound."),
        _("Missed links between lists push the estimate up; false links push it down."),
        _("No log-linear model has an estimate on this table."),
        _("No person stands on two lists."),
        _(
            "Nobody joins or leaves the group while the lists are made: the deaths, arrests or "
            "people counted are one fixed set."
        ),
        _("Nobody on %(names)s stands on any other list; it tells nothing about those missing."),
        _("Nobody stands on %(names)s; left out."),
        _("Nobody stands on both of %(names)s."),
        _(
            "Not even the simplest model has a single finite estimate on this table (Fienberg and "
            "Rinaldo 2012)."
        ),
        _("Nothing can be estimated from one list: two at least must overlap."),
        _("Nothing can be estimated from one list: what it missed shows only on another."),
        _("Only %(count)s people are documented; fewer than %(least)s bear no estimate."),
        _("Only %(count)s people are documented; read with care."),
        _("Only %(count)s people stand on two or more lists; the estimate rests on them."),
        _("Only one list names anybody."),
        _("Only one person stands on two lists or more."),
        _("Only two people stand on two lists or more."),
        _("Pairs chosen on a handful of people: the bootstrap shows how the choice wavers."),
        _("People fall into groups; within a group the lists are independent of one another."),
        _("People whom no list could ever reach stay outside: the true number is then higher."),
        _("Records that do not belong to the group (another year, another place) push it up."),
        _("Row %(number)s: %(value)s is not a whole number."),
        _("Row %(number)s: a list holds 0 or 1, not %(marks)s."),
        _("Row %(number)s: it stands on no list."),
        _("Row %(number)s: the count is %(count)s, not a whole number from 0."),
        _("Sample coverage cannot be estimated: nobody stands on two lists."),
        _("Several models fit alike and differ far: see the models listed and their average."),
        _(
            "Some decomposable pattern of dependence among lists is true; a prior weight of delta "
            "a cell says how smooth the table is."
        ),
        _("Standing on one list does not change the chance of standing on the other."),
        _("The answer changes much with delta: see the sensitivity."),
        _(
            "The dependence among the people documented holds for those undocumented too, and the "
            "interaction of all lists at once is none."
        ),
        _("The estimate or its interval is not finite on this table."),
        _("The interval is as wide as it took to hold known truths."),
        _("The number is a bound: the truth is likely above it."),
        _(
            "The upper limit is infinite: in too many tables redrawn by the bootstrap the lists "
            "no longer overlap."
        ),
        _("There are two lists only."),
        _("There is %(count)s list."),
        _("Two lists cannot show it."),
        _("Two lists have the same name, or one has none."),
        _(
            "Two ways which fail differently, the lists' dependence and people's inequality, lie "
            "on both sides of the truth or near it."
        ),
        _(
            "Whether standing on one changes the chance of standing on the other cannot be seen "
            "from two lists; the estimate holds only if it does not."
        ),
        _("Without any overlap the number of those missing could be anything."),
        _("decomposable graphs averaged, prior weight of a cell %(weight)s"),
        _("sparse lists with chosen pairs, threshold %(share)s"),
        _("without %(list)s"),
    }
)
