"""From a blank form and answers to a filled form that was verified, in one call, as values."""

from __future__ import annotations

from dataclasses import dataclass, replace

from amparo.filing.forms.answers import Answers
from amparo.filing.forms.answers.contradictions import contradictions
from amparo.filing.forms.blank.opening import open_form
from amparo.filing.forms.filling.continuation import set_sheets
from amparo.filing.forms.filling.planning import Plan, plan
from amparo.filing.forms.filling.writing import save, write_plan
from amparo.filing.forms.maps import FormMap
from amparo.filing.forms.reading import FormRead, read_form
from amparo.filing.forms.verification.findings import Report
from amparo.filing.forms.verification.reopening import verify

__all__ = ["Filled", "fill"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form: what each field shows, the file, and what verification found."""

    form: FormRead
    plan: Plan
    data: bytes
    report: Report

    @property
    def refused(self) -> bool:
        """Whether an answer could not be written anywhere."""
        refused = any(entry.status == "refused" for entry in self.plan.entries)
        return refused or bool(self.plan.refused)

    @property
    def holds(self) -> bool:
        """Whether the form may be offered."""
        return self.report.holds and not self.refused


def fill(
    data: bytes, answers: Answers, own_map: FormMap | None = None, *, specimen: bool = False
) -> Filled:
    """Fill a form and verify it. UnreadableFile when it is none that can be filled.

    Answers that contradict each other on this form refuse it, unless they are a ``specimen``.
    """
    form = read_form(data, own_map)
    made = plan(form.fields, form.map, answers)
    if not specimen:
        against = contradictions(answers, _shown(made))
        made = replace(made, refused=(*made.refused, *against))
    sheets = set_sheets(made.sheets, form.identity.form, form.identity.edition, answers)
    with open_form(data, filling=True) as pdf:
        write_plan(pdf, made.entries)
        filled = save(pdf, sheets)
    return Filled(form, made, filled, verify(data, filled, made.entries, made.sheets))


def _shown(made: Plan) -> set[str]:
    """The questions whose answers the form shows somewhere."""
    answered = (each for each in made.entries if each.answer)
    further = (question for sheet in made.sheets for question in sheet.questions)
    return {question for entry in answered for question in entry.questions} | set(further)
