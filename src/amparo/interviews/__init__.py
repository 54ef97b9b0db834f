"""Interviews: what people are asked, what they answered, and what follows from it.

Questionnaires, their words in six languages, derived answers, contradictions and eligibility
screens are data; the modules here are the small engines over them. In the order of the work:
``schema`` and ``loading`` (the questions), ``kinds`` and ``conditions`` (how an answer is
understood, for whom a question is), ``asking`` (what is to be asked now), ``wording``,
``answers`` and ``deriving`` (what is known, each with its source), ``contradictions``,
``screening``, ``paper``.
"""
