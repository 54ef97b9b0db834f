"""Pages while a server is away: calm, without an address of ours, and with a way on."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from amparo.base.errors import StorageAway
from amparo.site.away import database_away
from amparo.site.middleware import AmparoErrorMiddleware

ASK = RequestFactory()


def refused(request: HttpRequest) -> HttpResponse:
    """What is answered when the store did not."""
    error = StorageAway("http://10.0.0.7:8333 refused", next_step="Check OBJECTS_URL.")
    answer = AmparoErrorMiddleware(lambda _request: HttpResponse()).process_exception(
        request, error
    )
    assert answer is not None
    return answer


def test_a_page_leads_back_to_what_was_asked() -> None:
    answer = refused(ASK.get("/items/7/?page=2"))
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert 'href="/items/7/?page=2"' in page
    assert "10.0.0.7" not in page


def test_what_was_sent_is_not_sent_again_by_a_link() -> None:
    page = refused(ASK.post("/items/7/original/")).content.decode()
    assert "kept whole or not at all" in page
    assert "/items/7/" not in page


@pytest.mark.parametrize("answer", [refused, database_away])
def test_htmx_is_given_a_note_and_no_page(answer: object) -> None:
    assert callable(answer)
    note = answer(ASK.get("/work/", headers={"HX-Request": "true"}))
    assert note.status_code == 503
    assert note.content.decode().strip().startswith('<div class="toast toast--error"')
