"""What proofs, their answers and the sources of times and places are called on pages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ANSWERS", "FACTS", "KINDS", "SOURCES", "badge_of", "fact_word", "source_word"]

KINDS: Mapping[str, str | Promise] = {
    "c2pa": _("Content credentials (C2PA)"),
    "proofmode": _("ProofMode"),
    "tella": _("Tella"),
    "wacz": _("Web archive collection (WACZ)"),
    "warc": _("Records of the web archive (WARC)"),
    "pgp": _("OpenPGP signature"),
    "minisign": _("minisign signature"),
}

ANSWERS: Mapping[tuple[str, str], str | Promise] = {
    ("file", "holds"): _("File: as it was"),
    ("file", "fails"): _("File: does not fit"),
    ("file", "unknown"): _("File: unknown"),
    ("signer", "holds"): _("Signer: trusted"),
    ("signer", "fails"): _("Signer: refused"),
    ("signer", "unknown"): _("Signer: unknown"),
    ("time", "holds"): _("Time: stamped"),
    ("time", "fails"): _("Time: does not hold"),
    ("time", "unknown"): _("Time: unknown"),
}

FACTS: Mapping[str, str | Promise] = {
    "signed by": _("Signed by"),
    "signed with": _("Signed with"),
    "made with": _("Made with"),
    "made from": _("Made from"),
    "made by a trained model": _("Made by a trained model"),
    "what was done": _("What was done"),
    "kind of source": _("Kind of source"),
    "title": _("Title"),
    "description": _("Description"),
    "software": _("Program"),
    "created": _("Made"),
    "wacz_version": _("Version of WACZ"),
    "comment": _("Comment"),
    "path on the device": _("Path on the device"),
    "name on the device": _("Name on the device"),
    "device": _("Device"),
    "maker": _("Maker"),
    "device number": _("Number of the device"),
    "network": _("Network"),
    "kind of network": _("Kind of network"),
    "locale": _("Region"),
    "language": _("Language"),
    "place known by": _("Place known by"),
    "notes": _("Notes"),
    "cell towers": _("Cell towers"),
    "wireless networks near": _("Wireless networks near"),
}

SOURCES: Mapping[str, str | Promise] = {
    "camera": _("Camera (EXIF)"),
    "camera changed": _("Last change (EXIF)"),
    "satellites": _("Satellites (EXIF)"),
    "container": _("Recording (container)"),
    "file name": _("File name"),
    "file time": _("File time as received"),
    "c2pa": _("Content credentials"),
    "c2pa stamp": _("Time stamp of the credentials"),
    "proofmode created": _("ProofMode: file made"),
    "proofmode modified": _("ProofMode: file changed"),
    "proofmode written": _("ProofMode: sheet written"),
    "proofmode place": _("ProofMode: place"),
    "tella": _("Tella"),
    "tella place": _("Tella: place"),
    "pgp signature": _("OpenPGP signature"),
    "wacz": _("Collection (WACZ)"),
    "wacz signature": _("Signature of the collection"),
    "warc": _("First record (WARC)"),
    "time stamp": _("Time stamp (RFC 3161)"),
    "message": _("Message's own date"),
    "claimed": _("Said on receipt"),
    "described": _("Date given by the team"),
}

_BADGES = {"holds": "badge--good", "fails": "badge--danger", "unknown": "badge--plain"}


def badge_of(verdict: str) -> str:
    """The class of the badge that shows an answer."""
    return _BADGES.get(verdict, "badge--plain")


def fact_word(name: str) -> str | Promise:
    """What a fact is called; one that is not listed stays as it is."""
    return FACTS.get(name, name)


def source_word(source: str) -> str | Promise:
    """What a source is called; one that is not listed stays as it is."""
    return SOURCES.get(source, source)
