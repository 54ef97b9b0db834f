from __future__ import annotations

from dataclasses import replace

import pytest

from amparo.base.errors import UsageError, VerificationError
from amparo.evidence import custody

HASH = "a" * 64
EVENT = custody.Event(
    id="1",
    item="2",
    kind="copied",
    purpose="for the expert",
    actor="3",
    by_whom="",
    occurred_at="2026-11",
    recorded_at="2026-11-21T10:00:00.000000Z",
    hash_before=HASH,
    hash_after=HASH,
    is_reconstruction=False,
)


def test_the_vocabulary_is_complete_and_well_formed() -> None:
    kinds = custody.vocabulary()
    assert set(kinds) >= {
        "collected", "received", "transferred", "viewed", "exported", "copied", "verified",
    }  # fmt: skip
    for kind in kinds.values():
        assert kind.label
        assert kind.sentence.startswith("{actor} ")
        assert kind.purpose in {"required", "optional"}
        assert kind.hashes in {"required", "optional", "before"}
        assert kind.by in {"person", "program"}


def test_an_event_that_says_enough_passes() -> None:
    custody.check(EVENT)
    custody.check(replace(EVENT, kind="viewed", purpose="", hash_before="", hash_after=""))


@pytest.mark.parametrize(
    ("event", "problem"),
    [
        (replace(EVENT, kind="borrowed"), "knows no 'borrowed'"),
        (replace(EVENT, kind="transferred", purpose=" "), "needs its purpose"),
        (replace(EVENT, hash_before=""), "needs the hash"),
    ],
)
def test_an_event_that_says_too_little_is_refused(event: custody.Event, problem: str) -> None:
    with pytest.raises(UsageError, match=problem):
        custody.check(event)


def test_an_original_that_changed_is_named() -> None:
    with pytest.raises(VerificationError, match=f"item 2, copied: .* got {'b' * 64}, expected"):
        custody.check(replace(EVENT, hash_after="b" * 64))
