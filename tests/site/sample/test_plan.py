from dataclasses import replace

import pytest

from amparo.accounts.roles import Role
from amparo.filing.bundle.profiles import load
from amparo.site.sample import plan
from amparo.site.sample.plan import _check


def test_one_person_for_each_part_in_the_story():
    roles = [person.role for person in plan().team]
    assert sorted(roles) == sorted({*Role} - {Role.AUDITOR})


def test_twelve_exhibits():
    assert len(plan().exhibits) == 12


def test_the_cover_has_every_field_that_its_profile_asks_for():
    bundle = plan().bundle
    required = {each.key for each in load(bundle.profile, "").cover.fields if each.required}
    assert required <= set(bundle.fields)


def test_what_does_not_fit_together_is_named():
    sample = plan()
    stray = replace(sample.exhibits[0], path="nowhere.pdf")
    with pytest.raises(ValueError, match="exhibit A: nowhere.pdf"):
        _check(replace(sample, exhibits=(stray,)))


def test_every_delivery_says_from_whom_and_when():
    for file in plan().files:
        assert file.delivery.from_whom
        assert file.delivery.occurred_at
