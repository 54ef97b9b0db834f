"""Content credentials (C2PA 2.x manifests) of a picture, film, sound or PDF, by c2pa-rs.

Nothing is fetched: neither remote manifests, which would tell an outsider what is looked at, nor
revocation lists. Trust is shown against the authorities that the caller gives, and no others.
Codes are those of the C2PA Technical Specification, section "Validation status codes".
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import c2pa

from amparo.evidence.proofs.degrees import degrees
from amparo.evidence.proofs.findings import Check, Claim, Finding
from amparo.evidence.proofs.moments import moment

__all__ = ["find", "takes"]

_TOOL = f"c2pa-python {version('c2pa-python')}"
_SETTINGS: dict[str, Any] = {
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False, "verify_trust": True}
}
_HASHES = ("dataHash", "bmffHash", "boxesHash", "collectionHash")
_TRAINED = ("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia")
_CAPTURED = ("c2pa.created", "c2pa.captured")
_TYPES = ("audio/", "image/", "video/")
_MISFIT = (
    "The file was changed after its credentials were made, or the credentials are another file's."
)
_REFUSED = {
    "signingCredential.expired": "The certificate of “{who}” had expired when it signed.",
    "claimSignature.outsideValidity": "The certificate of “{who}” was not valid when it signed.",
    "signingCredential.revoked": "The certificate of “{who}” was withdrawn.",
    "signingCredential.ocsp.revoked": "The certificate of “{who}” was withdrawn.",
    "signingCredential.invalid": "The certificate of “{who}” may not sign credentials.",
}


def takes(media_type: str) -> bool:
    """Whether files of a type can carry credentials that are read here."""
    return media_type.startswith(_TYPES) or media_type == "application/pdf"


def find(file: BinaryIO, media_type: str, anchors: str) -> Finding | None:
    """Read and check a file's credentials; None when it carries none.

    ``anchors`` are the trusted authorities' certificates as PEM, "" for none.
    """
    settings = {**_SETTINGS, "trust": {"trust_anchors": anchors}} if anchors else _SETTINGS
    file.seek(0)
    try:
        with c2pa.Context.from_dict(settings) as context:
            reader = c2pa.Reader(media_type, file, context=context)
            report = json.loads(reader.json())
    except c2pa.C2paError as error:
        return _unread(str(error))
    return _finding(report)


def _unread(error: str) -> Finding | None:
    if "remote manifest" in error.lower():
        host = urlsplit(error.rpartition(" ")[2]).hostname or "an address outside"
        sentence = f"Its credentials are kept at {host}; they were not fetched."
        return Finding("c2pa", (Check("file", "unknown", sentence),), tool=_TOOL)
    if error.startswith(("ManifestNotFound", "NotSupported", "Other", "Io")):
        return None
    sentence = "The file carries credentials that are damaged and cannot be read."
    return Finding("c2pa", (Check("file", "unknown", sentence),), tool=_TOOL)


def _finding(report: Mapping[str, Any]) -> Finding:
    manifest = report.get("manifests", {}).get(report.get("active_manifest", ""), {})
    results = report.get("validation_results", {}).get("activeManifest", {})
    good, bad = (_codes(results.get(part)) for part in ("success", "failure"))
    signature = manifest.get("signature_info") or {}
    who = ", ".join(filter(None, (signature.get("common_name"), signature.get("issuer"))))
    checks = [*_file_checks(good, bad), *_signer_checks(good, bad, who or "nobody")]
    stamper = _stamper(results.get("success") or ())
    return Finding(
        "c2pa",
        (*checks, *_time_checks(good, bad, stamper)),
        claims=tuple(_claims(manifest, signature)),
        facts=tuple(_facts(manifest, who)),
        tool=_TOOL,
    )


def _codes(statuses: Any) -> list[str]:
    return [str(each.get("code", "")) for each in statuses or ()]


def _file_checks(good: Sequence[str], bad: Sequence[str]) -> Iterator[Check]:
    mine = [code for code in bad if not code.startswith(("signingCredential", "timeStamp"))]
    mine = [code for code in mine if code not in _REFUSED]
    if any(code.split(".")[1:2] == [kind] for code in mine for kind in _HASHES):
        yield Check("file", "fails", _MISFIT)
    elif any(code.startswith("claimSignature") for code in mine):
        yield Check("file", "fails", "The signature over its credentials does not hold.")
    elif any(code.startswith("assertion.hashedURI") for code in mine):
        said = "A part of its credentials was changed after they were signed."
        yield Check("file", "fails", said)
    elif "claimSignature.validated" in good and _matched(good):
        yield Check("file", "holds", "The file is as it was when its credentials were signed.")
    elif mine:
        said = f"Its credentials break their standard ({mine[0]}), so they were not relied on."
        yield Check("file", "unknown", said)
    else:
        yield Check("file", "unknown", "Its credentials carry no signature over the file.")


def _matched(good: Sequence[str]) -> bool:
    return any(f"assertion.{kind}.match" in good for kind in _HASHES)


def _signer_checks(good: Sequence[str], bad: Sequence[str], who: str) -> Iterator[Check]:
    for code, sentence in _REFUSED.items():
        if code in bad:
            yield Check("signer", "fails", sentence.format(who=who))
            return
    if "signingCredential.trusted" in good:
        said = f"“{who}” signed, with a certificate that leads to an authority trusted here."
        yield Check("signer", "holds", said)
    else:
        yield Check(
            "signer", "unknown",
            f"It names “{who}” as who signed; no authority trusted here vouches for that.",
        )  # fmt: skip


def _time_checks(good: Sequence[str], bad: Sequence[str], stamper: str) -> Iterator[Check]:
    if any(code.startswith("timeStamp.") and code != "timeStamp.untrusted" for code in bad):
        yield Check("time", "fails", "Its time stamp does not hold.")
    elif stamper and "timeStamp.trusted" in good:
        said = f"“{stamper}” stamped the time; an authority trusted here vouches for it."
        yield Check("time", "holds", said)
    elif "timeStamp.validated" in good:
        yield Check("time", "unknown", "Its time is stamped by an authority not trusted here.")


def _stamper(success: Sequence[Mapping[str, Any]]) -> str:
    """Who stamped the time, where that was held against a list.

    Of older credentials (claims of version 1) the library takes any authority for trusted.
    """
    for each in success:
        said = str(each.get("explanation") or "")
        if each.get("code") == "timeStamp.trusted" and not said.startswith("legacy"):
            return said.rpartition(": ")[2]
    return ""


def _claims(manifest: Mapping[str, Any], signature: Mapping[str, Any]) -> Iterator[Claim]:
    if stamped := signature.get("time"):
        yield Claim("c2pa stamp", str(stamped), moment(str(stamped)))
    for assertion in manifest.get("assertions") or ():
        data = assertion.get("data")
        if not isinstance(data, dict):
            continue
        for action in _actions({"assertions": [assertion]}):
            if action.get("when") and action.get("action") in _CAPTURED:
                when = str(action["when"])
                yield Claim("c2pa", when, moment(when))
        yield from _camera_claims(data)


def _camera_claims(data: Mapping[str, Any]) -> Iterator[Claim]:
    """Time and place in the EXIF vocabulary of ``stds.exif`` and ``c2pa.metadata``."""
    when = data.get("exif:DateTimeOriginal") or data.get("EXIF:DateTimeOriginal")
    if when:
        yield Claim("c2pa", str(when), moment(str(when)))
    names = ("GPSLatitude", "GPSLongitude")
    stated = [str(data.get(f"exif:{each}") or data.get(f"EXIF:{each}") or "") for each in names]
    place = degrees(*stated)
    if place:
        yield Claim("c2pa", ", ".join(stated), place=place)


def _facts(manifest: Mapping[str, Any], who: str) -> Iterator[tuple[str, str]]:
    info = (manifest.get("claim_generator_info") or [{}])[0]
    tool = f"{info.get('name', '')} {info.get('version', '')}".strip()
    yield "signed by", who
    yield "made with", tool or str(manifest.get("claim_generator") or "")
    yield "title", str(manifest.get("title") or "")
    actions = [str(action.get("action", "")).rpartition(".")[2] for action in _actions(manifest)]
    yield "what was done", ", ".join(dict.fromkeys(filter(None, actions)))
    kinds = [str(action.get("digitalSourceType", "")).rpartition("/")[2] for action in
             _actions(manifest)]  # fmt: skip
    yield "kind of source", ", ".join(dict.fromkeys(filter(None, kinds)))
    if any(kind in _TRAINED for kind in kinds):
        yield "made by a trained model", "yes, it says"
    parts = [str(each.get("title") or "") for each in manifest.get("ingredients") or ()]
    yield "made from", ", ".join(filter(None, parts[:20]))


def _actions(manifest: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for assertion in manifest.get("assertions") or ():
        data = assertion.get("data")
        if isinstance(data, dict):
            yield from (each for each in data.get("actions") or () if isinstance(each, dict))
