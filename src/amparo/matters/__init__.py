"""The matter: the unit of access, with its parties, team, tasks and notes.

``access`` is the table of who may do what, without any row; ``web.access`` is the one gate that
every page, list, export and job of every slice goes through. ``sealing``: identities that only some
may read, and the veil over them for everyone else. ``urgency``: what is due.
"""
