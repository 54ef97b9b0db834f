"""Which files belong to which, by name."""

import pytest

from amparo.evidence.proofs import beside

SHA = "ab" * 32


@pytest.mark.parametrize(
    "name",
    [
        "film.mp4.asc",
        "film.mp4.minisig",
        f"{SHA}.proof.csv",
        f"{SHA}.proof.csv.asc",
        f"{SHA}.asc",
        "film.mp4.proof.json",
        "film.csv",
        "film.mp4.csv",
        f"{SHA}.ots",
    ],
)
def test_names_that_belong_to_a_film(name: str) -> None:
    assert name in beside.names_beside("film.mp4", SHA)


def test_other_names_do_not() -> None:
    names = beside.names_beside("film.mp4", SHA)
    assert not {"film.mp4", "film2.mp4.asc", "other.csv", "film.jpg"} & set(names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("film.mp4.asc", ("film.mp4",)),
        (f"{SHA}.proof.csv", (SHA,)),
        (f"{SHA}.proof.csv.asc", (f"{SHA}.proof.csv", SHA)),
        ("film.mp4", ()),
        (".asc", ()),
    ],
)
def test_what_a_file_proves_by_its_name(name: str, expected: tuple[str, ...]) -> None:
    assert beside.proven_names(name) == expected


def test_digests_in_a_text() -> None:
    assert beside.stated_digests(f"File hash,{SHA.upper()}\nx{'c' * 65}") == (SHA,)
