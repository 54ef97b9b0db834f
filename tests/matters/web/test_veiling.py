"""The veil over answers of every kind, and what typing a guess does not tell."""

from __future__ import annotations

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory
from django.urls import reverse

from amparo.accounts.web.models import AuditEntry, User
from amparo.base.errors import AccessDenied, UsageError
from amparo.matters.access import Verb
from amparo.matters.web import actions
from amparo.matters.web.access import can, require_knowing
from amparo.matters.web.models import Matter, Party, TeamMember
from amparo.matters.web.veiling import VeilMiddleware, in_view, read_by, shows_nobody
from tests.personas import Personas

NAME, PSEUDONYM = "Amaranta Quispe", "Witness 3"


@pytest.fixture
def party(personas: Personas, matter: Matter) -> Party:
    """Sealed from all but the owner."""
    made = actions.add_party(matter, acting_user=personas.owner, name=NAME, role="witness")
    actions.seal_party(
        made, PSEUDONYM, acting_user=personas.owner, spellings=["Amaranta", "Quispe"]
    )
    return made


def seen(
    user: User, response: HttpResponseBase, matter: Matter | None = None, **query: str
) -> HttpResponseBase:
    """``response`` as it leaves for ``user``, who asked with ``query``."""
    request = RequestFactory().get("/", query)
    request.user = user

    def view(request: HttpRequest) -> HttpResponseBase:
        if matter:
            in_view(request, matter)
        return response

    return VeilMiddleware(view)(request)


def text(response: HttpResponseBase) -> str:
    return b"".join(response).decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<p>{NAME}</p>", f"<p>{PSEUDONYM}</p>"),
        ("<mark>Amaranta</mark> <b>Quispe</b>", "<mark>Witness 3</mark> <b>Witness 3</b>"),
        (
            f'<a href="/people/x" title="{NAME}">x</a>',
            '<a href="/people/x" title="Witness 3">x</a>',
        ),
        ('<a href="/files/amaranta-quispe.pdf">x</a>', '<a href="#">x</a>'),
        ('<a href="/x?tag=Quispe">x</a>', '<a href="#">x</a>'),
        ('<a href="/x#:~:text=Amaranta%20Quispe">x</a>', '<a href="#">x</a>'),
        ("<p>a &amp; b &lt;Quispe&gt;</p>", "<p>a &amp; b &lt;Witness 3&gt;</p>"),
        ("<p class='x'>nobody &amp; nothing</p>", "<p class='x'>nobody &amp; nothing</p>"),
    ],
)
def test_markup(personas: Personas, matter: Matter, party: Party, before: str, after: str) -> None:
    assert text(seen(personas.colleague, HttpResponse(before), matter)) == after
    assert text(seen(personas.owner, HttpResponse(before), matter)) == before


def test_json_tables_and_streams(personas: Personas, matter: Matter, party: Party) -> None:
    who = personas.colleague
    answer = HttpResponse(
        json.dumps({NAME: [{"n": NAME, "x": 1}]}), content_type="application/json"
    )
    assert json.loads(text(seen(who, answer, matter))) == {PSEUDONYM: [{"n": PSEUDONYM, "x": 1}]}
    rows = StreamingHttpResponse([b"name\n", f"{NAME}\n".encode()], content_type="text/csv")
    assert text(seen(who, rows, matter)) == f"name\n{PSEUDONYM}\n"


def test_the_name_of_a_download(personas: Personas, matter: Matter, party: Party) -> None:
    answer = HttpResponse("x", content_type="text/csv")
    answer["Content-Disposition"] = "attachment; filename*=UTF-8''Amaranta%20Quispe.csv"
    told = seen(personas.colleague, answer, matter)["Content-Disposition"]
    assert "Quispe" not in told


@pytest.mark.parametrize("kind", ["image/webp", "application/pdf", "video/mp4", "font/woff2", ""])
def test_what_is_no_text_is_refused_unless_it_shows_nobody(
    personas: Personas, matter: Matter, party: Party, kind: str
) -> None:
    def answer() -> HttpResponse:
        return HttpResponse(b"\x00", content_type=kind or "application/octet-stream")

    assert seen(personas.colleague, answer(), matter).status_code == 403
    assert seen(personas.colleague, answer()).status_code == 403
    assert seen(personas.owner, answer(), matter).status_code == 200
    assert seen(personas.colleague, shows_nobody(answer()), matter).status_code == 200


def test_what_is_typed_comes_back_and_what_is_found_does_not(
    personas: Personas, matter: Matter, party: Party
) -> None:
    page = f'<input value="{NAME}"><i data-typed>“{NAME}”</i><p>{NAME}</p>'
    told = text(seen(personas.colleague, HttpResponse(page), matter, q=NAME))
    assert told == f'<input value="{NAME}"><i data-typed>“{NAME}”</i><p>{PSEUDONYM}</p>'
    assert NAME not in text(seen(personas.colleague, HttpResponse(page), matter, q="other"))


def test_the_way_back_to_a_search_tells_no_more_than_was_typed(
    personas: Personas, matter: Matter, party: Party
) -> None:
    back = '<input type="hidden" name="next" value="/search/?q=Amaranta+Quispe">'
    asked = seen(personas.colleague, HttpResponse(back), matter, q=NAME)
    assert text(asked) == back
    found = seen(personas.colleague, HttpResponse(back), matter)
    assert text(found) == '<input type="hidden" name="next" value="/">'


def test_another_matter_is_read_as_it_is(personas: Personas, matter: Matter, party: Party) -> None:
    other = actions.open_matter("B. v. State", acting_user=personas.colleague)
    assert text(seen(personas.colleague, HttpResponse(NAME), other)) == NAME
    assert text(seen(personas.colleague, HttpResponse(NAME))) == PSEUDONYM


def test_a_feed_is_read_by_whose_it_is(personas: Personas, matter: Matter, party: Party) -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()

    def view(request: HttpRequest) -> HttpResponse:
        read_by(request, personas.colleague)
        return HttpResponse(NAME, content_type="text/calendar")

    assert text(VeilMiddleware(view)(request)) == PSEUDONYM


def test_who_does_not_know_neither_adds_nor_changes(
    personas: Personas, matter: Matter, party: Party
) -> None:
    may = {verb for verb in Verb if can(personas.colleague, verb, matter)}
    assert may == {Verb.VIEW, Verb.ANNOTATE, Verb.EXPORT}
    with pytest.raises(AccessDenied, match="sealed from you"):
        require_knowing(personas.colleague, Verb.EXPORT, matter)
    require_knowing(personas.owner, Verb.EXPORT, matter)


def test_knowing_is_told_and_withheld(personas: Personas, matter: Matter, party: Party) -> None:
    who = personas.colleague
    actions.add_member(matter, who, "paralegal", acting_user=personas.owner, knows=True)
    assert can(who, Verb.EDIT, matter)
    actions.add_member(matter, who, "paralegal", acting_user=personas.owner, knows=False)
    assert not can(who, Verb.EDIT, matter)
    rows = AuditEntry.objects.filter(action__endswith="sealed identities")
    assert [row.action.split()[0] for row in rows.order_by("id")] == ["tell", "withhold"]


def test_someone_new_does_not_know(personas: Personas, matter: Matter, party: Party) -> None:
    made = actions.add_member(matter, personas.stranger, "attorney", acting_user=personas.owner)
    assert not made.knows


def test_someone_who_knows_and_manages_always_stays(
    personas: Personas, matter: Matter, party: Party
) -> None:
    owner = TeamMember.objects.get(matter=matter, user=personas.owner)
    with pytest.raises(UsageError, match="Nobody else"):
        actions.remove_member(owner, acting_user=personas.owner)


def test_two_parties_have_two_pseudonyms(personas: Personas, matter: Matter, party: Party) -> None:
    other = actions.add_party(matter, acting_user=personas.owner, name="Beto", role="witness")
    with pytest.raises(UsageError, match="has this pseudonym"):
        actions.seal_party(other, f" {PSEUDONYM} ", acting_user=personas.owner)


def test_the_page_that_seals(client: Client, personas: Personas, matter: Matter) -> None:
    made = actions.add_party(matter, acting_user=personas.owner, name=NAME, role="witness")
    client.force_login(personas.owner)
    page = reverse("matters:seal-party", args=[matter.pk, made.pk])
    assert b"Amaranta\nQuispe" in client.get(page).content
    data = {
        "pseudonym": PSEUDONYM,
        "spellings": "Amaranta\nQuispe\nMara",
        "known_to": [str(personas.interpreter.pk)],
    }
    assert client.post(page, data).status_code == 302
    knowing = matter.team.filter(knows=True).values_list("user__username", flat=True)
    assert sorted(knowing) == ["interpreter", "owner"]
    for who, told in (("colleague", PSEUDONYM), ("interpreter", NAME)):
        client.force_login(getattr(personas, who))
        content = client.get(reverse("matters:matter", args=[matter.pk])).content.decode()
        assert told in content
        assert (NAME in content) is (told == NAME)
