"""Which panel stands in which place: the one list of what higher slices show on lower pages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from amparo.base.web.panels import Panel, place
from amparo.deadlines.web.views import overview as deadlines
from amparo.evidence.web.views import alarms, backups, collections
from amparo.evidence.web.views import overview as evidence
from amparo.evidence.web.views.custody import custody_panel
from amparo.evidence.web.views.keeping import keeping_panel
from amparo.evidence.web.views.online import collection_panel
from amparo.extract.web.views import translations
from amparo.extract.web.views.proofs import proof_panel
from amparo.extract.web.views.suggestions import item_panel
from amparo.filing.web.views import overview as filing
from amparo.interviews.web.views import overview as interviews
from amparo.linkage.web.views import alike, conflicts, linkages
from amparo.patterns.web.views.tables import matter_panel as patterns_panel
from amparo.search.web.views import saved

__all__ = ["furnish"]


def furnish() -> None:
    """Put every panel in its place."""
    place("item", Panel("proofs", _("Proofs"), 5, proof_panel))
    place("item", Panel("alarm", _("Alarm"), 1, alarms.item_alarm_panel))
    place("item", Panel("custody", _("Custody"), 10, custody_panel))
    place("item", Panel("online", _("Online collection record"), 20, collection_panel))
    place("item", Panel("collections", _("Collections"), 8, collections.item_panel))
    place("item", Panel("translations", _("Translations"), 7, translations.item_panel))
    place("item", Panel("keeping", _("Keeping"), 30, keeping_panel))
    place("home", Panel("alarms", _("Alarms"), 1, alarms.alarm_panel))
    place("home", Panel("backups", _("Backups"), 2, backups.home_panel))
    place("item", Panel("suggestions", _("Suggested tags"), 30, item_panel))
    place("matter", Panel("intake", _("Intake"), 7, interviews.matter_panel))
    place("matter", Panel("evidence", _("Evidence"), 10, evidence.matter_panel))
    place("matter", Panel("bundles", _("Bundles"), 20, filing.matter_panel))
    place("matter", Panel("patterns", _("Patterns"), 30, patterns_panel))
    place("matter", Panel("linkage", _("Who is the same person"), 31, linkages.matter_panel))
    place("matter", Panel("conflicts", _("Conflicts of interest"), 8, conflicts.matter_panel))
    place("home", Panel("conflicts", _("Conflicts to decide"), 5, conflicts.home_panel))
    place("party form", Panel("alike", _("Like names"), 10, alike.party_panel))
    place("matter", Panel("deadlines", _("Deadlines"), 5, deadlines.matter_panel))
    place("home", Panel("deadlines", _("Deadlines"), 10, deadlines.home_panel))
    place("home", Panel("searches", _("Saved searches"), 20, saved.home_panel))
