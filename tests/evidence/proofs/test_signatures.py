"""Detached signatures: OpenPGP and minisign, with the right key, another's, and none."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pysequoia import ArmorKind, Cert, SignatureMode, Tsk, armor, sign
from pysequoia.packet import PacketPile, Tag

from amparo.base.errors import UsageError
from amparo.evidence.proofs import minisign, pgp
from amparo.evidence.proofs.findings import Check, Finding
from amparo.evidence.proofs.keys import Known, described
from tests.evidence.proofs.authorities import authority

DATA = b"what was seen\n" * 100
ADA, EVE = Tsk.generate("Ada <ada@example.org>"), Tsk.generate("Eve <eve@example.org>")
ADA_KEY, EVE_KEY = (str(each.extract_certificate()) for each in (ADA, EVE))


def by_pgp(
    data: bytes | None, signature: bytes, *, beside: list[str], trusted: list[str]
) -> dict[str, Check]:
    checks, _ = pgp.check_signature(
        data,
        signature,
        what="file",
        beside=[each.encode() for each in beside],
        trusted=[Known("Ada's telephone", each) for each in trusted],
    )
    return {check.question: check for check in checks}


def signed(who: Tsk, data: bytes = DATA, *, armour: bool = True) -> bytes:
    return sign(who.signer(), data, mode=SignatureMode.DETACHED, armor=armour)


@pytest.mark.parametrize("armour", [True, False])
def test_a_signature_by_a_trusted_key(armour: bool) -> None:
    found = by_pgp(DATA, signed(ADA, armour=armour), beside=[], trusted=[EVE_KEY, ADA_KEY])
    assert (found["file"].verdict, found["signer"].verdict) == ("holds", "holds")
    assert "Ada's telephone" in found["signer"].sentence


def test_a_key_that_came_with_the_file_proves_nobody() -> None:
    found = by_pgp(DATA, signed(ADA), beside=[ADA_KEY], trusted=[])
    assert (found["file"].verdict, found["signer"].verdict) == ("holds", "unknown")
    assert "says that it belongs to “Ada <ada@example.org>”" in found["signer"].sentence


def test_without_the_key_nothing_is_known() -> None:
    found = by_pgp(DATA, signed(ADA), beside=[EVE_KEY], trusted=[])
    assert (found["file"].verdict, found["signer"].verdict) == ("unknown", "unknown")


@pytest.mark.parametrize("data", [DATA + b"!", b"another file"])
def test_another_files_signature_does_not_fit(data: bytes) -> None:
    found = by_pgp(data, signed(ADA), beside=[], trusted=[ADA_KEY])
    assert found["file"].verdict == "fails"
    assert "another file's" in found["file"].sentence


@pytest.mark.parametrize("data", [b"", b"-----BEGIN PGP SIGNATURE-----\n\nxx", b"\x00\x01"])
def test_what_is_no_signature_is_unknown(data: bytes) -> None:
    assert by_pgp(DATA, data, beside=[], trusted=[ADA_KEY])["file"].verdict == "unknown"


def test_a_file_too_large_is_unknown() -> None:
    assert by_pgp(None, signed(ADA), beside=[], trusted=[ADA_KEY])["file"].verdict == "unknown"


def test_a_forgeable_digest_is_not_relied_on() -> None:
    found = by_pgp(b"data\n", SHA1_SIGNATURE, beside=[SHA1_KEY], trusted=[])
    assert found["file"].verdict == "unknown"
    assert "can be forged" in found["file"].sentence


def test_a_key_that_had_expired_before_it_signed() -> None:
    made = next(iter(PacketPile.from_bytes(bytes(ADA.extract_certificate())))).key_created
    assert made is not None
    expired = ADA.extract_certificate().set_expiration(made + timedelta(seconds=5), ADA.certifier())
    found = by_pgp(DATA, signed(ADA), beside=[], trusted=[str(expired)])
    assert (found["signer"].verdict, found["file"].verdict) == ("fails", "unknown")
    assert "The key had expired on" in found["signer"].sentence


def test_a_key_that_its_owner_withdrew() -> None:
    cert = ADA.extract_certificate()
    revoked = Cert.from_bytes(bytes(cert) + bytes(cert.revoke(ADA.certifier())))
    found = by_pgp(DATA, signed(ADA), beside=[str(revoked)], trusted=[])
    assert (found["signer"].verdict, found["file"].verdict) == ("fails", "unknown")


def test_a_key_without_its_owners_statements_is_damaged() -> None:
    packets = list(PacketPile.from_bytes(bytes(ADA.extract_certificate())))
    bare = b"".join(bytes(each) for each in packets if each.tag != Tag.Signature)
    found = by_pgp(DATA, signed(ADA), beside=[armor(bare, ArmorKind.PublicKey)], trusted=[])
    assert {check.verdict for check in found.values()} == {"unknown"}


def mini(
    key: Ed25519PrivateKey, data: bytes = DATA, *, hashed: bool = True, comment: str = "seen by us"
) -> bytes:
    over = hashlib.blake2b(data).digest() if hashed else data
    signature = key.sign(over)
    whole = key.sign(signature + comment.encode())
    line = base64.b64encode((b"ED" if hashed else b"Ed") + b"ABCDEFGH" + signature).decode()
    return (
        f"untrusted comment: signature\n{line}\ntrusted comment: {comment}\n"
        f"{base64.b64encode(whole).decode()}\n"
    ).encode()


def mini_key(key: Ed25519PrivateKey) -> str:
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    line = base64.b64encode(b"EdABCDEFGH" + raw).decode()
    return f"untrusted comment: minisign public key\n{line}\n"


MINI = Ed25519PrivateKey.from_private_bytes(b"1" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"2" * 32)


def by_minisign(data: bytes, signature: bytes, *, beside: list[str], trusted: list[str]) -> Finding:
    return minisign.check_signature(
        [data[:7], data[7:]],
        len(data),
        signature,
        name="film.mp4.minisig",
        beside=[each.encode() for each in beside],
        trusted=[Known("Ada", each) for each in trusted],
    )


@pytest.mark.parametrize("hashed", [True, False])
def test_minisign_by_a_trusted_key(hashed: bool) -> None:
    found = by_minisign(DATA, mini(MINI, hashed=hashed), beside=[], trusted=[mini_key(MINI)])
    assert (found.answer("file"), found.answer("signer")) == ("holds", "holds")
    assert dict(found.facts) == {"comment": "seen by us"}


def test_minisign_by_a_key_that_came_along() -> None:
    found = by_minisign(DATA, mini(MINI), beside=[mini_key(MINI)], trusted=[])
    assert (found.answer("file"), found.answer("signer")) == ("holds", "unknown")


@pytest.mark.parametrize(
    ("data", "signature"),
    [
        (DATA + b"!", mini(MINI)),
        (DATA, mini(OTHER)),
        (DATA, mini(MINI).replace(b"seen by us", b"seen by you")),
    ],
)
def test_minisign_that_does_not_fit(data: bytes, signature: bytes) -> None:
    assert (
        by_minisign(data, signature, beside=[], trusted=[mini_key(MINI)]).answer("file") == "fails"
    )


def test_minisign_without_its_key_or_damaged_is_unknown() -> None:
    assert by_minisign(DATA, mini(MINI), beside=[], trusted=[]).answer("file") == "unknown"
    assert by_minisign(DATA, b"no\nsignature\n", beside=[], trusted=[]).answer("file") == "unknown"


def test_keys_are_known_for_what_they_are() -> None:
    (ada,) = described(ADA_KEY)
    assert (ada.kind, ada.owner) == ("pgp", "Ada <ada@example.org>")
    (mini_,) = described(mini_key(MINI))
    assert mini_.kind == "minisign"


def test_a_list_of_keys_is_taken_apart() -> None:
    one, other = authority("One"), authority("Other")
    listed = described(f"# One\n{one.pem}\n# Other\n{other.pem}\n{one.pem}")
    assert [each.kind for each in listed] == ["certificate", "certificate"]
    assert [each.owner.split("CN=")[1][:3] for each in listed] == ["One", "Oth"]
    assert {each.fingerprint for each in described(ADA_KEY + EVE_KEY)} == {
        str(each.extract_certificate().fingerprint) for each in (ADA, EVE)
    }


@pytest.mark.parametrize("text", ["", "hello", str(ADA), "-----BEGIN CERTIFICATE-----\nx"])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        described(text)


# By GnuPG 2.2 with --digest-algo SHA1, over "data\n"; the key was made for this and thrown away.
SHA1_SIGNATURE = b"""-----BEGIN PGP SIGNATURE-----

iQEzBAABAgAdFiEEY3snqgg5eyqPPN+Y1rBtHw0A0FgFAmsCQcQACgkQ1rBtHw0A
0FjelQf+KD/VNiEn7aePWkx76DIY1qxoaPfcblKV6SP5VKlLSeVwuVpUPwFhCFDW
SPGT5N2Ui12mr/XFTS1iOmsvlqYoLVM/nXoFa41n2QPVehYkMunMLw8l4ORrkNIB
XF9uPsPByeJA3pBkCAaryo7+hIM+6XBK62ijQ7o+OcCkNQB9C+gov1JfXiSJ2YS2
jujuk63/ynmkV6y72IdWA3ORI/kkQO7C1GLuHY2REa2nSoFV7JHh4MrXXCxcWDEW
xqwkQYL+0XV62eekoZ0wPLzBhBafNAiMtesTYy9GHXoCYtvfxxDCbb+ARMLzIvS4
5NnyiiRcj82T4ckK/KeIIqL+YZdyVw==
=mUNK
-----END PGP SIGNATURE-----
"""
SHA1_KEY = """-----BEGIN PGP PUBLIC KEY BLOCK-----

mQENBGsCQcQBCADHOaWAfoiYibUrhTYi4sNT7glO/zHovGxJblBCQNVuZe+MXwlL
ANggpWhItwC8Aa5sT7kMgRyDCZspPRg6ew8PwlOYjikZnctDN46+PEIT2LYhYNGS
BcYy7rD0tFWsl8OrbDG1nZfp9E1wm3UDMZ6cRqtxLttHGyyDpBL+X2Dp/aPIf7NO
ymY7p44s3rETnge0J9aCisQMdllOvblBeluf4FscWmayIeq9mEKde2WOZLxYk4yq
6a3f9VpV4bOJ41gPis7YJQqOaO+Fn2JEO7VjFv80wf2gMD/OpvRXOXxydUH3ydzj
MDdX00PZppBgwovIvWf8HwS6gzH/jVNZvdFhABEBAAG0E09sZCA8b0BleGFtcGxl
Lm9yZz6JAU4EEwEKADgWIQRjeyeqCDl7Ko8835jWsG0fDQDQWAUCawJBxAIbAwUL
CQgHAgYVCgkICwIEFgIDAQIeAQIXgAAKCRDWsG0fDQDQWL49B/4v34JBrtXDUoXg
HhvFP99TS+pNAc5TMOAvKfes8H0xY23Ab47Uz2oZs9QHmjCD+R2J451XC50fRleH
DDUxTZDgtvZIOiwzgV20hRop/5rCwjNsSDV59Ki742jaikJJJUhhIn/GdxPvCzxD
PnjjOlbLMaKx6WHf02mTQ2U3HUU6xbRk3aSRko7k8ztMpznDJxnbr17mX2eAw4KM
rRHYgFi8CD4Zy/3ciSar7vZolBKwSux54cVdnmpQOz2ziThjuBekwo5lbaBcmzKb
HGPkjDvhVfG/fVRPcnWaluoyEjgQ8IoyC89f2Lnh8j3+sqbtkdT1XTHHRP+BMJHi
r2x1ql9z
=2162
-----END PGP PUBLIC KEY BLOCK-----
"""
