"""Composition: the one place where the slices meet.

``settings`` and ``urls``; ``panels``, ``hearing`` and ``finding``, which tell lower slices what
higher ones have for them; the look (templates, styles, ``templatetags``); ``said`` and its fellows,
which put the English of the pure code into the language of the page; ``help`` and ``manual``; and
the invented ``sample`` matter.
"""
