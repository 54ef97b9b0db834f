from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import VerificationError
from amparo.evidence import ledger
from amparo.evidence.ledger import Fact, Head, Row

RECORDED = "2026-11-21T10:00:00.000000Z"


def fact(n: int) -> Fact:
    details = {"name": f"سند {n}.pdf", "size": n, "tags": ["a", None, True]}
    return Fact("item.received", "user:1", "m-1", f"item:{n}", "2021-03~", RECORDED, details)


def chain(length: int) -> list[Row]:
    rows, head = [], Head()
    for n in range(length):
        entry = ledger.append(head, fact(n), nonce=f"{n:032x}")
        rows.append(Row(entry.seq, entry.canonical, entry.entry_hash, entry.previous))
        head = entry.head
    return rows


CHAIN = chain(6)


def resealed(row: Row, canonical: str) -> Row:
    entry_hash = hashlib.sha256(canonical.encode()).hexdigest()
    return replace(row, canonical=canonical, entry_hash=entry_hash)


def test_a_chain_walks_to_its_head() -> None:
    entries = list(ledger.walk(CHAIN))
    assert [entry.fact for entry in entries] == [fact(n) for n in range(6)]
    assert entries[0].previous == ledger.GENESIS
    assert all(b.previous == a.entry_hash for a, b in pairwise(entries))


def test_a_walk_can_start_at_a_known_head() -> None:
    assert len(list(ledger.walk(CHAIN[3:], Head(3, CHAIN[2].entry_hash)))) == 3


def test_the_hash_is_sha_256_over_the_canonical_text() -> None:
    entry = ledger.append(Head(), fact(0), nonce="0" * 32)
    assert entry.entry_hash == hashlib.sha256(entry.canonical.encode()).hexdigest()
    assert entry.canonical.startswith('{"actor":"user:1","details":{"name":"سند 0.pdf"')


@given(st.data())
def test_any_changed_character_is_named_by_its_entry(data: st.DataObject) -> None:
    n = data.draw(st.integers(0, len(CHAIN) - 1))
    row = CHAIN[n]
    place = data.draw(st.integers(0, len(row.canonical) - 1))
    new = data.draw(st.characters(exclude_categories=["Cs"]))
    changed = row.canonical[:place] + new + row.canonical[place + 1 :]
    if changed == row.canonical:
        return
    rows = [*CHAIN[:n], replace(row, canonical=changed), *CHAIN[n + 1 :]]
    with pytest.raises(VerificationError, match=f"ledger entry {n + 1}: its hash: got"):
        list(ledger.walk(rows))


def test_an_entry_resealed_with_its_own_hash_is_found_by_the_next_link() -> None:
    changed = resealed(CHAIN[2], CHAIN[2].canonical.replace("item:2", "item:9"))
    with pytest.raises(VerificationError, match="ledger entry 3: its hash, held against") as caught:
        list(ledger.walk([*CHAIN[:2], changed, *CHAIN[3:]]))
    assert caught.value.got == changed.entry_hash
    assert caught.value.expected == CHAIN[2].entry_hash
    assert caught.value.exit_code == 3


def test_a_missing_entry_is_named() -> None:
    with pytest.raises(VerificationError, match="ledger entry 3: its number: got 4, expected 3"):
        list(ledger.walk([*CHAIN[:2], *CHAIN[3:]]))


def test_a_changed_column_beside_the_entry_is_named() -> None:
    rows = [*CHAIN[:3], replace(CHAIN[3], previous_hash="f" * 64), *CHAIN[4:]]
    with pytest.raises(VerificationError, match="ledger entry 4: the link beside it"):
        list(ledger.walk(rows))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"seq":1', '"seq": 1', "another spelling"),
        ('"seq":1', '"seq":true', "bool"),
        ('"seq":1', '"seq":"1"', "str"),
        ('"seq":1', '"seq":2', "the number inside it"),
        ('"seq":1', '"seq":1,"seq":1', "stands twice"),
        ('"nonce"', '"nonsense"', "nonsense"),
        ('"subject":"item:0"', '"subject":7', "subject: got int"),
        (ledger.GENESIS, "0" * 63, "previous"),
        ("{", "", "canonical JSON"),
    ],
)
def test_an_entry_of_another_shape_says_what_is_wrong(old: str, new: str, problem: str) -> None:
    changed = resealed(CHAIN[0], CHAIN[0].canonical.replace(old, new, 1))
    with pytest.raises(VerificationError, match=problem):
        list(ledger.walk([changed]))


@given(st.text(), st.text(), st.none() | st.text())
def test_every_text_of_a_fact_comes_back(kind: str, actor: str, subject: str | None) -> None:
    stated = Fact(kind, actor, None, subject, "..", RECORDED, {"text": actor})
    entry = ledger.append(Head(), stated, nonce="0" * 32)
    assert ledger.parse(entry.canonical).fact == stated


def test_the_nonce_hides_what_is_otherwise_equal() -> None:
    a = ledger.append(Head(), fact(1), nonce="0" * 32)
    b = ledger.append(Head(), fact(1), nonce="1" * 32)
    assert a.entry_hash != b.entry_hash


@pytest.mark.parametrize(
    ("stated", "nonce"),
    [
        (replace(fact(0), recorded_at="yesterday"), "0" * 32),
        (replace(fact(0), recorded_at="2026-11-21T10:00:00+01:00"), "0" * 32),
        (fact(0), "short"),
    ],
)
def test_what_the_program_must_not_write_is_refused(stated: Fact, nonce: str) -> None:
    with pytest.raises(ValueError):
        ledger.append(Head(), stated, nonce=nonce)


def test_a_moment_is_written_in_utc() -> None:
    there = datetime(2026, 11, 21, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    assert ledger.moment(there) == RECORDED
    assert ledger.moment(datetime(2026, 11, 21, 10, tzinfo=UTC)) == RECORDED
    with pytest.raises(ValueError, match="time zone"):
        ledger.moment(datetime(2026, 11, 21))
