"""Answers: what people gave, how a form wants it written, and what cannot be true together."""

from amparo.filing.forms.answers.given import Answer, Answers, read_answers

__all__ = ["Answer", "Answers", "read_answers"]
