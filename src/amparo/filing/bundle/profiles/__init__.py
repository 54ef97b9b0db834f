"""Profiles: what a court or body wants of a bundle, as data, with where each fact was read."""

from amparo.filing.bundle.profiles.loading import load, names
from amparo.filing.bundle.profiles.schema import (
    Certificate,
    Cover,
    CoverField,
    Fit,
    IndexStyle,
    Numbering,
    Place,
    Profile,
    SourceNote,
    Tabs,
    Volumes,
)

__all__ = [
    "Certificate",
    "Cover",
    "CoverField",
    "Fit",
    "IndexStyle",
    "Numbering",
    "Place",
    "Profile",
    "SourceNote",
    "Tabs",
    "Volumes",
    "load",
    "names",
]
