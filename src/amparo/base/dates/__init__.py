"""Dates as people give them: EDTF (ISO 8601-2:2019), levels 0 and 1.

``parse("2021-03~")`` keeps what was said, "about March 2021", and nothing here ever turns it
into a day. :func:`from_person` reads what people type and refuses what can be read two ways;
:func:`display` writes a date as a careful person would, in six languages.
"""

from amparo.base.dates.comparison import Truth, certainly_before, overlaps, possibly_equal
from amparo.base.dates.display import display
from amparo.base.dates.edtf import PartialDate, from_day, parse
from amparo.base.dates.typed import from_person

__all__ = [
    "PartialDate",
    "Truth",
    "certainly_before",
    "display",
    "from_day",
    "from_person",
    "overlaps",
    "parse",
    "possibly_equal",
]
