"""A worker killed in every state of every job: another takes it up, and what is made is made once.

Each task is done once undisturbed, and then anew for each of some points between its first and its
last statement: there the worker is killed, another claims the job, and all must be as it would have
been. A task without a line here fails the test.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction

from amparo.accounts.web.models import User
from amparo.base.web import jobs
from amparo.base.web.jobs import claim, enqueue, run
from amparo.base.web.models import Job
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.web import tasks as evidence
from amparo.evidence.web.actions import disposal, open_stamps, stamps
from amparo.evidence.web.actions.disposal import decide_disposal, propose_disposal
from amparo.evidence.web.actions.packages import begin_export, build_download
from amparo.evidence.web.models import Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.web import tasks as extract
from amparo.filing.web.actions import add_items, open_bundle
from amparo.filing.web.tasks import PRODUCE, ask_to_produce
from amparo.matters.web.models import Matter
from tests.base.web.test_jobs import falls_silent
from tests.evidence.web.workspaces import add_files
from tests.extract.pdf.samples import letter
from tests.personas import Personas
from tests.work import work_off

pytestmark = pytest.mark.django_db

MOTHER = letter("Habeas corpus for the prisoner")
LETTERS = {"letter.txt": b"Ask for Mohammed Haddad on 2 March 2020.", "writ.pdf": MOTHER}
POINTS = 4
"""At so many statements of the work, evenly spread, and at the one that says that it is done."""
ELSEWHERE = {
    "extract.recognise": "keeps all pages in one transaction at its end, as reread",
    "extract.transcribe": "needs a speech model; keeps all in one transaction at its end",
    "extract.draft": "needs a translation model; keeps what it wrote in one transaction",
    "evidence.drill": "restores into a folder of its own, which the next drill sweeps",
    "patterns.estimate": "what is made is not made again: tests/patterns/web/test_estimates.py",
    "linkage.link": "what is linked is not linked again: tests/linkage/web/test_linkages.py",
    "linkage.screen": "what is screened is not screened again: tests/linkage/web/test_screening.py",
}
"""Tasks that are not killed here, and why that is enough."""
AGAIN = {
    "extract.reread",
    "extract.prove",
    "extract.prove_matter",
    "extract.set",
    evidence.EXPORT,
    evidence.VERIFY,
}
"""Each doing is stated for itself: killed after its statement, it is stated twice. A package's seal
is stated before its last bytes are written, for they hold the proof of that statement."""


class Killed(BaseException):
    """The process is no more: nothing of it catches this."""


@dataclass
class Scene:
    """A matter with files, and who is about to ask for work."""

    matter: Matter
    people: Personas
    items: list[Item] = field(default_factory=list)

    @property
    def owner(self) -> User:
        return self.people.owner

    def take_in(self, *, read: bool = True) -> Item:
        """Letters, sealed; read too, unless the work is to read them. Gives the first."""
        self.items = list(add_files(self.matter, self.owner, LETTERS).values())
        if read:
            for item in self.items:
                extract.ask_to_read(item, user=self.owner)
            work_off()
        return self.items[0]


def _read(scene: Scene) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("inside.txt", "Habeas corpus inside")
    items = add_files(scene.matter, scene.owner, {"all.zip": out.getvalue()})
    extract.ask_to_read(items["all.zip"], user=scene.owner)


def _read_several(scene: Scene) -> None:
    scene.take_in(read=False)
    extract.ask_to_read_several(scene.items, user=scene.owner)


def _compare(scene: Scene) -> None:
    scene.take_in()
    scene.matter.items.get(name="letter.txt").compared.delete()
    extract.ask_to_compare(scene.matter, user=scene.owner)


def _reread(scene: Scene) -> None:
    extract.ask_to_reread(scene.take_in(), user=scene.owner)


def _prove(scene: Scene) -> None:
    extract.ask_to_prove(scene.take_in(), user=scene.owner)


def _prove_matter(scene: Scene) -> None:
    extract.ask_to_prove(scene.take_in(), user=scene.owner)
    work_off()
    extract.ask_to_prove_matter(scene.matter, user=scene.owner)


def _index(scene: Scene) -> None:
    scene.take_in()
    extract.ask_to_index(scene.matter, user=scene.owner)


def _set(scene: Scene) -> None:
    extract.ask_to_set(scene.take_in(), user=scene.owner)


def _suggest(scene: Scene) -> None:
    scene.take_in()
    extract.ask_to_look_through(scene.matter, [], user=scene.owner)


def _export(scene: Scene) -> None:
    scene.take_in()
    evidence.ask_for_package(scene.matter, acting_user=scene.owner)


def _import(scene: Scene) -> None:
    """A package of the matter, sent back as other bytes than those that lie here."""
    scene.take_in()
    made = begin_export(scene.matter, purpose="", acting_user=scene.owner)
    build_download(made)
    made.refresh_from_db()
    assert made.object
    with open_safe().open(made.object.object_name) as stream:
        package = io.BytesIO(stream.read())
    with zipfile.ZipFile(package, "a") as archive:
        archive.comment = b"as it came"
    upload = seal_bytes(package.getvalue(), open_safe(), name="package.zip")
    administrator = scene.people.administrator
    evidence.ask_to_import(upload.object_name, acting_user=administrator)


def _verify(scene: Scene) -> None:
    scene.take_in(read=False)
    evidence.ask_to_verify(acting_user=scene.people.administrator)


def _rehash(scene: Scene) -> None:
    scene.take_in(read=False)
    enqueue(evidence.REHASH)


def _erase(scene: Scene) -> None:
    item = scene.take_in()
    made = propose_disposal(
        scene.matter,
        [item],
        ground="order",
        reason="the court ordered it",
        reference="No. 12/2026",
        acting_user=scene.people.colleague,
    )
    decide_disposal(made, approved=True, acting_user=scene.owner)


def _stamp(scene: Scene) -> None:
    scene.take_in(read=False)
    Job.objects.filter(name=stamps.TASK).delete()
    enqueue(stamps.TASK)


def _open_stamp(_scene: Scene) -> None:
    enqueue(open_stamps.TASK)


def _produce(scene: Scene) -> None:
    scene.take_in()
    bundle = open_bundle(scene.matter, acting_user=scene.owner, title="Exhibits", profile="eoir")
    add_items(bundle, scene.matter.items.all(), acting_user=scene.owner)
    ask_to_produce(bundle, acting_user=scene.owner)


TASKS: dict[str, Callable[[Scene], None]] = {
    "extract.read": _read,
    "extract.read_several": _read_several,
    "extract.compare": _compare,
    "extract.reread": _reread,
    "extract.prove": _prove,
    "extract.prove_matter": _prove_matter,
    "extract.index": _index,
    "extract.set": _set,
    "extract.suggest": _suggest,
    evidence.EXPORT: _export,
    evidence.IMPORT: _import,
    evidence.VERIFY: _verify,
    evidence.REHASH: _rehash,
    disposal.TASK: _erase,
    stamps.TASK: _stamp,
    open_stamps.TASK: _open_stamp,
    PRODUCE: _produce,
}


def test_every_task_has_a_line() -> None:
    registered = {name for name in jobs._tasks if not name.startswith("tests.")}
    assert registered - set(ELSEWHERE) == set(TASKS) - set(ELSEWHERE)


@pytest.mark.parametrize("name", TASKS)
def test_a_worker_is_killed_on_the_way(
    name: str, personas: Personas, matter: Matter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "GLANCE_SECONDS", 0)
    scene = Scene(matter, personas)
    with undone():
        statements, plain = undisturbed(name, scene)
    for point in sorted({1 + statements * each // POINTS for each in range(POINTS)} | {statements}):
        with undone():
            found = killed_at(point, name, scene)
            most = 2 if name in AGAIN else 1
            wrong = {
                what: (found.get(what, 0), plain.get(what, 0))
                for what in found.keys() | plain.keys()
                if not plain.get(what, 0) <= found.get(what, 0) <= most * plain.get(what, 0)
            }
            assert not wrong, f"killed at statement {point} of {statements}: got, expected: {wrong}"


def test_a_worker_is_killed_before_it_begins(personas: Personas, matter: Matter) -> None:
    with undone():
        job = asked("extract.read", Scene(matter, personas))
        assert claim("dies") == job
        falls_silent("dies")
        ended(job)


def undisturbed(name: str, scene: Scene) -> tuple[int, dict[str, int]]:
    """How many statements the work takes, and how many rows of each kind it adds."""
    job = asked(name, scene)
    before, claimed = rows(), claim("lives")
    assert claimed == job
    with counting() as counted:
        run(job_of(job))
    assert state(job) == ("done", "")
    return counted[0], added(before)


def killed_at(point: int, name: str, scene: Scene) -> dict[str, int]:
    """The worker is killed at this statement; another does the job. The rows that both added."""
    job = asked(name, scene)
    before = rows()
    claim("dies")
    with pytest.raises(Killed), counting(point):
        run(job_of(job))
    assert state(job)[0] == "running"
    falls_silent("dies")
    ended(job)
    return added(before)


def ended(job: Job) -> None:
    """Another worker takes it up and does it."""
    taken = claim("lives")
    assert taken == job
    run(job_of(job))
    assert state(job) == ("done", "")


def asked(name: str, scene: Scene) -> Job:
    """The job that ``scene`` asks for; no other waits before it."""
    TASKS[name](scene)
    Job.objects.exclude(name=name).delete()
    return Job.objects.filter(name=name).latest("created_at")


def job_of(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def state(job: Job) -> tuple[str, str]:
    found = job_of(job)
    return found.state, found.error


@contextmanager
def undone() -> Iterator[None]:
    """Nothing of it stays in the database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def counting(last: int = 0) -> Iterator[list[int]]:
    """Count statements; die at the one numbered ``last``."""
    counted = [0]

    def step(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            return execute(sql, params, many, context)
        counted[0] += 1
        if counted[0] == last:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(step):
        yield counted


KEPT = ("base.", "search.spelling", "search.indexed")


def rows() -> dict[str, int]:
    """How many rows there are of each kind, but for jobs and what the search learns of words."""
    models_ = [each for each in apps.get_models() if not each._meta.label_lower.startswith(KEPT)]
    return {each._meta.label_lower: _count(each) for each in models_}


def _count(model: type[models.Model]) -> int:
    return model._default_manager.count() if model._meta.managed else 0


def added(before: dict[str, int]) -> dict[str, int]:
    return {what: many - before[what] for what, many in rows().items() if many != before[what]}
