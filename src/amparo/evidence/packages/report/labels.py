"""The words of the custody report that are not data, in English."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LABELS"]

LABELS: Mapping[str, str] = {
    "title": "Custody report",
    "exported_by": "Exported by",
    "exported_at": "On",
    "purpose": "Purpose",
    "holds": "It holds",
    "holds_text": "{files} files, {size} in all",
    "holds_one": "1 file, {size}",
    "ledger": "Ledger",
    "ledger_text": "as it stood at entry {seq}, whose hash is",
    "key": "Sealed by the key",
    "about": (
        "This report lists every file of the matter as it was received, and everything that was "
        "recorded about its custody since. Each line is an entry of a ledger in which no entry can "
        "be changed or removed unnoticed; its number is given beside it. The digests are those of "
        "the files in the package that this report belongs to, and the program verify.py in it "
        "checks all of this without a network. What was written down later than it happened says "
        "so. The report does not vouch for what the files say."
    ),
    "about_alone": (
        "This report tells what the ledger states of custody. No entry of the ledger can be "
        "changed or removed unnoticed; the number of each is given beside its line. The files and "
        "the proof of all this leave in a package, which anyone can verify without a network. "
        "What was written down later than it happened says so. The report does not vouch for what "
        "the files say."
    ),
    "received": "What was received",
    "file": "File",
    "received_at": "Received",
    "page": "Page",
    "path": "Received path",
    "type": "Type, size",
    "within": "Found inside",
    "when": "When",
    "recorded": "written down",
    "from": "Received from {name}",
    "from_nobody": "Received; from whom is not stated",
    "by": "Received by",
    "place": "Where",
    "method": "How",
    "device": "Device",
    "tool": "With",
    "modified": "Dated by its file system",
    "reconstruction": "Remark",
    "reconstruction_text": "written down later, from memory or other records",
    "entry": "Entry",
    "custody": "What was done with it since",
    "no_custody": "Nothing has been recorded since it was received.",
    "what": "What",
    "program": "Amparo",
    "not_stated": "not stated",
    "disposed": "Disposed of",
    "disposed_text": "its bytes were destroyed by decision of two people; what is told here stays",
    "exhibits": "Physical exhibits",
    "kind": "Kind",
    "identifiers": "Marks and serial numbers",
    "description": "Description",
    "owner": "Owner",
    "exhibit_from": "From whom",
    "seal": "Seal",
    "storage": "Place",
    "holder": "In whose hands",
    "condition": "Condition",
    "purpose_of": "Purpose",
    "files_of": "Files",
    "holds_head": "Legal holds",
    "hold_all": "the whole matter",
    "hold_some": "{count} files",
    "hold_one": "1 file",
    "written_by": "Written down by",
    "placed_by": "Placed by",
    "lifted": "Lifted",
    "disposals": "Disposals",
    "proposed": "Proposed",
    "decided": "Decided",
    "approved": "approved",
    "refused": "refused",
    "undecided": "not decided",
    "ground": "Ground",
    "reference": "Reference",
    "reason": "Reason",
    "covers": "Covers",
    "papers": "Papers of the online investigation",
    "version": "version {number}",
    "end": "End of the report",
}
"""Every word of the report that is not data; a translation gives the same keys."""
