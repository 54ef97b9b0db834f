"""The sample matter in a workspace, put there by the same actions as a person's clicks."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from uuid import UUID

from django.db import transaction

from amparo.accounts.roles import Role
from amparo.accounts.web.actions import create_first_user, create_user, set_password
from amparo.accounts.web.models import User
from amparo.base.errors import UsageError
from amparo.deadlines.clocks import Stop
from amparo.deadlines.web.actions import Said as DeadlineWords
from amparo.deadlines.web.actions import end_deadline, set_deadline, stop_clock
from amparo.deadlines.web.given import Given
from amparo.deadlines.web.models import Deadline
from amparo.evidence.web.actions.intake import Provenance
from amparo.evidence.web.actions.tagging import date_item, retitle, tag_items
from amparo.evidence.web.models import Acquisition, Intake, Item
from amparo.evidence.web.safes import open_safe
from amparo.extract.web.actions import Readers, take_in
from amparo.extract.web.actions.indexing import index
from amparo.extract.web.actions.pinpoints import pin
from amparo.extract.web.models import Pinpoint
from amparo.extract.web.room import reading_room
from amparo.filing.web.actions import ExhibitWords, add_items, open_bundle, set_exhibits
from amparo.filing.web.models import Bundle
from amparo.linkage.web.actions.linkages import Chosen, ask_for_linkage
from amparo.linkage.web.models import Linkage
from amparo.matters.web.actions import (
    add_member,
    add_party,
    add_task,
    finish_task,
    open_matter,
    write_note,
)
from amparo.matters.web.models import Matter
from amparo.patterns.web.actions import Asked, ask_for_estimate
from amparo.patterns.web.models import Estimation
from amparo.site.sample import linked
from amparo.site.sample.generation import generate
from amparo.site.sample.interviews import hold_interviews
from amparo.site.sample.plan import Delivery, SampleMatter, plan

__all__ = ["Builder", "OnStep", "refuse_real_work"]

OnStep = Callable[[str, int, int], None]
"""Hears what is being done, how far it is and of how many."""


def refuse_real_work() -> None:
    """UsageError if the open workspace holds any matter but the sample."""
    other = Matter.objects.exclude(number=plan().matter.number).first()
    if other is not None:
        raise UsageError(
            "This workspace holds real matters; the sample is not mixed into it.",
            next_step="Name another folder: amparo --home FOLDER demo",
        )


@dataclass
class Builder:
    """Builds the sample in the open workspace; what is there already is left as it is.

    ``papers`` is a folder for the generated files, always the same for one workspace, so that an
    interrupted intake goes on; it is removed in the end. ``password`` is given to everyone who is
    made; with None they sign in by links.
    """

    papers: Path
    password: str | None
    on_step: OnStep = lambda _what, _done, _of: None
    sample: SampleMatter = field(default_factory=plan)
    at_once: int = 2
    people: dict[str, User] = field(default_factory=dict)

    def build(self) -> Matter:
        """Make the people, the matter and all that belongs to it, and take the files in."""
        self._people()
        matter = self._matter()
        self._records(matter)
        self._files(matter)
        self._words_on_files(matter)
        self._interviews(matter)
        self._deadlines(matter)
        self._exhibits(matter)
        self._estimate(matter)
        self._linkage(matter)
        return matter

    def _people(self) -> None:
        owner = self.sample.team[0]
        administrator = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).first()
        if administrator is None:
            administrator = create_first_user(owner.username, owner.name)
            if self.password:
                set_password(administrator, self.password, acting_user=administrator)
        known = {user.username: user for user in User.objects.all()}
        for person in self.sample.team:
            if person.username not in known:
                known[person.username] = create_user(
                    person.username,
                    display_name=person.name,
                    role=person.role,
                    password=self.password,
                    language=person.language,
                    acting_user=administrator,
                )
        self.people = known

    def _matter(self) -> Matter:
        facts = self.sample.matter
        opener = self._first("attorney")
        matter = Matter.objects.filter(number=facts.number).first()
        if matter is None:
            matter = open_matter(
                facts.title,
                number=facts.number,
                kind=facts.kind,
                forum=facts.forum,
                reference=facts.reference,
                summary=facts.summary,
                acting_user=opener,
            )
        for person in self.sample.team:
            if not matter.team.filter(user=self.people[person.username]).exists():
                add_member(matter, self.people[person.username], person.role, acting_user=opener)
        return matter

    def _records(self, matter: Matter) -> None:
        """Parties, tasks and notes, each once."""
        attorney = self._first("attorney")
        for party in self.sample.parties:
            if not matter.parties.filter(name=party.name).exists():
                add_party(matter, acting_user=attorney, **asdict(party))
        for task in self.sample.tasks:
            if matter.tasks.filter(title=task.title).exists():
                continue
            assignee = self.people[task.assignee]
            made = add_task(
                matter, task.title, assignee=assignee, due=task.due, acting_user=attorney
            )
            if task.done:
                finish_task(made, acting_user=assignee)
        for note in self.sample.notes:
            if not matter.notes.filter(text=note.text).exists():
                write_note(matter, note.text, acting_user=self.people[note.author])

    def _files(self, matter: Matter) -> None:
        """One intake for each delivery, so that each file says from whom it came."""
        deliveries = _by_delivery(self.sample)
        if all(self._is_in(matter, place) for place in self._places(deliveries)):
            return
        self.on_step("Making the sample's papers", 0, len(self.sample.files))
        _lay_out(self.sample, deliveries, self.papers)
        try:
            done = 0
            for delivery, place in zip(deliveries, self._places(deliveries), strict=True):
                for outcome in self._take_in(matter, delivery, place):
                    done += 1
                    self.on_step(outcome, done, len(self.sample.files))
        finally:
            shutil.rmtree(self.papers, ignore_errors=True)

    def _words_on_files(self, matter: Matter) -> None:
        """Titles, dates and tags, as the paralegal gives them."""
        paralegal = self._first("paralegal")
        tagged: dict[str, list[UUID]] = {}
        for file in self.sample.files:
            item = _item(matter, file.path)
            if file.title and (item.title, item.dated) != (file.title, file.dated or item.dated):
                retitle(item, file.title, acting_user=paralegal)
                date_item(item, file.dated or item.dated, acting_user=paralegal)
                index(item)
            for tag in file.tags:
                tagged.setdefault(tag, []).append(item.pk)
        for tag, items in tagged.items():
            tag_items(matter, items, tag, acting_user=paralegal)

    def _interviews(self, matter: Matter) -> None:
        """The client's answers, with the passages of papers that say the same."""
        attorney = self._first("attorney")
        held = {file.path for file in self.sample.files}

        def passage(path: str, quote: str) -> Pinpoint | None:
            return _passage(_item(matter, path), quote, attorney) if path in held else None

        hold_interviews(
            matter, paralegal=self._first("paralegal"), attorney=attorney, passage=passage
        )

    def _deadlines(self, matter: Matter) -> None:
        """Each deadline with the passage that says its trigger, and how it was met."""
        attorney = self._first("attorney")
        for facts in self.sample.deadlines:
            if matter.deadlines.filter(rule=facts.rule).exists():
                continue
            with transaction.atomic():
                said = DeadlineWords(
                    title=facts.title,
                    pinpoint=_passage(_item(matter, facts.at), facts.quote, attorney),
                    responsible=self.people[facts.responsible],
                )
                row = set_deadline(
                    matter, Given(facts.rule, facts.trigger), said, acting_user=attorney
                )
                for first, last, reason in facts.stops:
                    stop_clock(row, Stop(first, last, reason), acting_user=attorney)
                if facts.done:
                    end_deadline(row, Deadline.Status.DONE, facts.done, acting_user=attorney)

    def _exhibits(self, matter: Matter) -> None:
        """The bundle, its exhibits in order, ready to be produced."""
        facts, paralegal = self.sample.bundle, self._first("paralegal")
        if Bundle.objects.filter(matter=matter, title=facts.title).exists():
            return
        with transaction.atomic():
            bundle = open_bundle(
                matter,
                title=facts.title,
                profile=facts.profile,
                fields=facts.fields,
                acting_user=paralegal,
            )
            items = [_item(matter, exhibit.path) for exhibit in self.sample.exhibits]
            rows = add_items(bundle, items, acting_user=paralegal)
            said = {
                row.pk: ExhibitWords(exhibit.tab, exhibit.description, exhibit.date)
                for row, exhibit in zip(rows, self.sample.exhibits, strict=True)
            }
            set_exhibits(bundle, said, acting_user=paralegal)

    def _estimate(self, matter: Matter) -> None:
        """How many were never documented, asked of the linked list; a worker will make it."""
        if all(file.path != linked.PATH for file in self.sample.files):
            return
        item = _item(matter, linked.PATH)
        if not Estimation.objects.filter(item=item).exists():
            asked = Asked(linked.LISTS, group=linked.GROUP)
            ask_for_estimate(item, asked, acting_user=self._first("investigator"))

    def _linkage(self, matter: Matter) -> None:
        """The three sources, asked to be linked; a worker will link them."""
        there = {file.path for file in self.sample.files}
        if not set(linked.SOURCES) <= there or Linkage.objects.filter(matter=matter).exists():
            return
        found = [(_item(matter, path), roles) for path, roles in linked.SOURCES.items()]
        chosen = [Chosen(item, "", str(item), roles) for item, roles in found]
        ask_for_linkage(matter, chosen, acting_user=self._first("investigator"))

    def _take_in(self, matter: Matter, delivery: Delivery, place: Path) -> Iterator[str]:
        if self._is_in(matter, place):
            return
        readers = Readers(
            room=reading_room(),
            safe=open_safe(),
            acting_user=self._first("paralegal"),
            at_once=self.at_once,
        )
        facts = {name: value for name, value in asdict(delivery).items() if name != "name"}
        provenance = Provenance(**facts)
        for outcome in take_in(matter, place, readers=readers, provenance=provenance):
            yield outcome.path

    def _places(self, deliveries: Mapping[Delivery, list[str]]) -> list[Path]:
        return [self.papers / delivery.name for delivery in deliveries]

    def _is_in(self, matter: Matter, place: Path) -> bool:
        whole = Intake.objects.filter(matter=matter, finished_at__isnull=False)
        return whole.filter(root=str(place.resolve())).exists()

    def _first(self, role: str) -> User:
        return next(self.people[one.username] for one in self.sample.team if one.role == role)


def _item(matter: Matter, path: str) -> Item:
    """The item that was received under this path; a duplicate is the item that it repeats."""
    came = Acquisition.objects.filter(item__matter=matter, item__parent=None, path=path)
    return came.select_related("item").get().item


def _passage(item: Item, quote: str, person: User) -> Pinpoint | None:
    """The first place in a file that has these words; None where it was not read."""
    for page in item.pages.filter(is_current=True).order_by("number"):
        start = page.text.find(quote)
        if start >= 0:
            return pin(page, start=start, end=start + len(quote), acting_user=person)
    return None


def _by_delivery(sample: SampleMatter) -> dict[Delivery, list[str]]:
    """The paths of each delivery, in the order of the plan."""
    found: dict[Delivery, list[str]] = {}
    for file in sample.files:
        found.setdefault(file.delivery, []).append(file.path)
    return found


def _lay_out(sample: SampleMatter, deliveries: Mapping[Delivery, list[str]], papers: Path) -> None:
    """Make the files and put those of each delivery into a folder of their own."""
    papers.mkdir(mode=0o700, parents=True, exist_ok=True)
    generate(papers / "all", sample=sample)
    for delivery, paths in deliveries.items():
        for path in paths:
            place = papers / delivery.name / path
            place.parent.mkdir(parents=True, exist_ok=True)
            (papers / "all" / path).replace(place)
