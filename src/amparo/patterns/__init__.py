"""Patterns: counts, trends, and estimates of what was never documented.

``tables`` of records are where everything begins; ``quality`` says what stands in the way of
counting them · ``trends``, ``cooccurrence``, ``flows``, ``clusters``, ``rates``, ``exposure`` and
``rights`` count · ``imputation`` fills in many times what is not stated · ``estimate`` says how
many no list names · ``findings`` and ``charts`` are how all of it is told. Every number knows the
records it was counted from, and every method what it rests on.
"""
