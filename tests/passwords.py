"""Passwords of tests: kept as the program keeps them, at a fraction of the work."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher

from amparo.base.keys import CHEAP

__all__ = ["CheapArgon2"]


class CheapArgon2(Argon2PasswordHasher):
    """What takes a guesser of passwords long takes thousands of tests long too.

    ``tests/accounts/test_passwords.py`` holds what the program itself uses.
    """

    time_cost = CHEAP.iterations
    memory_cost = CHEAP.memory_kib
    parallelism = CHEAP.lanes
