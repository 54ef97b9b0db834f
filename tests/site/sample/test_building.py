"""The sample in a workspace: by the actions, once, and completed when it was cut off."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.base.web.models import Job
from amparo.evidence.web.models import Acquisition, Intake, Item
from amparo.extract.web.room import close_room
from amparo.linkage.web.actions.linkages import LINK
from amparo.linkage.web.models import Linkage
from amparo.matters.web.actions import open_matter
from amparo.matters.web.models import Matter
from amparo.patterns.web.actions import ESTIMATE
from amparo.patterns.web.models import Estimation
from amparo.search.web.queries import find
from amparo.site.sample import linked, plan
from amparo.site.sample.building import Builder, refuse_real_work

FEW = (
    "About this sample.txt",
    "Clinic/Certificate of translation.pdf",
    "Medical/Extracto septiembre.pdf",
    "Letters/Reference (broken).pdf",
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _closed_room():
    yield
    close_room()


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    whole = plan()
    few = replace(
        whole,
        files=tuple(file for file in whole.files if file.path in FEW),
        exhibits=tuple(
            replace(exhibit, path=path)
            for exhibit, path in zip(whole.exhibits, FEW[:2], strict=False)
        ),
        deadlines=tuple(replace(each, at=FEW[0], quote="the") for each in whole.deadlines),
    )
    return Builder(
        papers=tmp_path / "papers", password="four words are enough", sample=few, at_once=0
    )


def test_everyone_and_everything_is_there(builder: Builder) -> None:
    matter = builder.build()
    assert (matter.number, matter.title) == ("2026-014", "A. v. State")
    assert {member.user.username: member.role for member in matter.team.all()} == {
        person.username: person.role for person in plan().team
    }
    assert matter.parties.get(name="Mohammad Talmarin").original_name == "محمد تلمارين"
    assert matter.tasks.filter(done_at=None).count() == 8
    assert matter.notes.count() == 5
    assert User.objects.get(username="judith").check_password("four words are enough")


def test_deadlines_rest_on_passages(builder: Builder) -> None:
    matter = builder.build()
    filed = matter.deadlines.get(rule="us.asylum.one-year")
    assert (filed.status, str(filed.act_on)) == ("done", "2023-11-20")
    hearing = matter.deadlines.get(rule="us.eoir.filing.individual")
    assert (hearing.status, str(hearing.act_on)) == ("open", "2027-02-22")
    assert hearing.pinpoint is not None
    assert hearing.pinpoint.quote == "the"
    assert matter.deadlines.get(rule="un.ced.communication").act_on is None


def test_files_say_from_whom_they_came(builder: Builder) -> None:
    builder.build()
    came = Acquisition.objects.get(path="Medical/Extracto septiembre.pdf")
    assert came.from_whom == "Dr. Inés Orbaneta, Nueve Faroles"
    assert came.occurred_at == "2026-09-21"
    assert Intake.objects.count() == 3


def test_files_have_titles_and_tags(builder: Builder) -> None:
    builder.build()
    item = Item.objects.get(path="Clinic/Certificate of translation.pdf")
    assert item.title == "Certificate of translation from Arabic"
    assert item.dated == "2026-10-05"
    assert [hit.source_id for hit in find("date:2026-10-05", matter_ids=[item.matter_id]).hits] == [
        str(item.pk)
    ]
    assert [tag.name for tag in item.tags.all()] == ["translation"]


def test_exhibits_are_ready_in_their_order(builder: Builder) -> None:
    bundle = builder.build().bundles.get()
    assert (bundle.title, bundle.profile) == ("Applicant's exhibits", "eoir")
    assert [(row.tab, row.item.path) for row in bundle.exhibits.all()] == [
        ("A", FEW[0]),
        ("B", FEW[1]),
    ]
    assert bundle.exhibits.first().date == "2026-09-14"


def test_what_cannot_be_read_is_named(builder: Builder) -> None:
    builder.build()
    failed = {item.path: item.reason for item in Item.objects.filter(status="failed")}
    assert set(failed) == {"Medical/Extracto septiembre.pdf", "Letters/Reference (broken).pdf"}
    assert "password" in failed["Medical/Extracto septiembre.pdf"]
    assert "damaged" in failed["Letters/Reference (broken).pdf"]


def test_building_again_changes_nothing(builder: Builder) -> None:
    builder.build()
    before = (Acquisition.objects.count(), Matter.objects.get().tasks.count(), User.objects.count())
    builder.build()
    after = (Acquisition.objects.count(), Matter.objects.get().tasks.count(), User.objects.count())
    assert after == before


def test_an_interrupted_build_is_completed(builder: Builder) -> None:
    def stop(_what: str, done: int, _of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    builder.on_step = stop
    with pytest.raises(KeyboardInterrupt):
        builder.build()
    assert Item.objects.count() < 4
    close_room()  # as the end of the process does
    builder.on_step = lambda _what, _done, _of: None
    builder.build()
    assert sorted(Item.objects.values_list("path", flat=True)) == sorted(FEW)
    assert Acquisition.objects.count() == 4


def test_no_papers_are_left_behind(builder: Builder) -> None:
    builder.build()
    assert not builder.papers.exists()


def test_real_work_is_not_mixed_with_it(personas) -> None:
    open_matter("B. v. State", acting_user=personas.owner)
    with pytest.raises(UsageError, match="real matters"):
        refuse_real_work()


def test_the_sample_is_no_real_work(builder: Builder) -> None:
    builder.build()
    refuse_real_work()


def test_the_linked_list_is_asked_how_many_there_were(builder: Builder) -> None:
    whole = plan()
    files = tuple(file for file in whole.files if file.path in (*FEW, linked.PATH))
    builder.sample = replace(builder.sample, files=files)
    builder.build()
    asked = Estimation.objects.get()
    assert asked.lists == list(linked.LISTS)
    assert Job.objects.get(pk=asked.job_id).name == ESTIMATE
    builder.build()
    assert Estimation.objects.count() == 1


def test_the_three_sources_are_asked_to_be_linked(builder: Builder) -> None:
    files = tuple(file for file in plan().files if file.path in linked.SOURCES)
    builder.sample = replace(builder.sample, files=(*builder.sample.files, *files))
    builder.build()
    asked = Linkage.objects.get()
    assert [set(table["roles"].values()) for table in asked.tables] == [
        {"name", "event", "region"},
        {"name", "event", "region"},
        {"name", "event"},
    ]
    assert Job.objects.get(pk=asked.job_id).name == LINK
    builder.build()
    assert Linkage.objects.count() == 1
