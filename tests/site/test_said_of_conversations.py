"""What conversations and suggestions say is listed, word by word, for the pages' languages."""

from __future__ import annotations

import re

import pytest

from amparo.extract.suggestions.looking import gather
from amparo.site.said.conversations import CONVERSATION_SENTENCES
from tests.extract.conversations.builders import PHONES, chat, reading_of
from tests.extract.suggestions.test_suggestions import TEXTS


def is_listed(sentence: str) -> bool:
    return any(
        re.fullmatch(re.sub(r"%\\?\(\w+\\?\)s", ".+", re.escape(each)), sentence)
        for each in CONVERSATION_SENTENCES
    )


@pytest.mark.parametrize("language", TEXTS)
def test_every_reason_is_listed(language: str) -> None:
    assert all(is_listed(row["why"]) for row in gather([(1, TEXTS[language])]))


@pytest.mark.parametrize("language", PHONES)
def test_every_claim_is_listed(language: str) -> None:
    reading = reading_of(chat(language))
    assert is_listed(reading.metadata["chat:says of itself"])
    assert not reading.reason or is_listed(reading.reason)
