"""Names across scripts: how many spellings of one name are found, and how many others come along.

Claims, on the half of Wikidata's name pairs that the costs were not fitted on (spellings seen at
least three times, NETransliteration-COLING2018): a Latin spelling finds at least 88 % of the
Arabic and 81 % of the Russian ones among all names of the pairs and all words of the Universal
Declaration, and with each come fewer than 0.3 other names and 0.1 ordinary words.

Many of the "other names" are spellings of the same name that the pairs do not list.
"""

from __future__ import annotations

import os
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from amparo.base.folding import fold_words
from amparo.base.transliteration import name_keys
from amparo.search.spellings import Form, choose, forms_in

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("AMPARO_SHARED_DATA") or ROOT.parent / "shared" / "data")
FILES = {"xlit_wd_arabic_16": (0.88, "arb"), "xlit_wd_russian_16": (0.81, "rus")}
LEAST_SOURCES = 3


def pairs(file: str) -> list[tuple[str, str]]:
    """Latin and other spelling, folded, single words; the Arabic article as search takes it off."""
    found = []
    for line in (SHARED / "names" / file).read_text("utf-8").splitlines():
        latin, other, sources = line.split("\t")
        words = [fold_words(latin).split(), fold_words("".join(other.split())).split()]
        if int(sources) < LEAST_SOURCES or [len(each) for each in words] != [1, 1]:
            continue
        one, two = words[0][0], words[1][0]
        if len(two) > 4 and not one.startswith("al"):
            two = two.removeprefix("ال")
        if len(one) > 2 and one.isalpha() and two.isalpha():
            found.append((one, two))
    random.Random(1).shuffle(found)
    return found


def ordinary_words(language: str) -> dict[str, Form]:
    """The forms of the Universal Declaration, learnt a paragraph at a time as the index would."""
    text = (SHARED / "law" / "udhr" / f"udhr_{language}.xml").read_text("utf-8")
    met: dict[str, Form] = {}
    for paragraph in re.findall("<para>(.*?)</para>", text, re.DOTALL):
        for form in forms_in([paragraph]):
            before = met.get(form.text, Form(form.text, form.sound))
            met[form.text] = Form(
                form.text,
                form.sound,
                before.capitals + form.capitals,
                before.smalls + form.smalls,
            )
    return met


def by_key(words: Iterable[str]) -> dict[str, set[str]]:
    """The words of each key."""
    found: dict[str, set[str]] = defaultdict(set)
    for word in words:
        for key in name_keys(word):
            found[key].add(word)
    return found


def candidates(word: str, keyed: dict[str, set[str]]) -> set[str]:
    """The words that share a key with this one."""
    return set().union(*(keyed.get(key, set()) for key in name_keys(word)))


def judge(file: str, least: float, language: str) -> bool:
    """Ask for names, print what was found and what came along."""
    every = pairs(file)
    held_out = every[len(every) // 2 :]
    right: dict[str, set[str]] = defaultdict(set)
    for latin, other in every:
        right[latin].add(other)
    met = ordinary_words(language)
    pool = met | {other: Form(other, other, 1) for _, other in every}
    keyed = by_key(pool)
    found = others = 0
    along: Counter[str] = Counter()
    start = time.perf_counter()
    for latin, other in held_out:
        chosen = set(choose(latin, [pool[word] for word in candidates(latin, keyed)]))
        found += other in chosen
        wrong = chosen - right[latin]
        along.update(wrong & met.keys())
        others += len(wrong - met.keys())
    took = (time.perf_counter() - start) / len(held_out) * 1_000
    number = len(held_out)
    recall, names, words = found / number, others / number, along.total() / number
    print(
        f"{file}: found {recall:.3f} of {number} held-out spellings among {len(pool)} forms; "
        f"along come {names:.2f} other names and {words:.3f} ordinary words a name; {took:.2f} ms"
    )
    if "--words" in sys.argv:
        print(*(word for word, _ in along.most_common(60)))
    return recall >= least and names < 0.3 and words < 0.1


def main() -> int:
    """Judge both scripts; exit 1 when a claim does not hold."""
    if not (SHARED / "names").is_dir():
        print("the real names are not here; set AMPARO_SHARED_DATA")
        return 0
    held = [judge(file, least, language) for file, (least, language) in FILES.items()]
    print("holds" if all(held) else "FAILS")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
