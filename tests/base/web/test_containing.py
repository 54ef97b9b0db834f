"""A filter's text is found however it is capitalised, in every script, on either database."""

from __future__ import annotations

import pytest

from amparo.accounts.web.models import User
from amparo.base.web.containing import containing

pytestmark = pytest.mark.django_db

PEOPLE = {"a": "Олена Заява", "b": "ГЕННАДИЙ", "c": "Ömer Şahin", "d": "محمد علي", "e": "50% sure"}


@pytest.fixture(autouse=True)
def people() -> None:
    for username, name in PEOPLE.items():
        User.objects.create(username=username, display_name=name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("заява", "a"),
        ("ОЛЕНА ЗАЯВА", "a"),
        ("олена з", "a"),
        ("геннадий", "b"),
        ("ömer", "c"),
        ("علي", "d"),
        ("SURE", "e"),
        ("50%", "e"),
        ("5_%", ""),
        ("петро", ""),
    ],
)
def test_text_is_found_however_it_is_capitalised(text: str, found: str) -> None:
    rows = User.objects.filter(containing(text, "display_name"))
    assert "".join(rows.values_list("username", flat=True)) == found


def test_any_of_several_fields_may_have_it() -> None:
    assert User.objects.get(containing("b", "display_name", "username")).username == "b"
