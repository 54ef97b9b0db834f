"""Names in any script: their parts, what they are called in Latin letters, and how alike two are.

    from amparo.linkage.names import ALIKE, compare, keys, normal, parse
    found = compare("محمد الحسيني", "Al-Husseini, Mohammad")
    found.score >= ALIKE, found.reasons
    keys("Mohammad Hussein") & keys("Мухаммад Хусейн")

``compare`` says how well two names could be of one person or body, from 0 to 1, with a sentence
for each thing that speaks for it or against it. It never says that they are: people share names.
``keys`` gives what to look up before comparing; ``normal`` the form to keep and sort by.
"""

from amparo.linkage.names.comparing import ALIKE, Comparison, compare
from amparo.linkage.names.keys import keys
from amparo.linkage.names.parsing import Kind, Name, Part, normal, parse

__all__ = ["ALIKE", "Comparison", "Kind", "Name", "Part", "compare", "keys", "normal", "parse"]
