"""Names under a veil: found however they are written, and nothing else."""

from __future__ import annotations

import pytest

from amparo.matters.sealing import CLEAR, Sealed, Veil, short_forms

AMAL = Sealed("Witness 3", ("Amal Haddad", "أمل حداد", "Amal", "Haddad", "+963 11 555"))
VEIL = Veil([AMAL, Sealed("Witness 4", ("Olena Kovalenko",))])


@pytest.mark.parametrize(
    ("text", "veiled"),
    [
        ("I, Amal Haddad, saw it.", "I, Witness 3, saw it."),
        ("HADDAD, Amal", "Witness 3"),
        ("AMAL\nHADDAD", "Witness 3"),
        ("amal_haddad.pdf", "Witness 3.pdf"),
        ("AmalHaddad.jpg", "Witness 3.jpg"),
        ("Haddad's door", "Witness 3's door"),
        ("Àmál Haddâd", "Witness 3"),
        ("قالت أمَل حدّاد إنها", "قالت Witness 3 إنها"),
        ("السيدة حداد", "السيدة Witness 3"),
        ("Амаль Хаддад пришла", "Witness 3 пришла"),
        ("call +963 11 555 now", "call +Witness 3 now"),
        ("Олена Коваленко і Amal", "Witness 4 і Witness 3"),
        ("Kovalenko, Olena", "Witness 4"),
        ("Elena Kovalenko", "Elena Kovalenko"),
        ("Kovalenko alone", "Kovalenko alone"),
        ("Amalgam and haddadin", "Amalgam and haddadin"),
        ("nobody here", "nobody here"),
        ("", ""),
    ],
)
def test_what_is_read_through_the_veil(text: str, veiled: str) -> None:
    assert VEIL.over(text) == veiled
    assert VEIL.names_anyone(text) is (veiled != text)


def test_what_is_veiled_names_nobody_any_more() -> None:
    text = "Amal Haddad wrote to Haddad, Amal: حداد, Olena Kovalenko." * 20
    once = VEIL.over(text)
    assert not VEIL.names_anyone(once)
    assert VEIL.over(once) == once


def test_nothing_sealed_hides_nothing() -> None:
    assert not CLEAR
    assert CLEAR.over("Amal Haddad") == "Amal Haddad"


def test_short_forms_are_the_words_worth_hiding_each_once() -> None:
    assert short_forms("Amal bt Haddad", "HADDAD Amal") == ["Amal", "Haddad"]
