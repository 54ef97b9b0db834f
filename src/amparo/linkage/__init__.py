"""Linkage: who is the same as whom, with the reasons; nothing is merged by itself.

``names`` in any script · ``conflicts`` of interest between parties of matters · ``records`` of
tables, linked person by person · ``screening`` against lists. Each score carries its reasons in
words, and each ruling of a person is kept beside it.
"""
