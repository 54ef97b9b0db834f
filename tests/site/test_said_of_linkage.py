"""Every comparison and key in words is among the sentences that can be translated."""

from __future__ import annotations

from amparo.linkage.records.blocking import _known as keys
from amparo.linkage.records.comparing import _known as comparisons
from amparo.site.said.linkage import LINKAGE_SENTENCES


def test_every_comparison_can_be_said_in_every_language() -> None:
    said = {each["otherwise"] for each in comparisons()}
    said |= {level["say"] for each in comparisons() for level in each["levels"]}
    assert said <= LINKAGE_SENTENCES


def test_every_key_can_be_said_in_every_language() -> None:
    assert {key.name for key in keys()} <= LINKAGE_SENTENCES
