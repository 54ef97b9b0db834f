"""Conversations in the archives that messengers and networks give their users.

Each module knows one maker's formats and gives an ``Archive``: what was said, by whom and when, as
the archive itself says it. ``recognise`` chooses among them by what stands in the file, never by
its name alone; ``setting`` makes pages of them. An archive is a text that anyone can write or
change: what it claims is kept as its claim.
"""

from amparo.extract.conversations.recognise import read

__all__ = ["read"]
