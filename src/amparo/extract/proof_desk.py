"""Asking a worker to check a file's proofs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO

from amparo.evidence.proofs.findings import Finding
from amparo.evidence.proofs.keys import Trust
from amparo.extract import proving
from amparo.extract.reading import Limits
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception

__all__ = ["prove"]

_LIMITS = Limits(seconds=600, cpu_seconds=600, memory=2048 * 2**20)


def prove(
    room: Sandbox,
    source: BinaryIO | bytes,
    *,
    name: str,
    media_type: str,
    beside: Mapping[str, bytes],
    trust: Trust,
) -> tuple[Finding, ...]:
    """The findings about a file's proofs, checked in a worker; UnreadableFile says why none."""
    reception = Reception(_LIMITS)
    room.run(
        proving.CALL,
        source,
        name=name,
        arguments=proving.arguments(media_type, beside, trust),
        reception=reception,
    )
    return proving.findings_in(reception.reading())
