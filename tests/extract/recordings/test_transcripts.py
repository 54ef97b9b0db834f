"""Transcripts: read, written, and what is wrong in them is named by its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amparo.base.errors import UsageError
from amparo.extract.recordings.transcripts import (
    Line,
    by_minute,
    digest,
    from_subtitles,
    from_text,
    said_between,
    to_plain,
    to_srt,
    to_text,
    to_vtt,
)

LINES = [
    Line(0.5, 3.25, "We were told to leave.", "Amal"),
    Line(3.25, 5, "متى حدث ذلك؟", "المحققة"),
    Line(65, 70.125, "In the night. Nobody said why; 3 < 5 & so on."),
]

SRT = """1
00:00:00,500 --> 00:00:03,250
Amal: We were <i>told</i>
to leave.

2
00:01:05,000 --> 00:01:10,125 X1:40 X2:600
{\\an8}In the night.
"""

VTT = """WEBVTT - Interview

NOTE made by hand --> here

STYLE
::cue { color: red }

intro
00:00.500 --> 00:03.250 align:start
<v.loud Amal>We were told <00:00:01.000>to leave.</v>

01:05.000 --> 01:10.125
In the night &amp; the day.
"""


def test_the_edited_form_and_subtitles_come_back_as_they_were() -> None:
    assert from_text(to_text(LINES)) == LINES
    assert from_subtitles(to_vtt(LINES)) == LINES
    assert from_subtitles(to_srt(LINES)) == LINES


def test_subrip_is_read_without_its_decoration() -> None:
    assert from_subtitles(SRT.replace("\n", "\r\n")) == [
        Line(0.5, 3.25, "We were told to leave.", "Amal"),
        Line(65, 70.125, "In the night."),
    ]


def test_webvtt_names_its_speakers() -> None:
    assert from_subtitles("\ufeff" + VTT) == [
        Line(0.5, 3.25, "We were told to leave.", "Amal"),
        Line(65, 70.125, "In the night & the day."),
    ]


def test_a_line_without_times_goes_on_with_the_one_above() -> None:
    (line,) = from_text("[0:01 - 0:02] We were\n  told to leave.")
    assert line == Line(1, 2, "We were told to leave.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no times", "Line 1 has no times"),
        ("[0:01 - 0:02] yes\n[0:05 - 0:03] no", "Line 2: .* does not end after its start"),
        ("[soon - 0:03] no", "Line 1: “soon” is not a time"),
    ],
)
def test_the_line_that_is_wrong_is_named(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        from_text(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("WEBVTT\n\nyesterday --> today\nhello", "Line 3: its times cannot be read"),
        ("1\n00:00:05,000 --> 00:00:01,000\nhello", "Line 2: .* does not end after its start"),
        ("hello", "no line of speech"),
        ("", "no line of speech"),
    ],
)
def test_subtitles_that_are_wrong_say_where(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        from_subtitles(text)


def test_lines_come_in_the_order_of_time() -> None:
    lines = from_text("[0:09 - 0:10] second\n[0:01 - 0:02] first")
    assert [line.text for line in lines] == ["first", "second"]


def test_the_words_of_a_minute_and_of_a_span() -> None:
    assert dict(by_minute(LINES)).keys() == {1, 2}
    assert said_between(LINES, 3, 4) == "We were told to leave. متى حدث ذلك؟"
    assert said_between(LINES, 10, 60) == ""
    assert to_plain(LINES).splitlines()[0] == "Amal: We were told to leave."


def test_another_word_is_another_digest() -> None:
    assert digest(LINES) != digest([*LINES[:2], Line(65, 70.125, "In the day.")])


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]))


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**5), WORDS), max_size=8))
def test_any_words_survive_editing(rows: list[tuple[int, int, str]]) -> None:
    lines = [
        Line(start / 1000, (start + length) / 1000, f"x{words}")
        for start, length, words in sorted(rows)
    ]
    lines.sort(key=lambda line: (line.start, line.end))
    said = [line.text for line in lines]
    again = from_text(to_text(lines))
    assert [each.start for each in again] == [each.start for each in lines]
    assert to_plain(again).replace(": ", ":") == "\n".join(said).replace(": ", ":")
