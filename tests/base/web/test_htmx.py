import pytest
from django.test import RequestFactory

from amparo.base.web.htmx import by_htmx, for_a_part


@pytest.mark.parametrize(
    ("headers", "asked", "part"),
    [
        ({}, False, False),
        ({"HX-Request": "true"}, True, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, True, False),
    ],
)
def test_a_boosted_link_wants_the_whole_page(headers, asked: bool, part: bool) -> None:
    request = RequestFactory().get("/", headers=headers)
    assert (by_htmx(request), for_a_part(request)) == (asked, part)
