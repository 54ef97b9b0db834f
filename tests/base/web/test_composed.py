"""A query that is composed once finds what the same query finds when it is composed anew."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from amparo.accounts.web.models import User
from amparo.base.ids import new_id
from amparo.base.web.composed import Composed
from amparo.matters.web.actions import open_matter
from amparo.matters.web.models import Matter, TeamMember
from tests.personas import Personas

pytestmark = pytest.mark.django_db


def places(matter: UUID, user: UUID) -> QuerySet[TeamMember]:
    others = TeamMember.objects.filter(matter=OuterRef("matter")).exclude(user=user)
    rows = TeamMember.objects.filter(matter=matter, user=user, role__contains="%")
    every = TeamMember.objects.filter(matter=matter, user=user).exclude(pk__in=rows)
    return every.annotate(has_others=Exists(others)).order_by("pk")


def test_it_gives_whole_rows_for_each_of_its_keys(personas: Personas, matter: Matter) -> None:
    other = open_matter("Alone", acting_user=personas.owner)
    asked = Composed(places)
    for each in (matter, other, matter):
        for who in (personas.owner, personas.colleague, personas.stranger):
            found, anew = asked(each.pk, who.pk), list(places(each.pk, who.pk))
            assert [row.__dict__.keys() for row in found] == [row.__dict__.keys() for row in anew]
            for mine, theirs in zip(found, anew, strict=True):
                assert mine == theirs
                fields = TeamMember._meta.concrete_fields
                values = [(getattr(mine, f.attname), getattr(theirs, f.attname)) for f in fields]
                assert all(one == two for one, two in values)
                assert bool(mine.has_others) is theirs.has_others  # type: ignore[attr-defined]


def test_it_is_composed_once_and_asked_each_time(personas: Personas, matter: Matter) -> None:
    composed: list[UUID] = []

    def ask(user: UUID) -> QuerySet[User]:
        composed.append(user)
        return User.objects.filter(pk=user)

    asked = Composed(ask)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert asked(personas.owner.pk) == [personas.owner]
        assert asked(personas.colleague.pk) == [personas.colleague]
        assert asked(new_id()) == []
    assert (len(composed), len(queries)) == (1, 3)
    assert personas.owner.pk not in composed


def test_a_key_that_the_query_does_not_ask_for_is_refused() -> None:
    asked = Composed(lambda user, _unused: User.objects.filter(pk=user))
    with pytest.raises(ValueError, match="not every key"):
        asked(new_id(), new_id())
