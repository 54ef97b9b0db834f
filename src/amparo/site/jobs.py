"""Background work in words: what each kind of job is called, in the language of the page.

The queue keeps short English names; a test holds the list to the tasks that there are.
"""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

__all__ = ["JOBS", "job_words"]

JOBS = {
    "evidence.drill": _("Trying a restore"),
    "evidence.erase": _("Erasing"),
    "evidence.export": _("Packing"),
    "evidence.import": _("Importing"),
    "evidence.open-stamp": _("Asking for a time stamp"),
    "evidence.rehash": _("Verifying"),
    "evidence.stamp": _("Asking for a time stamp"),
    "evidence.verify": _("Verifying"),
    "extract.compare": _("Comparing"),
    "extract.draft": _("Drafting a translation"),
    "extract.index": _("Indexing anew"),
    "extract.prove": _("Looking at proofs"),
    "extract.prove_matter": _("Looking at proofs"),
    "extract.read": _("Reading"),
    "extract.read_several": _("Reading"),
    "extract.recognise": _("Recognising"),
    "extract.reread": _("Reading again"),
    "extract.set": _("Setting to pages"),
    "extract.suggest": _("Looking for suggestions"),
    "extract.transcribe": _("Writing down what is said"),
    "filing.produce": _("Producing a bundle"),
    "linkage.link": _("Linking tables"),
    "linkage.screen": _("Screening"),
    "patterns.estimate": _("Estimating"),
}


def job_words(name: str) -> str:
    """What a job of this kind does; an unknown name stays as it is."""
    return gettext(JOBS.get(name, name))
