"""Text comes out of any encoding, and says how it was known."""

import pytest

from amparo.extract.charsets import canonical, decode

ARABIC = "يولد جميع الناس أحراراً متساوين في الكرامة والحقوق"
RUSSIAN = "Все люди рождаются свободными и равными в своём достоинстве"
UKRAINIAN = "Всі люди народжуються вільними і рівними у своїй гідності"
FRENCH = "Les témoins ont été arrêtés à l’aube, près du pont, déjà blessés"
SPANISH = "El niño desapareció en la montaña; ¿quién lo vio por última vez?"
JAPANESE = "すべての人間は、生まれながらにして自由であり、かつ平等である"
NAMES = "名前,年齢,住所\n佐藤太郎,30,東京\n三木英子,25,大阪"
CHINESE = "人人生而自由在尊和利上一律平等他有理性和良心"
POLISH = "Świadkowie zostali zatrzymani o świcie, a później pobici przez żołnierzy"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(encoding: str) -> None:
    found = decode(ARABIC.encode(encoding))
    assert (found.text, found.how) == (ARABIC, "byte order mark")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le"])
def test_wide_encodings_show_by_their_shape(encoding: str) -> None:
    assert decode(f"Subject: {FRENCH}".encode(encoding)).text == f"Subject: {FRENCH}"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ARABIC, "cp1256"), (ARABIC, "iso8859-6"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"),
        (RUSSIAN, "cp866"), (UKRAINIAN, "cp1251"), (UKRAINIAN, "koi8-u"), (FRENCH, "cp1252"),
        (SPANISH, "latin-1"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"), (POLISH, "cp1250"), (NAMES, "shift_jis"),
        (CHINESE, "gb18030"), (CHINESE, "big5"),
    ],
)  # fmt: skip
def test_older_encodings_are_found(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_a_fitting_declaration_is_believed() -> None:
    assert decode("naïve".encode("cp1252"), "iso-8859-1").how == "declared"


def test_a_declaration_that_does_not_fit_is_not() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "utf-8").text == RUSSIAN


def test_a_broken_place_in_utf8_costs_only_itself() -> None:
    data = f"{RUSSIAN}\n".encode() * 3 + b"\xd0\n"
    found = decode(data)
    assert (found.encoding, found.undecodable) == ("utf-8", 1)


@pytest.mark.parametrize(
    ("label", "name"),
    [("ISO-8859-1", "cp1252"), ("Shift_JIS", "cp932"), ("utf8", "utf-8"), ("nonsense", None),
     ("zip", None), ("rot13", None), ("", None), (None, None)],
)  # fmt: skip
def test_labels_mean_their_supersets_and_never_a_transform(
    label: str | None, name: str | None
) -> None:
    assert canonical(label) == name
