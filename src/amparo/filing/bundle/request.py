"""A request for a bundle: what it is called, whose rules it follows, and what goes on its cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from amparo.filing.bundle.profiles import Certificate, Profile

__all__ = ["Request"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for.

    ``fields`` fill the cover and the certificates by key; ``certificates`` names those to include
    besides the ones that the profile always includes. ``stem`` is the file name without ending:
    volumes are ``stem-1.pdf`` and so on. ``limit`` is the largest volume in bytes, 0 for none;
    None leaves it to the profile.
    """

    title: str
    profile: Profile
    made_at: datetime
    number: str = ""
    stem: str = "bundle"
    fields: Mapping[str, str] = field(default_factory=dict)
    certificates: tuple[str, ...] = ()
    limit: int | None = None

    @property
    def most_bytes(self) -> int:
        """The largest volume in bytes, 0 for no limit."""
        if self.limit is not None:
            return self.limit
        return self.profile.volumes.megabytes * 1_000_000

    def value(self, key: str) -> str:
        """Give what is known for a field of the cover or a certificate, or ""."""
        known = {"party": self.title, "number": self.number, **self.fields}
        return known.get(key, "").strip()

    def chosen_certificates(self) -> list[tuple[str, Certificate]]:
        """Give the certificates to include, with their keys, in the profile's order."""
        return [
            (key, certificate)
            for key, certificate in self.profile.certificates.items()
            if certificate.include or key in self.certificates
        ]

    def file_name(self, volume: int, volumes: int) -> str:
        """Give the file name of a volume."""
        return f"{self.stem}.pdf" if volumes == 1 else f"{self.stem}-{volume}.pdf"
