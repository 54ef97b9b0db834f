"""Answers that cannot both be true: the form that shows both is not written."""

import pytest

from amparo.filing.forms.answers import read_answers
from amparo.filing.forms.answers.contradictions import contradictions, rules
from amparo.filing.forms.maps import known, load
from tests.filing.forms.builders import Asked, filled


def found(**answers):
    import json

    given = read_answers(json.dumps({key.replace("__", "."): v for key, v in answers.items()}))
    return contradictions(given, set(given))


@pytest.mark.parametrize(
    "answers",
    [
        {"spouse__none": True, "spouse__name__family": "Haroun"},
        {"applicant__marital_status": "single", "spouse__name__given": "Nabil"},
        {"children__any": False, "children__1__name__given": "Yusuf"},
        {"children__count": 1, "children__1__sex": "male", "children__2__sex": "male"},
        {"applicant__has_ssn": False, "applicant__ssn": "123456789"},
        {"applicant__birth__date": "1992-05-09", "applicant__entry__1__date": "1991-01-01"},
        {"applicant__birth__date": "1992-05", "children__2__birth__date": "1992-04"},
        {"eoir42b__married": False, "spouse__name__family": "Haroun"},
        {"eoir42b__never_departed": True, "eoir42b__departures__1__port": "Laredo"},
        {"eoir42b__previously_married": False, "applicant__former_spouses__1__ended": "2010"},
        {"applicant__birth__date": "1992-05", "eoir42b__first_arrival__date": "1991-01-01"},
    ],
)
def test_what_cannot_be_is_named_with_both_questions(answers):
    says = found(**answers)
    assert len(says) == 1
    assert all(each.partition("__")[0] in says[0] for each in answers)


@pytest.mark.parametrize(
    "answers",
    [
        {"spouse__none": False, "spouse__name__family": "Haroun"},
        {"applicant__marital_status": "divorced", "spouse__name__given": "Nabil"},
        {"children__count": 3, "children__1__sex": "male"},
        {"applicant__birth__date": "1992", "applicant__entry__1__date": "1992-03-01"},
        {"eoir42b__married": True, "spouse__name__family": "Haroun"},
        {"eoir42b__arrested": False, "eoir42b__offenses__1__text": "None"},
        {"applicant__birth__date": "not known", "applicant__entry__1__date": "1992-03-01"},
    ],
)
def test_what_may_be_is_left_alone(answers):
    assert found(**answers) == ()


def test_a_form_that_would_show_both_is_not_written():
    asked = {
        "1:Sex[0]": Asked(("children.any",), tick="yes", label="Male", item="2:1"),
        "1:Sex[1]": Asked(("children.any",), tick="no", label="Female", item="2:1"),
        "1:Name[0]": Asked(("children.1.name.given",), item="2:2"),
    }
    answers = {"children": {"any": False, "1": {"name": {"given": "Yusuf"}}}}
    made = filled(answers, fields=asked)
    assert not made.holds
    assert "contradict each other" in made.plan.refused[0]


def test_an_answer_for_another_form_stops_nothing():
    made = filled({"applicant.name.family": "Rivera", "children.any": False, "spouse.none": True})
    assert made.holds


def test_every_rule_names_questions_that_forms_ask():
    asked = {
        q for name in known().values() for a in load(name).fields.values() for q in a.questions
    }
    for rule in rules():
        named = [rule.when, rule.count, *rule.order]
        for each in filter(None, named):
            assert each.replace("*", "1") in asked, rule
