"""Proofs by capture apps: ProofMode's sheet with its signatures, and Tella's sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from amparo.evidence.proofs import pgp
from amparo.evidence.proofs.findings import Check, Claim, Finding
from amparo.evidence.proofs.keys import Known
from amparo.evidence.proofs.sheets import Sheet, read_sheet

__all__ = ["find"]

_NOT_CHECKED = {
    ".ots": "An OpenTimestamps proof came with it; it was not checked here.",
    ".gst": "A statement of the device's maker came with it; it was not checked here.",
    ".devicecheck": "A statement of the device's maker came with it; it was not checked here.",
}


def find(
    name: str,
    sha256: str,
    beside: Mapping[str, bytes],
    *,
    keys: Sequence[bytes],
    trusted: Sequence[Known],
) -> list[Finding]:
    """What the sheets beside the file ``name`` prove of it; ``beside`` is their names and bytes."""
    found = []
    for path, data in sorted(beside.items()):
        sheet = read_sheet(data)
        if sheet is not None and _is_about(sheet, path, name, sha256):
            signature = beside.get(f"{path}.asc") or beside.get(f"{path}.sig")
            found.append(_finding(sheet, path, sha256, data, signature, beside, keys, trusted))
    return found


def _is_about(sheet: Sheet, path: str, name: str, sha256: str) -> bool:
    """By the hash that it states or is named by, by the name that it states or is named by."""
    base = path.rpartition("/")[2].lower()
    named = base.startswith((f"{sha256}.", f"{name.lower()}."))
    stem = name.rpartition(".")[0].lower()
    alike = sheet.app == "tella" and base.rpartition(".")[0] in (name.lower(), stem)
    return sheet.sha256 == sha256 or named or alike or sheet.names_file(name)


def _finding(
    sheet: Sheet,
    path: str,
    sha256: str,
    data: bytes,
    signature: bytes | None,
    beside: Mapping[str, bytes],
    keys: Sequence[bytes],
    trusted: Sequence[Known],
) -> Finding:
    checks = [_hash_check(sheet, sha256)]
    claims: tuple[Claim, ...] = ()
    if signature is not None:
        made, claims = pgp.check_signature(
            data, signature, what="proof sheet", beside=keys, trusted=trusted
        )
        checks += made
    else:
        said = "The sheet is not signed: whoever had both files could have written it."
        checks.append(Check("signer", "unknown", said))
    checks += _notaries(beside, sha256)
    tool = pgp.TOOL if signature is not None else "Amparo"
    return Finding(sheet.app, tuple(checks), path, (*sheet.claims(), *claims), sheet.facts(), tool)


def _hash_check(sheet: Sheet, sha256: str) -> Check:
    if sheet.sha256 == sha256:
        return Check("file", "holds", "The file has the hash that the sheet states.")
    if not sheet.sha256:
        return Check("file", "unknown", "The sheet states no SHA-256 of the file.")
    return Check(
        "file", "fails",
        f"The sheet states another hash: got {sha256}, expected {sheet.sha256}.",
    )  # fmt: skip


def _notaries(beside: Mapping[str, bytes], sha256: str) -> Iterator[Check]:
    for path in sorted(beside):
        base = path.rpartition("/")[2].lower()
        for ending, sentence in _NOT_CHECKED.items():
            if base.endswith(ending) and base.startswith(sha256):
                yield Check("time" if ending == ".ots" else "signer", "unknown", sentence)
