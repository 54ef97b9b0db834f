import pytest
from django import forms

from amparo.base.web.forms import GivenDate


class Form(forms.Form):
    when = GivenDate(required=False)


@pytest.mark.parametrize(
    ("typed", "kept"), [("3 May 2026", "2026-05-03"), ("May 2026", "2026-05"), (" ", "")]
)
def test_a_date_is_kept_as_inexact_as_it_was_given(typed: str, kept: str) -> None:
    form = Form({"when": typed})
    assert form.is_valid()
    assert form.cleaned_data["when"] == kept


def test_what_can_be_read_in_two_ways_is_asked_back() -> None:
    form = Form({"when": "03/04/2026"})
    assert "2026" in form.errors["when"][0]
