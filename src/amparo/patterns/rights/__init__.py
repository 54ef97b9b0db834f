"""Which rights an act touches, and which SDG indicator counts its victims.

    from amparo.patterns import tables
    records = tables.read(Path("acts.csv"))
    tables.cross(records, rows="right", columns="year", unit="act").notes

A small vocabulary as data: words of tables in six languages, types of act, rights with the
articles that state them, SDG indicators with what must be said before they can be counted. Each
link says how sure it is. A word that is not in it is never guessed: whoever made the table says
what it means (``Own``), and that stands before ours.
"""

from amparo.patterns.rights.own import Own, own_from
from amparo.patterns.rights.vocabulary import (
    LANGUAGES,
    Act,
    Article,
    Indicator,
    Need,
    Right,
    Touch,
    Vocabulary,
    vocabulary,
)

__all__ = [
    "LANGUAGES",
    "Act",
    "Article",
    "Indicator",
    "Need",
    "Own",
    "Right",
    "Touch",
    "Vocabulary",
    "own_from",
    "vocabulary",
]
