from __future__ import annotations

from dataclasses import replace

import pytest

from amparo.base.errors import VerificationError
from amparo.evidence.ledger import Row, merkle, notes
from amparo.evidence.ledger.verification import (
    Broken,
    Outcome,
    Part,
    SignedHead,
    check_ledger,
    compare,
)
from tests.evidence.packing import MOMENT, SIGNER, Ledger

KEY = SIGNER.key


def ledger(length: int, checkpoints: tuple[int, ...]) -> tuple[list[Row], list[SignedHead]]:
    book, heads = Ledger(), []
    for n in range(1, length + 1):
        book.add("note", None, {"n": n, "at": MOMENT})
        if n in checkpoints:
            size, note = book.checkpoint()
            root = notes.open_checkpoint(note, KEY).root.hex()
            leaves = [merkle.leaf(bytes.fromhex(e.entry_hash)) for e in book.entries]
            peaks = merkle.Frontier().extend(leaves).peaks
            heads.append(SignedHead(size, root, note, tuple(p.hex() for p in peaks)))
    rows = [Row(e.seq, e.canonical, e.entry_hash, e.previous) for e in book.entries]
    return rows, heads


ROWS, HEADS = ledger(9, (3, 8))
NOTE = HEADS[0].note


def failure(rows: list[Row], heads: list[SignedHead]) -> VerificationError:
    with pytest.raises(VerificationError) as caught:
        list(check_ledger(rows, heads, KEY))
    return caught.value


def test_a_ledger_with_checkpoints_holds() -> None:
    assert len(list(check_ledger(ROWS, HEADS, KEY))) == 9
    assert list(check_ledger([], [], KEY)) == []


def test_a_truncated_ledger_is_told_by_its_checkpoint() -> None:
    error = failure(ROWS[:7], HEADS)
    assert str(error) == (
        "ledger, held against the checkpoint at 8: got 7 entries, expected 8 entries."
    )


def test_a_ledger_written_anew_is_told_by_its_checkpoint() -> None:
    other = Ledger()
    for n in range(9):
        other.add("note", None, {"n": -n})
    rows = [Row(e.seq, e.canonical, e.entry_hash, e.previous) for e in other.entries]
    assert failure(rows, HEADS).what == "checkpoint at 3: the root of the ledger's entries"


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        (replace(HEADS[0], size=4), "checkpoint at 4: its size"),
        (replace(HEADS[0], root="0" * 64), "checkpoint at 3: its root"),
        (replace(HEADS[0], note=NOTE.replace("\n3\n", "\n4\n")), "checkpoint at 3: its signature"),
        (replace(HEADS[0], note=""), "checkpoint at 3"),
        (replace(HEADS[0], frontier=()), "checkpoint at 3: its frontier"),
        (replace(HEADS[0], signed_at="2020"), "checkpoint at 3: when it was signed"),
    ],
)
def test_a_changed_checkpoint_is_named(changed: SignedHead, what: str) -> None:
    assert failure(ROWS, [changed, HEADS[1]]).what == what


def test_rows_are_held_against_what_is_stated() -> None:
    compare("row", {"a": 1, "b": None}, {"b": None, "a": 1})
    for found, words in (
        ({"a": 2}, "row: a: got 2, expected 1"),
        ({}, "row: a: got None, expected 1"),
        ({"a": 1, "b": 2}, "row: b: got 2, expected None"),
        (None, "row: got no row, expected"),
    ):
        with pytest.raises(VerificationError, match=words):
            compare("row", found, {"a": 1})


def test_an_outcome_names_the_first_broken_thing() -> None:
    whole, torn = Part("ledger", 9), Part("objects", 2)
    assert Outcome([whole]).holds
    for n in range(150):
        torn.add(VerificationError(f"object {n}", got="x", expected="y"))
    outcome = Outcome([whole, torn])
    assert outcome.first_broken == Broken("object 0", "x", "y")
    assert str(outcome.first_broken.error()) == "object 0: got x, expected y."
    assert (len(torn.broken), torn.more_broken) == (100, 50)
