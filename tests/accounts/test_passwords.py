"""How passwords are kept where they are real."""

from __future__ import annotations

from argon2.profiles import RFC_9106_LOW_MEMORY
from django.contrib.auth.hashers import Argon2PasswordHasher

from amparo.site import settings


def test_a_guess_costs_at_least_what_rfc_9106_asks() -> None:
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    used, least = Argon2PasswordHasher(), RFC_9106_LOW_MEMORY
    assert used.memory_cost >= least.memory_cost
    assert used.time_cost * used.memory_cost >= least.time_cost * least.memory_cost
