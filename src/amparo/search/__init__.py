"""Search: the query language and the index over everything that was read.

From what a person types to what they see: ``lexemes`` and ``query`` read it into a tree
(``syntax``), ``fields`` and ``spellings`` widen it, ``plan`` parts it, a ``grammar`` writes it for
the index (``fts5``, ``tsquery``), ``snippets`` and ``facets`` show what came of it.

It knows no other slice: they push ``passages`` into it and are told where a hit leads.
"""
