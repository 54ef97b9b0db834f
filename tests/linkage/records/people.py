"""Invented people with invented errors, to be linked in tests: the same each time."""

from __future__ import annotations

import random

GIVEN = "anna boris carla dmytro elena farid galina hassan iryna jorge khadija lev maria nadia omar"
FAMILY = (
    "kovalenko haddad moreno petrov nasser silva bondar aziz romero orlova khalil vega marchenko "
    "salem ortega fedorov mansour delgado tkachenko rahman castillo morozov darwish fuentes"
)
PLACES = "sorvin beled arriba novyi qasr lindo staryi wadi monte"
HEAD = ("id", "given name", "family name", "date of birth", "city", "truth")


def rows(people: int = 400, again: float = 0.4, seed: int = 7) -> list[list[str]]:
    """``people`` people, a share of them twice, the second time with an error."""
    draw = random.Random(seed)
    made = []
    for person in range(people):
        row = [
            draw.choice(GIVEN.split()),
            draw.choice(FAMILY.split()) + draw.choice(["", "", "ko", "ez", "i"]),
            f"{draw.randint(1940, 2005)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            draw.choice(PLACES.split()),
        ]
        made.append([*row, str(person)])
        if draw.random() < again:
            made.append([*_with_error(row, draw), str(person)])
    draw.shuffle(made)
    return [[str(number), *row] for number, row in enumerate(made, start=1)]


def _with_error(row: list[str], draw: random.Random) -> list[str]:
    row, place = list(row), draw.randrange(4)
    text = row[place]
    if place == 3:
        row[3] = draw.choice(PLACES.split())
    elif place == 2:
        row[2] = text[:4] if draw.random() < 0.5 else text[:9] + str((int(text[-1]) + 1) % 10)
    else:
        at = draw.randrange(len(text))
        row[place] = text[:at] + draw.choice("aeionrst") + text[at + 1 :]
    return row


def often(people: int = 120, times: int = 7, seed: int = 3) -> list[list[str]]:
    """``people`` people, each so many times, with up to three errors and with gaps."""
    draw = random.Random(seed)
    made = []
    for whole in rows(people, again=0, seed=seed):
        for _ in range(times):
            row = whole[1:5]
            for _ in range(draw.randrange(4)):
                row = _with_error(row, draw)
            gap = draw.randrange(6)
            made.append([*(("" if at == gap else text) for at, text in enumerate(row)), whole[5]])
    draw.shuffle(made)
    return [[str(number), *row] for number, row in enumerate(made, start=1)]


def csv() -> str:
    """As a CSV file."""
    return "\n".join(",".join(row) for row in [list(HEAD), *rows()]) + "\n"
