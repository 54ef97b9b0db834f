"""The vocabulary of custody and of the ledger, in the language of the page.

The terms themselves are data (``custody.toml``); here they are named once more so that catalogues
of translations can find them. A test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from amparo.evidence.custody import vocabulary

__all__ = ["DRILL_PARTS", "PARTS", "entry_words", "kind_label", "kind_sentence"]

TERMS = (
    gettext_noop("Collected"),
    gettext_noop("Received"),
    gettext_noop("Transferred"),
    gettext_noop("Returned"),
    gettext_noop("Examined"),
    gettext_noop("Viewed"),
    gettext_noop("Copied"),
    gettext_noop("Produced"),
    gettext_noop("Exported"),
    gettext_noop("Imported"),
    gettext_noop("Verified"),
    gettext_noop("Disposed of"),
    gettext_noop("{actor} collected it"),
    gettext_noop("{actor} received it"),
    gettext_noop("{actor} transferred it"),
    gettext_noop("{actor} returned the original"),
    gettext_noop("{actor} examined it"),
    gettext_noop("{actor} opened the original"),
    gettext_noop("{actor} took a copy of the original"),
    gettext_noop("{actor} put it into a filing"),
    gettext_noop("{actor} exported it in a sealed package"),
    gettext_noop("{actor} imported it from a verified package"),
    gettext_noop("{actor} verified that its bytes are unchanged"),
    gettext_noop("{actor} decided to dispose of it, as somebody else had proposed"),
)

ENTRIES: Mapping[str, str | Promise] = {
    "acquired": _("A file came into the matter"),
    "alarm": _("A sealed file was found changed or missing"),
    "alarm answered": _("An alarm was answered"),
    "backed up": _("The workspace was backed up"),
    "restore tried": _("A restore of a backup was tried"),
    "restored from a backup": _("The workspace was restored from a backup"),
    "bundle approved": _("A bundle was approved for filing"),
    "bundle produced": _("A bundle was produced"),
    "form approved": _("An official form was approved for filing"),
    "form prepared": _("An official form was filled and verified"),
    "disposal decided": _("A disposal was decided"),
    "disposal proposed": _("A disposal was proposed"),
    "estimate made": _("An estimate was made"),
    "erased": _("Its bytes were destroyed"),
    "exhibit": _("Something was done with an exhibit"),
    "exhibit received": _("An exhibit was received"),
    "exhibits handed over": _("Exhibits were handed over"),
    "exported": _("A sealed package was made"),
    "hold lifted": _("A legal hold was lifted"),
    "hold placed": _("A legal hold was placed"),
    "imported": _("A package was imported"),
    "intake opened": _("An intake was opened"),
    "intake finished": _("An intake was finished"),
    "online paper": _("A paper of the online investigation was written"),
    "proofs checked": _("Its proofs were looked at"),
    "people merged": _("Records were said to be of one person"),
    "people parted": _("Records were said to be of several people"),
    "read": _("Its content was read"),
    "receipt acknowledged": _("A receipt was acknowledged"),
    "records linked": _("Records of the same people were linked"),
    "refused": _("A file could not be taken in"),
    "retention set": _("It was decided how long evidence is kept"),
}

PARTS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "database": (
        _("The database"),
        _("Every page of the encrypted file against its own authentication code."),
    ),
    "ledger": (
        _("The ledger"),
        _(
            "Every entry against its hash and the entry before it; every checkpoint against its "
            "signature and the tree of all entries."
        ),
    ),
    "records": (
        _("The records"),
        _("Every acquisition and custody event, field by field, against the entry that states it."),
    ),
    "time stamps": (
        _("Time stamps"),
        _("Every stamp against its checkpoint and the signature of its authority."),
    ),
    "objects": (
        _("The files"),
        _("Every sealed file, opened and read from end to end, against both of its digests."),
    ),
}
"""What each part of a verification is, and what is checked in it."""


def kind_label(kind: str) -> str:
    """A kind of custody event, in the language of the page."""
    known = vocabulary().get(kind)
    return gettext(known.label) if known else kind


def kind_sentence(kind: str) -> str:
    """The sentence of a kind, with ``{actor}`` in it."""
    known = vocabulary().get(kind)
    return gettext(known.sentence) if known else kind


def entry_words(kind: str) -> str:
    """A kind of ledger entry, in the language of the page."""
    return str(ENTRIES.get(kind, kind))


DRILL_PARTS: Mapping[str, str | Promise] = {
    "rows": _("Restoring the rows"),
    "search": _("Making the search anew"),
    **{name: title for name, (title, _what) in PARTS.items()},
}
"""What a drill is doing, by the name of the part."""
