"""Forms about interviews. They check the shape; actions decide.

The questions of a questionnaire are data, so a section is no Django form: ``read_section`` takes
what was typed, question by question, and says of each what is wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from amparo.base.errors import UsageError
from amparo.base.languages import INTERFACE_LANGUAGES
from amparo.base.web.forms import GivenDate, offer, offer_rows
from amparo.extract.web.forms.passages import PassageField
from amparo.extract.web.queries.passages import marked_passages
from amparo.interviews.answers import UNKNOWN, Answer, Answers
from amparo.interviews.asking import Question, question_of
from amparo.interviews.kinds import understood
from amparo.interviews.schema import Questionnaire
from amparo.interviews.screening import Verdict
from amparo.interviews.web.models import Interview
from amparo.interviews.wording import Wording, wording
from amparo.matters.web.models import Matter

__all__ = ["AnswerForm", "BeginForm", "JudgeForm", "Typed", "as_shown", "read_section"]

_ANY_SCRIPT = {"dir": "auto"}
_LONGEST_ID = 200
_VERDICTS: dict[Verdict | str, Any] = {
    "met": _("Met"),
    "not met": _("Not met"),
    "not known": _("Not known"),
    "": _("As the answers say"),
}


@dataclass(frozen=True, slots=True)
class Typed:
    """A section as it was typed: the ``texts`` of each question, what they were ``understood`` as
    (nothing: empty), and what is wrong with them. ``shown``: what stood in the field at first."""

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    understood: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: Mapping[str, UsageError] = field(default_factory=dict)

    def over(self, answers: Answers) -> dict[str, Answer]:
        """The answers as they would be with what was typed."""
        found = {q: answer for q, answer in answers.items() if q not in self.understood}
        return found | {q: Answer(q, values) for q, values in self.understood.items() if values}

    def changed(self, answers: Answers) -> dict[str, tuple[str, ...]]:
        """What this person changed: neither what stood there when the page was made, for another
        may have changed it since, nor what is so already."""
        found = {}
        for question, values in self.understood.items():
            now = answers[question].values if question in answers else ()
            shown = self.shown.get(question, as_shown(now))
            if values != now and as_shown(values) != shown:
                found[question] = values
        return found


def as_shown(values: Iterable[str]) -> str:
    """An answer as one text, to see whether it was changed."""
    return "\n".join(values)


def read_section(post: QueryDict, questionnaire: Questionnaire) -> Typed:
    """What was typed to the questions that the page held; what it did not hold is not in it."""
    texts: dict[str, tuple[str, ...]] = {}
    shown: dict[str, str] = {}
    known: dict[str, tuple[str, ...]] = {}
    problems: dict[str, UsageError] = {}
    for name in post.getlist("on"):
        question = question_of(name, questionnaire)
        if question is None or len(name) > _LONGEST_ID:
            continue
        given = tuple(post.getlist(f"a:{name}"))
        texts[name] = given
        if f"was:{name}" in post:
            shown[name] = str(post[f"was:{name}"]).replace("\r\n", "\n")
        try:
            known[name] = understood(question.kind, given, question.choices)
        except UsageError as error:
            problems[name] = error
    return Typed(texts, shown, known, problems)


class BeginForm(forms.Form):
    """Who goes through a questionnaire, when and how."""

    who = forms.CharField(
        label=_("Who answers"), max_length=200, widget=forms.TextInput(attrs=_ANY_SCRIPT)
    )
    language = forms.ChoiceField(
        label=_("Language spoken"),
        help_text=_("Each question is shown in this language too, to read aloud."),
    )
    others = forms.CharField(
        label=_("Who else is there"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_ANY_SCRIPT),
        help_text=_("An interpreter, a guardian."),
    )
    way = forms.ChoiceField(label=_("How"), choices=Interview.Way.choices)
    held_on = GivenDate(
        label=_("When"),
        widget=forms.TextInput(attrs=_ANY_SCRIPT),
        help_text=_("The day on which the person answers; of a paper, the day written on it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "language", [(each.code, each.own) for each in INTERFACE_LANGUAGES])


class AnswerForm(forms.Form):
    """One answer said anew, or out of a document."""

    value = forms.CharField(label=_("Answer"), required=False)
    pinpoint = PassageField(
        label=_("Where a document says so"),
        empty_label=_("No passage"),
        help_text=_("Mark the passage in the file first; then it can be chosen here."),
    )
    who = forms.CharField(
        label=_("Who says so"), max_length=200, widget=forms.TextInput(attrs=_ANY_SCRIPT)
    )

    def __init__(
        self, *args: Any, matter: Matter, question: Question, language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.question = question
        offer_rows(self, "pinpoint", marked_passages(matter))
        self.fields["value"].widget = _widget(question, wording(language))
        self.fields["value"].help_text = _("Empty: the answer is taken back.")

    def clean_value(self) -> tuple[str, ...]:
        """The answer as it is kept."""
        given = cast(QueryDict, self.data).getlist(self.add_prefix("value"))
        try:
            return understood(self.question.kind, given, self.question.choices)
        except UsageError as error:
            raise ValidationError(str(error)) from error


class JudgeForm(forms.Form):
    """An attorney's word on a criterion."""

    verdict = forms.ChoiceField(label=_("Your judgement"), required=False)
    reason = forms.CharField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3, **_ANY_SCRIPT}),
        help_text=_("It stays written beside what the answers say."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "verdict", list(_VERDICTS.items()))


def _widget(question: Question, words: Wording) -> forms.Widget:
    names = ("yes", "no") if question.kind == "yes_no" else question.choices
    choices = [(each, words.choice(each)) for each in names]
    if question.kind == "choices":
        return forms.CheckboxSelectMultiple(choices=choices)
    if choices:
        unknown = (UNKNOWN, words.words["does_not_know"])
        return forms.Select(choices=[("", "—"), *choices, unknown])
    if question.kind == "long":
        return forms.Textarea(attrs={"rows": 8, **_ANY_SCRIPT})
    return forms.TextInput(attrs=_ANY_SCRIPT)
