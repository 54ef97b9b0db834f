from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from amparo.evidence.packages import manifests
from amparo.evidence.verifier import verify

DIGEST = "a" * 64


def test_lines_are_sorted_and_end() -> None:
    assert manifests.manifest({"data/b": DIGEST, "data/a": DIGEST}).decode() == (
        f"{DIGEST}  data/a\n{DIGEST}  data/b\n"
    )


@given(st.dictionaries(st.text("ab%25\r\n0Dé", min_size=1), st.just(DIGEST)))
def test_every_path_reads_back(names: dict[str, str]) -> None:
    digests = {f"data/{name}": digest for name, digest in names.items()}
    written = manifests.manifest(digests).decode()
    assert len(written.split("\n")) == len(digests) + 1
    assert verify._parse_manifest(written, "m") == digests


def test_only_line_ends_and_percent_signs_are_encoded() -> None:
    written = manifests.manifest({"data/50%\r\n é": DIGEST}).decode()
    assert written == f"{DIGEST}  data/50%25%0D%0A é\n"


def test_a_field_stays_on_its_line() -> None:
    assert manifests.bag_info({"Contact-Name": "Ana\nPayload-Oxum: 1.1"}) == (
        b"Contact-Name: Ana Payload-Oxum: 1.1\n"
    )
