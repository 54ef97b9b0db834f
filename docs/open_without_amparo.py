"""Print the keys of an Amparo workspace, without Amparo.

    pip install argon2-cffi cryptography
    python open_without_amparo.py WORKSPACE            # asks for the passphrase

The first line is an age identity: keep it in a file and open any object with
``age -d -i FILE WORKSPACE/objects/ab/cdef…``. The second is the key of amparo.db for SQLCipher 4.
"""

import base64
import getpass
import json
import sys
import tomllib
import unicodedata
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def data_key(workspace, passphrase):
    """Unlock the box that the passphrase opens: 32 bytes from which all keys are drawn."""
    box = tomllib.loads((workspace / "amparo.toml").read_text())["keys"]["passphrase"]
    spaced = "".join(" " if unicodedata.category(c) == "Zs" else c for c in passphrase)
    key = hash_secret_raw(
        unicodedata.normalize("NFC", spaced).encode(),
        base64.b64decode(box["salt"]),
        time_cost=box["iterations"],
        memory_cost=box["memory_kib"],
        parallelism=box["lanes"],
        hash_len=32,
        type=Type.ID,
    )
    terms = {name: value for name, value in box.items() if name != "box"}
    bound = json.dumps(["amparo/1/box", "passphrase", terms], sort_keys=True).encode()
    nonce, sealed = base64.b64decode(box["nonce"]), base64.b64decode(box["box"])
    return ChaCha20Poly1305(key).decrypt(nonce, sealed, bound)


def draw(secret, label):
    """Draw one of the keys (RFC 5869)."""
    return HKDF(SHA256(), 32, None, f"amparo/1/{label}".encode()).derive(secret)


def bech32(prefix, data):
    """Write a key as age does (BIP 173)."""
    letters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
    words = [int.from_bytes(data, "big") << 4 >> 5 * place & 31 for place in reversed(range(52))]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = 1
    for value in [*spread, *words, 0, 0, 0, 0, 0, 0]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, term in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= term if top >> place & 1 else 0
    words += [(check ^ 1) >> 5 * place & 31 for place in reversed(range(6))]
    return prefix + "1" + "".join(letters[word] for word in words)


if __name__ == "__main__":
    secret = data_key(Path(sys.argv[1]), getpass.getpass("Passphrase: "))
    print(bech32("age-secret-key-", draw(secret, "object identity")).upper())
    print(draw(secret, "database").hex())
