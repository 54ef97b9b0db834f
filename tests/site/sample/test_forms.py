"""The sample matter prepares an I-589, a G-28 and an I-765 from its one set of answers.

The blanks are the agency's and not part of Amparo; where they are not at hand these tests skip.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from amparo.evidence.web.safes import open_safe
from amparo.extract.web.room import reading_room
from amparo.filing.web.actions import bring_form, prepare_form
from amparo.filing.web.queries.official import ready_forms
from amparo.site.sample.interviews import hold_interviews

if TYPE_CHECKING:
    from amparo.filing.web.models import PreparedForm
    from amparo.matters.web.models import Matter
    from tests.personas import Personas

BLANKS = {"I-589": "i-589__q00101", "G-28": "g-28__formtracker", "I-765": "i-765__openniw"}


@pytest.fixture
def answered(matter: Matter, personas: Personas) -> Matter:
    hold_interviews(
        matter,
        paralegal=personas.colleague,
        attorney=personas.owner,
        passage=lambda _path, _quote: None,
    )
    return matter


def prepared(matter: Matter, name: str, folder: Path, personas: Personas) -> PreparedForm:
    blank = (folder / "forms" / f"{BLANKS[name]}.pdf").read_bytes()
    how = {"acting_user": personas.colleague, "room": reading_room(), "safe": open_safe()}
    return prepare_form(bring_form(matter, blank, **how), **how)


def shown(made: PreparedForm) -> dict[str, dict[str, Any]]:
    """The first field that shows each question, by question."""
    found: dict[str, dict[str, Any]] = {}
    for line in made.facts["fields"]:
        if line["drawn"]:
            found.setdefault(", ".join(line["question"]), line)
    return found


def test_the_page_of_forms_says_what_the_answers_fill_and_how_to_bring_it(
    answered: Matter, personas: Personas
) -> None:
    ready = {each.name: each for each in ready_forms(answered)}
    assert set(BLANKS) <= set(ready)
    assert ready["I-589"].answered > 150
    client = Client()
    client.force_login(personas.colleague)
    text = client.get(f"/matters/{answered.pk}/forms/").content.decode()
    assert "What the answers fill" in text
    assert "fetch the blank in your browser and bring it" in text
    assert "https://www.uscis.gov/forms/all-forms" in text


@pytest.mark.shared_data
@pytest.mark.parametrize("name", sorted(BLANKS))
def test_each_form_is_filled_and_verified_and_every_answer_says_where_it_comes_from(
    name: str, answered: Matter, personas: Personas, shared_data: Path
) -> None:
    made = prepared(answered, name, shared_data, personas)
    assert made.object is not None, made.facts["findings"]
    assert not any(check["failed"] for check in made.facts["checks"].values())
    lines = [line for line in made.facts["fields"] if line["status"] in ("drawn", "ticked")]
    assert len(lines) >= {"I-589": 150, "G-28": 25, "I-765": 50}[name]
    assert all(line["source"] for line in lines)


@pytest.mark.shared_data
def test_the_asylum_form_has_the_native_name_three_children_and_the_whole_history(
    answered: Matter, personas: Personas, shared_data: Path
) -> None:
    made = prepared(answered, "I-589", shared_data, personas)
    fields = shown(made)
    assert fields["applicant.name.native"]["drawn"] == "أمل تلمارين"
    given = [fields[f"children.{number}.name.given"]["drawn"] for number in (1, 2, 3)]
    assert len(set(given)) == 3
    history = fields["asylum.past_harm_story"]
    assert (history["status"], history["overflow"]) == ("elsewhere", "Supplement B")
    supplement = next(
        line for line in made.facts["fields"] if line["field"].endswith("TextField32[0]")
    )
    written = history["drawn"].removesuffix("See Supplement B") + supplement["drawn"]
    assert Counter(written.split()) == Counter(history["answer"].split())
    places = json.dumps(made.facts["sheets"])
    assert "Residences, number 6" in places


@pytest.mark.shared_data
def test_the_page_of_a_filled_form_tells_who_said_what(
    answered: Matter, personas: Personas, shared_data: Path
) -> None:
    made = prepared(answered, "I-765", shared_data, personas)
    client = Client()
    client.force_login(personas.owner)
    text = client.get(f"/forms/filled/{made.pk}/").content.decode()
    assert "Said by Amal Talmarin" in text
    assert "Follows from" in text
