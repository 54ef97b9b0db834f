"""Words that stand in data and in papers, once more, so that catalogues of translations find them.

A test holds each list against its source.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_noop

__all__ = ["ONLINE", "PAPERS", "in_words"]

ONLINE = (
    gettext_noop("Investigation plan"),
    gettext_noop(
        "What is looked for online, why, how, and who answers for it; written before the search."
    ),
    gettext_noop("Question to be answered"),
    gettext_noop("Facts to be found out, not a conclusion to be proven."),
    gettext_noop("Mandate and law that apply"),
    gettext_noop(
        "Who asked, before which body, and which law on access, privacy and platforms applies."
    ),
    gettext_noop("Places"),
    gettext_noop("Period"),
    gettext_noop("From when to when the events happened."),
    gettext_noop("Persons and groups"),
    gettext_noop("Working hypotheses"),
    gettext_noop("Also those that would exonerate."),
    gettext_noop("Where to look"),
    gettext_noop(
        "Platforms, archives, registers, satellite pictures; who publishes there and who "
        "is missing."
    ),
    gettext_noop("Search words and languages"),
    gettext_noop("Also slang, other scripts, spellings and emoji."),
    gettext_noop("Methods and tools"),
    gettext_noop("With versions, and how each was tried out before."),
    gettext_noop("Team and tasks"),
    gettext_noop("Others involved"),
    gettext_noop("Who else investigates; how their work is not repeated or disturbed."),
    gettext_noop("Dignity and consent"),
    gettext_noop("People in the material, minors, bystanders; what is not collected."),
    gettext_noop("Care for the team"),
    gettext_noop("Graphic material, breaks, whom to talk to."),
    gettext_noop("Preservation"),
    gettext_noop("What is kept, where, for how long."),
    gettext_noop("When the plan is looked at again"),
    gettext_noop("Threat assessment"),
    gettext_noop(
        "What can happen to people, data and the inquiry, and what is done about it; kept current."
    ),
    gettext_noop("What is to be protected"),
    gettext_noop(
        "People first: witnesses, sources, investigators, bystanders; then data, "
        "accounts, devices, reputation."
    ),
    gettext_noop("Who may want to harm"),
    gettext_noop("Their interest, means, and what they did before."),
    gettext_noop("What they could do"),
    gettext_noop("Identify, track, hack, take down, sue, detain, harm."),
    gettext_noop("Where we are weak"),
    gettext_noop("How likely"),
    gettext_noop("low"),
    gettext_noop("moderate"),
    gettext_noop("high"),
    gettext_noop("unknown"),
    gettext_noop("How grave"),
    gettext_noop("Digital measures"),
    gettext_noop("Devices, networks, VPN or Tor, separate browsers, virtual machines, encryption."),
    gettext_noop("Virtual identities"),
    gettext_noop(
        "Which, who uses them, and the rule: no contact, no deceit to get into closed "
        "groups without legal advice."
    ),
    gettext_noop("Physical measures"),
    gettext_noop("Psychosocial measures"),
    gettext_noop("Risk that remains"),
    gettext_noop("And who accepted it."),
    gettext_noop("If it happens"),
    gettext_noop("Whom to call, what to switch off, who is warned."),
    gettext_noop("When it is looked at again"),
    gettext_noop("Activity log"),
    gettext_noop("What was done online, step by step, also what led to nothing."),
    gettext_noop("What was done"),
    gettext_noop("search"),
    gettext_noop("page visited"),
    gettext_noop("account viewed"),
    gettext_noop("monitoring"),
    gettext_noop("capture"),
    gettext_noop("download"),
    gettext_noop("contact"),
    gettext_noop("tool tried"),
    gettext_noop("decision"),
    gettext_noop("other"),
    gettext_noop("Where"),
    gettext_noop("The platform, engine or archive."),
    gettext_noop("Address"),
    gettext_noop("Words and filters"),
    gettext_noop("Exactly as they were typed."),
    gettext_noop("What came of it"),
    gettext_noop("Also “nothing”."),
    gettext_noop("Tool and version"),
    gettext_noop("Virtual identity"),
    gettext_noop("Its name in the threat assessment, not its password."),
    gettext_noop("Way to the network"),
    gettext_noop("VPN or Tor and the country it came out in."),
    gettext_noop("Online collection record"),
    gettext_noop("How this file was captured online, so that another person could follow it."),
    gettext_noop("Address (URL)"),
    gettext_noop("Moment of capture"),
    gettext_noop("With its zone, as 2026-11-22T14:05:09+02:00."),
    gettext_noop("Clock"),
    gettext_noop("How it was set: time server and deviation, or “not compared”."),
    gettext_noop("Collector"),
    gettext_noop("IP address of the collector"),
    gettext_noop("As the page saw it; the VPN's if one was used."),
    gettext_noop("Tool, version, settings"),
    gettext_noop("What was captured"),
    gettext_noop("Source HTML, whole page as a picture, embedded media, metadata."),
    gettext_noop("Who published it"),
    gettext_noop("Account and its own address or number, which outlives a change of name."),
    gettext_noop("When it was published"),
    gettext_noop("As the platform says, with its zone."),
    gettext_noop("What stood around it"),
    gettext_noop("Caption, comments, reactions, the page it was found on."),
    gettext_noop("How it was found"),
    gettext_noop("SHA-256 at the capture"),
    gettext_noop("As the tool printed it; it is held against this file."),
    gettext_noop("Rights and restrictions"),
)
"""The words of ``online.yaml``."""

PAPERS = (
    gettext_noop("Custody report"),
    gettext_noop("Exported by"),
    gettext_noop("On"),
    gettext_noop("Purpose"),
    gettext_noop("It holds"),
    gettext_noop("{files} files, {size} in all"),
    gettext_noop("1 file, {size}"),
    gettext_noop("Ledger"),
    gettext_noop("as it stood at entry {seq}, whose hash is"),
    gettext_noop("Sealed by the key"),
    gettext_noop(
        "This report lists every file of the matter as it was received, and everything "
        "that was recorded about its custody since. Each line is an entry of a ledger in "
        "which no entry can be changed or removed unnoticed; its number is given beside "
        "it. The digests are those of the files in the package that this report belongs "
        "to, and the program verify.py in it checks all of this without a network. What "
        "was written down later than it happened says so. The report does not vouch for "
        "what the files say."
    ),
    gettext_noop(
        "This report tells what the ledger states of custody. No entry of the ledger can "
        "be changed or removed unnoticed; the number of each is given beside its line. "
        "The files and the proof of all this leave in a package, which anyone can verify "
        "without a network. What was written down later than it happened says so. The "
        "report does not vouch for what the files say."
    ),
    gettext_noop("What was received"),
    gettext_noop("File"),
    gettext_noop("Received"),
    gettext_noop("Page"),
    gettext_noop("Received path"),
    gettext_noop("Type, size"),
    gettext_noop("Found inside"),
    gettext_noop("When"),
    gettext_noop("written down"),
    gettext_noop("Received from {name}"),
    gettext_noop("Received; from whom is not stated"),
    gettext_noop("Received by"),
    gettext_noop("Where"),
    gettext_noop("How"),
    gettext_noop("Device"),
    gettext_noop("With"),
    gettext_noop("Dated by its file system"),
    gettext_noop("Remark"),
    gettext_noop("written down later, from memory or other records"),
    gettext_noop("Entry"),
    gettext_noop("What was done with it since"),
    gettext_noop("Nothing has been recorded since it was received."),
    gettext_noop("What"),
    gettext_noop("Amparo"),
    gettext_noop("not stated"),
    gettext_noop("Disposed of"),
    gettext_noop("its bytes were destroyed by decision of two people; what is told here stays"),
    gettext_noop("Physical exhibits"),
    gettext_noop("Kind"),
    gettext_noop("Marks and serial numbers"),
    gettext_noop("Description"),
    gettext_noop("Owner"),
    gettext_noop("From whom"),
    gettext_noop("Seal"),
    gettext_noop("Place"),
    gettext_noop("In whose hands"),
    gettext_noop("Condition"),
    gettext_noop("Files"),
    gettext_noop("Legal holds"),
    gettext_noop("the whole matter"),
    gettext_noop("{count} files"),
    gettext_noop("1 file"),
    gettext_noop("Written down by"),
    gettext_noop("Placed by"),
    gettext_noop("Lifted"),
    gettext_noop("Disposals"),
    gettext_noop("Proposed"),
    gettext_noop("Decided"),
    gettext_noop("approved"),
    gettext_noop("refused"),
    gettext_noop("not decided"),
    gettext_noop("Ground"),
    gettext_noop("Reference"),
    gettext_noop("Reason"),
    gettext_noop("Covers"),
    gettext_noop("Papers of the online investigation"),
    gettext_noop("version {number}"),
    gettext_noop("End of the report"),
    gettext_noop("Receipt"),
    gettext_noop("Matter"),
    gettext_noop("Handed over by"),
    gettext_noop("Capacity"),
    gettext_noop("Organisation"),
    gettext_noop("For"),
    gettext_noop("To be given back"),
    gettext_noop("yes"),
    gettext_noop("no"),
    gettext_noop("What was handed over"),
    gettext_noop("Exhibit"),
    gettext_noop("What it is"),
    gettext_noop("not sealed"),
    gettext_noop("entry {seq}, whose hash is"),
    gettext_noop(
        "By signing, the receiver confirms that the exhibits listed above were received, "
        "and that the seals were whole and bore the numbers above, unless remarked here:"
    ),
    gettext_noop("Handed over: name, date, signature"),
    gettext_noop("Received: name, date, signature"),
    gettext_noop("Acknowledged"),
    gettext_noop("Seals whole"),
    gettext_noop("unknown"),
    gettext_noop("Remarks"),
)
"""The words of the custody report and of receipts."""


def in_words(labels: Mapping[str, str]) -> Mapping[str, str]:
    """The words of a paper in the language of the page."""
    return {name: gettext(said) for name, said in labels.items()}
