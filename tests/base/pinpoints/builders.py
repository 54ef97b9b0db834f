"""Hypothesis strategies for pinpoints."""

from hypothesis import strategies as st

from amparo.base.pinpoints import (
    PageSelector,
    Pinpoint,
    QuoteSelector,
    RowSelector,
    SecondsSelector,
    WarcSelector,
)

words = st.text(st.characters(codec="utf-8"), max_size=30)
quotes = st.builds(
    QuoteSelector,
    exact=words.filter(lambda text: text.strip()),
    prefix=words,
    suffix=words,
)
sides = st.floats(0, 1000).map(lambda number: round(number, 2))
lengths = st.floats(0.01, 1000).map(lambda number: round(number, 2))
rectangles = st.builds(
    lambda x, y, w, h: (x, y, round(x + w, 2), round(y + h, 2)), sides, sides, lengths, lengths
)
pages = st.builds(
    PageSelector,
    st.integers(1, 5000),
    st.lists(rectangles, max_size=4).map(tuple),
    st.none() | quotes,
)
seconds = st.builds(
    lambda start, length: SecondsSelector(start, length and start + length),
    st.integers(0, 10**7).map(lambda ms: ms / 1000),
    st.none() | st.integers(1, 10**6).map(lambda ms: ms / 1000),
)
rows = st.builds(RowSelector, words, st.integers(1, 10**6))
records = st.builds(lambda uuid: WarcSelector(f"<urn:uuid:{uuid}>"), st.uuids())
selectors = pages | quotes | seconds | rows | records
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
pinpoints = st.builds(Pinpoint, digests, st.none() | selectors)
