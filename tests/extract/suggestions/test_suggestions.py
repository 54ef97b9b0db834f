"""What is suggested in six languages, how sure it is said to be, and what is left alone."""

from __future__ import annotations

import io
import json

import pytest

from amparo.extract.reading import Limits
from amparo.extract.suggestions import Kind
from amparo.extract.suggestions.looking import MOST, gather, look

TEXTS = {
    "en": "My name is Amal Haddad. On 5 March 2021 Sergeant John Miller came to the village of Al "
    "Bayda, and they went to Cairo. Call +1 (202) 555-0143.",
    "es": "Me llamo Rosa María Ortega de la Cruz. El 5 de marzo de 2021 el coronel Juan Pérez "
    "llegó al municipio de San Pedro, Colombia. Tel. +57 601 327 0000. DNI 12345678Z.",
    "fr": "Je m'appelle Aïcha Benali. Le 1er mars 2021, le juge Martin Dupont était à Alger. "
    "Tél +33 1 42 68 53 00.",
    "ar": "اسمي سلمى حداد من مدينة حلب في سوريا. في ٥ مارس ٢٠٢١ جاء العقيد أحمد بن خالد. "
    "هاتف ‎+963 11 222 3344. الرقم الوطني: 12345678901",
    "uk": "Мене звати Оксана Бондар. 5 березня 2021 року у селі Бузова слідчий Коваль Іван "
    "Петрович. Телефон +380 44 123 4567. РНОКПП 1759013776. Вона була в Україні.",
    "ru": "Меня зовут Мария Белова. 5 марта 2021 года в городе Минске следователь Пётр Иванов. "
    "ИНН 500100732259. Паспорт 45 08 123456. Россия. +7 495 123-45-67",
}
WANTED: dict[str, dict[Kind, set[str]]] = {
    "en": {
        "person": {"Amal Haddad", "John Miller"}, "date": {"2021-03-05"},
        "place": {"Al Bayda", "Cairo"}, "phone": {"+12025550143"},
    },
    "es": {
        "person": {"Rosa María Ortega de la Cruz", "Juan Pérez"}, "date": {"2021-03-05"},
        "place": {"San Pedro", "Colombia"}, "phone": {"+576013270000"},
        "identity": {"ES DNI 12345678Z"},
    },
    "fr": {
        "person": {"Aïcha Benali", "Martin Dupont"}, "date": {"2021-03-01"}, "place": {"Alger"},
        "phone": {"+33142685300"},
    },
    "ar": {
        "person": {"سلمى حداد", "أحمد بن خالد"}, "date": {"2021-03-05"}, "place": {"حلب", "سوريا"},
        "phone": {"+963112223344"}, "identity": {"National number 12345678901"},
    },
    "uk": {
        "person": {"Оксана Бондар", "Коваль Іван Петрович"}, "date": {"2021-03-05"},
        "place": {"Бузова", "Україна"}, "phone": {"+380441234567"},
        "identity": {"UA RNTRC 1759013776"},
    },
    "ru": {
        "person": {"Мария Белова", "Пётр Иванов"}, "date": {"2021-03-05"},
        "place": {"Минск", "Россия"}, "phone": {"+74951234567"},
        "identity": {"RU INN 500100732259", "RU passport 4508123456"},
    },
}  # fmt: skip


def found(text: str) -> dict[str, set[str]]:
    values: dict[str, set[str]] = {}
    for row in gather([(1, text)]):
        values.setdefault(row["kind"], set()).add(row["value"])
    return values


@pytest.mark.parametrize("language", TEXTS)
def test_each_language(language: str) -> None:
    assert found(TEXTS[language]) == WANTED[language]


def test_each_names_its_passage_its_tool_and_its_reason() -> None:
    text = TEXTS["es"]
    for row in gather([(7, text)]):
        assert row["page"] == 7
        assert text[row["start"] : row["end"]].strip()
        assert row["tool"]
        assert row["tool_version"]
        assert row["why"].endswith(".")
        assert row["certainty"] in ("likely", "unsure")


def test_a_date_of_two_readings_is_suggested_in_both_and_unsure() -> None:
    rows = gather([(1, "signed on 03/04/2021 in court")])
    assert {(row["value"], row["certainty"]) for row in rows} == {
        ("2021-04-03", "unsure"),
        ("2021-03-04", "unsure"),
    }


def test_a_month_stays_a_month() -> None:
    assert found("in March 2021 and en abril de 2020")["date"] == {"2021-03", "2020-04"}


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Then he saw Omar Khaled there.", "unsure"),
        ("Then he saw Mr Omar Khaled there.", "likely"),
    ],
)
def test_capitals_alone_are_unsure(text: str, certainty: str) -> None:
    (row,) = gather([(1, text)])
    assert (row["value"], row["certainty"]) == ("Omar Khaled", certainty)


@pytest.mark.parametrize(
    "number",
    ["ES DNI 12345678Z", "MX CURP BOXW310820HNERXN09", "IBAN GB82WEST12345698765432"],
)
def test_check_digits_are_checked(number: str) -> None:
    written = number.rpartition(" ")[2]
    wrong = written[:-1] + ("1" if written[-1] != "1" else "2")
    assert found(f"it says {written} here")["identity"] == {number}
    assert "identity" not in found(f"it says {wrong[:8]}{wrong[8:]} here")


def test_a_machine_readable_line() -> None:
    line = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    assert found(line)["identity"] == {"Passport UTO L898902C3"}
    assert found(line.replace("C36", "C35")) == {}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The court met in the morning and nothing was decided.",
        "Order 1234567890 of 17 items, 12.5 % off, page 3/4.",
        "+1 234, 00 12 34 56, +999 999 999 999",
        "version 2021.03.04.17 of 10.0.0.1",
    ],
)
def test_other_words_suggest_nothing(text: str) -> None:
    assert found(text) == {}


def test_a_value_met_often_is_one_suggestion() -> None:
    (row,) = gather([(1, "x +1 202 555 0143"), (2, "+1 (202) 555-0143 and 001 202 5550143")])
    assert (row["count"], row["page"]) == (3, 1)


def test_there_are_never_too_many() -> None:
    text = " ".join(f"{day} March {year}." for year in range(1950, 2020) for day in range(1, 29))
    assert len(gather([(1, text)])) == MOST


def test_looking_gives_one_file() -> None:
    given = io.BytesIO(json.dumps({"pages": [[1, TEXTS["fr"]]]}).encode())
    (child,) = look(given, "pages.json", Limits()).children
    assert isinstance(child.data, bytes)
    assert len(json.loads(child.data)) == 5
