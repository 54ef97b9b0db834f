from __future__ import annotations

from amparo.evidence import disposal, exhibits, online, receipt, report, retention
from amparo.evidence.custody import vocabulary
from amparo.evidence.web import disposal_pages, exhibit_pages, papers_words, words
from amparo.evidence.web.actions.verification import PARTS
from amparo.evidence.web.stated import STATED


def test_every_term_of_the_vocabulary_can_be_translated() -> None:
    terms = {term for kind in vocabulary().values() for term in (kind.label, kind.sentence)}
    assert terms == set(words.TERMS)


def test_every_part_of_a_verification_has_its_words() -> None:
    assert tuple(words.PARTS) == PARTS


def test_every_kind_of_entry_has_its_words() -> None:
    assert set(STATED) <= set(words.ENTRIES)


def test_every_word_about_exhibits_can_be_translated() -> None:
    told = exhibits.vocabulary()
    events = {term for each in told.events.values() for term in (each.label, each.sentence)}
    expected = {*told.kinds.values(), *told.places.values(), *events}
    assert expected == set(exhibit_pages.TERMS)


def test_every_ground_and_rule_can_be_translated() -> None:
    grounds = {ground.label for ground in disposal.grounds().values()}
    assert grounds | {rule.title for rule in retention.rules().values()} == set(
        disposal_pages.TERMS
    )


def test_every_paper_can_be_translated() -> None:
    asked = set()
    for form in online.forms().values():
        asked |= {form.title, form.purpose}
        for field in form.fields:
            asked |= {field.label, field.help, *field.options} - {""}
    assert asked == set(papers_words.ONLINE)
    assert {*report.LABELS.values(), *receipt.LABELS.values()} == set(papers_words.PAPERS)
