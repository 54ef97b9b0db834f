"""How near a day is."""

from datetime import date

import pytest

from amparo.matters.urgency import Urgency, urgency

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, Urgency.NONE),
        (date(2026, 11, 20), Urgency.OVERDUE),
        (TODAY, Urgency.TODAY),
        (date(2026, 11, 22), Urgency.SOON),
        (date(2026, 11, 28), Urgency.SOON),
        (date(2026, 11, 29), Urgency.LATER),
    ],
)
def test_urgency(due: date | None, expected: Urgency) -> None:
    assert urgency(due, TODAY) is expected
