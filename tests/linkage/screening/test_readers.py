"""Each publisher's form, read into one; and files that are hostile, torn or of another kind."""

from __future__ import annotations

import io

import pytest

from amparo.base.errors import UnreadableFile
from amparo.linkage.screening import Alias, Identifier, NameList, read
from amparo.linkage.screening.entries import from_json, to_json
from tests.linkage.screening.lists import EU, FTM, OFAC, OFAC_CSV, OWNERS, PLAIN, UN


def listed(text: str | bytes, name: str = "list") -> NameList:
    return read(io.BytesIO(text.encode() if isinstance(text, str) else text), name)


def test_ofac_xml() -> None:
    found = listed(OFAC)
    person, body = found.entries
    assert (found.format, found.dated) == ("ofac-xml", "2026-11-20")
    assert (person.number, person.name, person.kind) == ("101", "HADDAD, Umar", "person")
    assert person.aliases == (Alias("AL-HADDAD, Omar Ali"), Alias("THE FALCON", is_weak=True))
    assert (person.born, person.countries) == (("1971~",), ("Syria",))
    assert person.programmes == ("HRIT-SY", "SYRIA")
    assert person.identifiers == (Identifier("Passport", "N-445 566", "Syria"),)
    assert (body.kind, body.countries) == ("body", ("Lebanon",))


def test_ofac_csv_says_that_further_names_are_elsewhere() -> None:
    found = listed(OFAC_CSV)
    person, body = found.entries
    assert person.born == ("1971~", "1972-12-10")
    assert person.countries == ("Syria",)
    assert person.programmes == ("HRIT-SY", "SYRIA")
    assert person.identifiers == (Identifier("Passport", "N445566", "Syria"),)
    assert (body.kind, body.remarks) == ("body", "")
    assert "ALT.CSV" in found.remarks[0]


def test_united_nations() -> None:
    found = listed(UN)
    person, body = found.entries
    assert found.dated == "2026-11-19"
    assert (person.number, person.name) == ("QDi.901", "OMAR ALI HADDAD")
    assert person.aliases == (Alias("عمر علي حداد"), Alias("Abu Tareq", is_weak=True))
    assert (person.born, person.listed_on) == (("1980/1983",), "2014-09-23")
    assert person.identifiers == (Identifier("Passport", "X123", "Syria"),)
    assert (body.kind, body.aliases) == ("body", (Alias("NSB"),))


def test_european_union() -> None:
    [entry] = listed(EU).entries
    assert (entry.number, entry.name) == ("EU.9001.1", "Умар Хаддад")
    assert entry.aliases == (Alias("Umar Haddad", is_weak=True),)
    assert (entry.born, entry.countries, entry.programmes) == (("1971~",), ("SYRIA",), ("SYR",))
    assert entry.listed_on == "2011-05-10"


def test_follow_the_money_with_ownership_and_sanctions() -> None:
    found = listed(FTM)
    by = {entry.number: entry for entry in found.entries}
    assert set(by) == {"Q-1", "Q-2", "Q-3"}
    assert by["Q-1"].programmes == ("US-SYR",)
    assert by["Q-1"].aliases == (Alias("عمر حداد"), Alias("Falcon", is_weak=True))
    assert [by[each].is_listed for each in ("Q-1", "Q-2", "Q-3")] == [True, False, True]
    assert [(s.owner, s.owned, s.least) for s in found.stakes] == [
        ("Q-1", "Q-2", "30"),
        ("Q-3", "Q-2", "20"),
    ]
    assert found.dated == "2026-11-21"
    assert found.remarks == ("1 lines are not FollowTheMoney and were left out.",)


def test_a_plain_table_with_its_own_headings() -> None:
    found = listed(PLAIN, "units.csv")
    person, unit = found.entries
    assert person.aliases == (Alias("عمر حداد"), Alias("Umar Hadad"))
    assert (person.born, person.kind, unit.kind) == (("1971",), "person", "body")
    assert (found.title, found.dated) == ("units.csv", "")
    assert found.remarks == ("1 rows without a name were left out.",)


def test_a_table_of_who_owns_what() -> None:
    found = listed(OWNERS)
    assert [(s.owner, s.owned, s.most) for s in found.stakes][0][2] == "60"
    assert not any(entry.is_listed for entry in found.entries)


@pytest.mark.parametrize("text", [OFAC, UN, EU, FTM, PLAIN, OWNERS])
def test_a_list_survives_its_way_out_of_the_worker(text: str) -> None:
    found = listed(text)
    assert from_json(to_json(found)) == found


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE sdnList [<!ENTITY a "lollollol">'
    + "".join(
        f'<!ENTITY {b} "{("&" + a + ";") * 10}">' for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    + "]><sdnList><sdnEntry><uid>1</uid><lastName>&h;</lastName></sdnEntry></sdnList>"
)
OUTSIDE = (
    '<!DOCTYPE sdnList [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    "<sdnList><sdnEntry><uid>1</uid><lastName>&x;</lastName></sdnEntry></sdnList>"
)
REMOTE = '<!DOCTYPE sdnList SYSTEM "http://127.0.0.1:9/sdn.dtd"><sdnList/>'
DEEP = "<sdnList>" + "<sdnEntry>" * 5_000


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (REMOTE, "document type"),
        (DEEP, "not well-formed"),
        (OFAC[:400], "not well-formed"),
        (OFAC.encode()[:900] + b"\x00\xff\xfe", "not well-formed"),
        ("<Sanctions/>", "begins with “Sanctions”"),
        ("<sdnList/>", "no entry"),
        ('{"id": "1"}\n{"schema": []}\n[[[[', "FollowTheMoney"),
        ("", "empty"),
        ("place,date\nHoms,2011\n", "headed as a name"),
        (b"\x7fELF\x00\x01\x02name\x00", "no list of names"),
        ('name\n"' + "x" * 200_000 + '"\n', "cannot be read"),
    ],
)
def test_what_is_refused_says_why(text: str | bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=why):
        listed(text)


def test_names_that_are_markup_stay_names() -> None:
    text = OFAC.replace("HADDAD</lastName>", "&lt;script&gt;HADDAD</lastName>", 1)
    assert listed(text).entries[0].name == "<script>HADDAD, Umar"
