"""HTML and XML give their words and fetch nothing."""

from amparo.extract.markup import declared_charset, read_html, read_xml


def test_words_come_in_lines_and_scripts_do_not() -> None:
    page = read_html("<p>One <b>tw</b>o</p><script>alert(1)</script><p>Three<br>four</p>")
    assert page.text == "One two\n\nThree\nfour"


def test_a_table_comes_in_rows() -> None:
    rows = read_html("<table><tr><td><p>a</p></td><td>b</td></tr><tr><td>c</td></tr></table>")
    assert rows.text == "a\tb\nc"


def test_pictures_say_what_they_show() -> None:
    assert read_html('<img src="x.png" alt="A bridge"> at night').text == "A bridge at night"


def test_facts_and_what_it_would_fetch_are_told() -> None:
    page = read_html(
        "<title>Report</title><meta name=author content=Amal>"
        "<img src='http://tracker.example/x'><iframe src='file:///etc/passwd'></iframe>"
        "<img src='data:image/png;base64,AAAA'>"
    )
    assert page.metadata == {"title": "Report", "creator": "Amal"}
    assert page.outside == ("http://tracker.example/x", "file:///etc/passwd")


def test_markup_too_deep_to_parse_still_gives_its_words() -> None:
    assert read_html("<div>" * 100_000 + "the end").text == "the end"


def test_nothing_gives_nothing() -> None:
    assert read_html("").text == ""


def test_xml_gives_attributes_and_words() -> None:
    text = read_xml('<log><sms from="+380" date="1">Приходь</sms></log>'.encode())
    assert text == "sms: from=+380  date=1  Приходь"


def test_xml_entities_are_never_followed() -> None:
    bomb = (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "ha">]><a>1 &x;&y; 2</a>'
    )
    text = read_xml(bomb)
    assert text is not None
    assert "root:" not in text
    assert text.startswith("a: 1")


def test_what_is_not_xml_is_not_read_as_such() -> None:
    assert read_xml(b"<a><b></a>") is None


def test_the_declared_encoding_is_found() -> None:
    assert declared_charset(b'<meta charset="windows-1256">') == "windows-1256"
    assert declared_charset(b"<?xml version='1.0' encoding='koi8-r'?>") == "koi8-r"
    assert declared_charset(b"plain") is None
