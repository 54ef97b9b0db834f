from __future__ import annotations

from amparo.evidence.custody import disposal, exhibits, online, receipt, retention, vocabulary
from amparo.evidence.packages import report
from amparo.evidence.web import papers_words, words
from amparo.evidence.web.actions.verification import PARTS
from amparo.evidence.web.queries import disposal as disposal_pages
from amparo.evidence.web.queries import exhibits as exhibit_pages
from amparo.evidence.web.queries.stated import STATED


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
