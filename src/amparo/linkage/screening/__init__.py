"""Screening: who of a matter may stand on a list of names, such as a sanctions list.

    from amparo.linkage.screening import Asked, Index, read, screen
    found = read(open("sdn.xml", "rb"), "sdn.xml")       # in the program: in a confined worker
    for hit in screen(Asked("Omar Haddad", born="1971"), Index(found.entries)).hits:
        hit.entry.name, hit.score, hit.reasons, [fact.said for fact in hit.facts]

A hit says that two names may be of one person or body, what else agrees, what disagrees, and what
is unknown. It never says that they are the same: a person decides that, and says why.
"""

from amparo.linkage.screening.entries import Alias, Entry, Identifier, NameList, Stake
from amparo.linkage.screening.facts import Fact, Finding
from amparo.linkage.screening.index import Index
from amparo.linkage.screening.matching import Asked, Hit, Screened, screen
from amparo.linkage.screening.ownership import Blocked, Verdict, owned_by
from amparo.linkage.screening.reading import read

__all__ = [
    "Alias",
    "Asked",
    "Blocked",
    "Entry",
    "Fact",
    "Finding",
    "Hit",
    "Identifier",
    "Index",
    "NameList",
    "Screened",
    "Stake",
    "Verdict",
    "owned_by",
    "read",
    "screen",
]
