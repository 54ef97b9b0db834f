"""Physical exhibits: the vocabulary, and how one stands after what was done with it."""

from __future__ import annotations

import pytest

from amparo.base.errors import UsageError
from amparo.evidence.custody import exhibits
from amparo.evidence.custody.exhibits import Event, Standing, check, standing

RECEIVED = Event("received", place="Safe")


def test_the_vocabulary_is_complete_and_well_formed() -> None:
    words = exhibits.vocabulary()
    fields = set(Event.__slots__)
    assert {"phone", "document", "object"} <= set(words.kinds)
    for kind in words.events.values():
        assert kind.sentence.startswith("{actor} ")
        assert set(kind.needs) <= fields
        assert kind.by in {"person", "program"}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], Standing()),
        ([RECEIVED, Event("sealed", seal="A")], Standing(place="Safe", seal="A")),
        ([RECEIVED, Event("sealed", seal="A"), Event("unsealed")], Standing(place="Safe")),
        (
            [RECEIVED, Event("transferred", holder="Dr Ruiz")],
            Standing(where="out", holder="Dr Ruiz", awaits="Dr Ruiz"),
        ),
        (
            [RECEIVED, Event("transferred", holder="Dr Ruiz"), Event("acknowledged", holder="R")],
            Standing(where="out", holder="R"),
        ),
        (
            [RECEIVED, Event("transferred", holder="R"), Event("came-back", place="Safe")],
            Standing(place="Safe"),
        ),
        ([RECEIVED, Event("returned", holder="the owner")],
         Standing(where="returned", holder="the owner")),
        ([RECEIVED, Event("destroyed")], Standing(where="destroyed")),
        (
            [RECEIVED, Event("condition", condition="wet", items=("1", "2"))],
            Standing(place="Safe", condition="wet", photographs=("1", "2")),
        ),
    ],
)  # fmt: skip
def test_how_it_stands_is_a_function_of_what_was_done(
    events: list[Event], expected: Standing
) -> None:
    assert standing(events) == expected


@pytest.mark.parametrize("final", ["returned", "destroyed"])
def test_nothing_is_done_with_what_is_gone(final: str) -> None:
    now = standing([RECEIVED, Event(final, holder="x")])
    assert now.is_over
    with pytest.raises(UsageError, match="no longer in custody"):
        check(Event("sealed", seal="A"), now)
