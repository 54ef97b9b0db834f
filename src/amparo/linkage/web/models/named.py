"""The keys by which parties of all matters are found by name, in any script."""

from __future__ import annotations

from django.db import models

from amparo.matters.web.models import Party

__all__ = ["NamedParty", "PartyKey"]


class NamedParty(models.Model):
    """That the names of a party were keyed, and by which ``version`` of the keys.

    Derived: it can be forgotten and made again at any time.
    """

    party = models.OneToOneField(
        Party, on_delete=models.CASCADE, primary_key=True, related_name="named"
    )
    version = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["version"], name="named_by_version")]

    def __str__(self) -> str:
        return f"keys of {self.party_id}"


class PartyKey(models.Model):
    """One key of one party's names."""

    named = models.ForeignKey(NamedParty, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "named"], name="one_key_a_party"),
        ]

    def __str__(self) -> str:
        return self.key
