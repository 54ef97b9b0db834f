"""A small world with one thing of each kind that an address can name, and everyone around it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils import timezone

from amparo.accounts.web.models import Factor, OutsideIdentity, Provider, SavedView, User
from amparo.accounts.web.queries import OIDC
from amparo.accounts.web.strongbox import seal
from amparo.base.web import calling_out
from amparo.base.web.jobs import enqueue
from amparo.deadlines.web.actions import Said, issue_feed, set_deadline
from amparo.deadlines.web.given import Given
from amparo.evidence.intake.ingest import seal_bytes
from amparo.evidence.web.actions import sign_checkpoint
from amparo.evidence.web.actions.caring import mark_graphic
from amparo.evidence.web.actions.collecting import collect
from amparo.evidence.web.actions.disposal import propose_disposal
from amparo.evidence.web.actions.exhibits import hand_over, make_place, receive_exhibit
from amparo.evidence.web.actions.holds import place_hold
from amparo.evidence.web.actions.intake import open_intake
from amparo.evidence.web.actions.online import write_paper
from amparo.evidence.web.actions.stating import state
from amparo.evidence.web.models import Export, Item, StoredObject
from amparo.evidence.web.models.watch import Alarm, OpenStamp
from amparo.evidence.web.safes import open_safe
from amparo.evidence.web.views.adding import BROWSER
from amparo.extract.recordings.transcripts import Line
from amparo.extract.translations.pairs import Pair
from amparo.extract.web.actions import pin, read_item
from amparo.extract.web.actions.transcripts import Origin, keep_transcript
from amparo.extract.web.actions.translations import Work, keep_translation
from amparo.extract.web.models import (
    Transcript,
    Translation,
    TranslationCertificate,
    TrustedKey,
)
from amparo.extract.web.queries.translations import started
from amparo.filing.web.actions import add_items, open_bundle
from amparo.filing.web.models import (
    FormAnswer,
    OfficialForm,
    PreparedForm,
    Production,
    Volume,
)
from amparo.interviews.web.actions import Said as Answered
from amparo.interviews.web.actions import keep_answers, open_interview
from amparo.linkage.records import Linking, from_rows
from amparo.linkage.screening import Asked as AskedOnLists
from amparo.linkage.screening import Entry, Index, screen
from amparo.linkage.web.actions.conflicts import check_conflicts
from amparo.linkage.web.actions.linkages import Chosen, ask_for_linkage, keep_linkage
from amparo.linkage.web.actions.screening import (
    Found,
    ask_for_screening,
    asked_of,
    keep_screening,
)
from amparo.linkage.web.models import ConflictHit
from amparo.matters.web import actions
from amparo.matters.web.models import TeamMember
from amparo.patterns.estimate import Settings, Table
from amparo.patterns.estimate.whole import answer_whole
from amparo.patterns.web.actions import Asked, ask_for_estimate, keep_estimate
from amparo.search.web.actions.saved import save_search
from tests.extract.pdf.samples import letter
from tests.extract.recordings.films import film
from tests.extract.web.builders import item_of, safe
from tests.filing.bundle.builders import pdf

if TYPE_CHECKING:
    from amparo.extract.sandbox import Sandbox

__all__ = ["NAME", "ORIGINAL_NAME", "PSEUDONYM", "TITLE", "World", "people"]

TITLE = "Quillfeather v. State"
NAME = "Amaranta Quispe"
ORIGINAL_NAME = "أمارانتا كيسبي"
PSEUDONYM = "Witness 3"
ROLES = {
    "owner": "attorney",
    "colleague": "paralegal",
    "investigator": "investigator",
    "interpreter": "interpreter",
    "auditor": "auditor",
    "client": "client",
    "unknowing": "paralegal",
    "ended": "paralegal",
    "walled": "administrator",
    "administrator": "administrator",
    "stranger": "attorney",
}
RECORDED = (
    "play",
    "still",
    "pin-span",
    "transcript",
    "write-transcript",
    "bring-transcript",
    "transcribe",
    "take-transcript",
)
SLICES = {
    "accounts": "person",
    "deadlines": "deadline",
    "extract": "item",
    "filing": "bundle",
    "patterns": "item",
    "proofs": "item",
}
OF = {
    "accounts:remove-factor": "factor",
    "accounts:forget-view": "view",
    "search:look-at-search": "search",
    "search:forget-search": "search",
    "accounts:elsewhere": "provider",
    "accounts:connect": "provider",
    "accounts:remove-provider": "provider",
    "accounts:disconnect": "outside",
    "extract:pinpoint": "pin_pk",
    "filing:bundles": "matter",
    "filing:forms": "matter",
    "filing:form-bring": "matter",
    "filing:form-fetch": "matter",
    "filing:form": "form",
    "filing:map": "form",
    "filing:map-propose": "form",
    "filing:map-field": "form",
    "filing:map-use": "form",
    "filing:blank-page": "form",
    "filing:form-fields": "prepared",
    "filing:form-page": "prepared",
    "filing:form-file": "prepared",
    "filing:form-approve": "prepared",
    "filing:open": "matter",
    "interviews:section": "interview",
    "interviews:finish": "interview",
    "deadlines:matter": "matter",
    "deadlines:choose": "matter",
    "deadlines:new": "matter",
    "extract:beside": "matter",
    "extract:translation": "translation",
    "extract:near-matter": "matter",
    "extract:compare": "matter",
    "extract:suggestions": "matter",
    "extract:look-in-matter": "matter",
    "extract:decide-in-matter": "matter",
    "evidence:note-custody": "item",
    "evidence:item-report": "item",
    "evidence:collect": "item",
    "evidence:exhibit": "exhibit",
    "evidence:note-exhibit": "exhibit",
    "evidence:transfer": "transfer",
    "evidence:receipt": "transfer",
    "evidence:acknowledge": "transfer",
    "evidence:close-place": "place",
    "evidence:answer-alarm": "alarm",
    "evidence:open-stamp": "stamp",
    "proofs:withdraw": "key",
    "linkage:conflict": "hit",
    "linkage:linked": "linkage",
    "linkage:group": "linkage",
    "linkage:review": "linkage",
    "linkage:learn-again": "linkage",
    "linkage:linkage-stop": "linkage",
    "linkage:linkage-again": "linkage",
    "linkage:linkage-take": "linkage",
    "linkage:screened": "screening",
    "linkage:screening-hit": "screening_hit",
    "linkage:screening-memo": "screening",
    "patterns:tables": "matter",
    "patterns:finding": "table",
    "patterns:rows": "table",
    "patterns:words": "table",
    "patterns:take": "table",
    "patterns:estimated": "estimation",
    "patterns:estimate-stop": "estimation",
    "patterns:estimate-again": "estimation",
    "patterns:estimate-take": "estimation",
}
"""What the first part of an address names, where it is not the slice's own thing."""
ON_THE_TEAM = (
    "colleague",
    "investigator",
    "interpreter",
    "auditor",
    "client",
    "unknowing",
    "ended",
    "walled",
)


def people() -> dict[str, User]:
    """Everyone but nobody."""
    return {
        name: User.objects.create(username=name, display_name=name.title(), role=role)
        for name, role in ROLES.items()
    }


class World:
    """``things`` by the name that addresses give them."""

    def __init__(self, room: Sandbox) -> None:
        self.people = people()
        self.owner = self.people["owner"]
        self.owner.set_password("four unrelated words here")
        self.owner.save()
        self.matter = actions.open_matter(TITLE, acting_user=self.owner)
        self._team()
        self.things: dict[str, Any] = {"matter": self.matter.pk}
        self._of_matter()
        self._of_evidence(room)
        self._of_tables(room)
        self._of_recordings()
        self._of_custody()
        self._of_deadlines()
        self._of_interviews()
        self._of_filing()
        self._of_forms()
        self._of_estimates()
        self._of_conflicts()
        self._of_linkages()
        self._of_screening()
        self._of_accounts()
        self._seal()

    def arguments(self, view: str, names: list[str]) -> list[Any]:
        """What the address of ``view`` names: things of this world, in the order of ``names``."""
        slice_, _, name = view.partition(":")
        of = SLICES.get(slice_, "matter")
        if name in RECORDED:
            of = "film"
        of = OF.get(view, of)
        if view == "manual-page":
            return ["index"]
        forms = {
            "evidence:write-paper": "activity",
            "patterns:estimate-take": "json",
            "patterns:take": "csv",
        }
        forms["linkage:linkage-take"] = "json"
        things = {**self.things, "pk": self.things[of]}
        things["form"] = forms.get(view, "vtt")
        return [things[each] for each in names]

    def _team(self) -> None:
        for name in ON_THE_TEAM:
            user = self.people[name]
            actions.add_member(self.matter, user, user.role, acting_user=self.owner)
        over = timezone.now() - timedelta(minutes=1)
        TeamMember.objects.filter(user=self.people["ended"]).update(until=over)
        self.wall = actions.raise_wall(
            self.matter, self.people["walled"], "Knows the other side.", acting_user=self.owner
        )

    def _of_matter(self) -> None:
        self.party = actions.add_party(
            self.matter,
            acting_user=self.owner,
            name=NAME,
            original_name=ORIGINAL_NAME,
            role="witness",
        )
        task = actions.add_task(self.matter, f"Call {NAME}", acting_user=self.owner)
        actions.write_note(self.matter, f"{NAME} was at the gate.", acting_user=self.owner)
        member = TeamMember.objects.get(matter=self.matter, user=self.people["client"])
        self.things |= {
            "party_pk": self.party.pk,
            "task_pk": task.pk,
            "member_pk": member.pk,
            "wall_pk": self.wall.pk,
        }

    def _of_evidence(self, room: Sandbox) -> None:
        item = item_of(self.matter, letter(f"I, {NAME}, saw it."), f"{NAME}.pdf")
        read_item(item, room=room, safe=safe(), acting_user=self.owner)
        item.refresh_from_db()
        self.item = item
        page = item.pages.get(number=1, is_current=True)
        pinned = pin(page, start=0, end=5, note=NAME, acting_user=self.owner)
        self.stored = _stored(b"PK a package")
        collect(self.matter, [item.pk], NAME, acting_user=self.owner)
        export = Export.objects.create(
            matter=self.matter,
            by=self.owner,
            started_at=timezone.now(),
            finished_at=timezone.now(),
            files=1,
            object=self.stored,
        )
        job = enqueue("extract.read", matter_id=self.matter.pk, user_id=self.owner.pk)
        intake = open_intake(self.matter, BROWSER, acting_user=self.owner)
        self.things |= {
            "item": item.pk,
            "number": 1,
            "export_pk": export.pk,
            "intake_pk": intake.pk,
            "job_pk": job.pk,
            "pin_pk": pinned.pk,
            "collection_pk": self.matter.collections.get().pk,
            "step_pk": self.matter.sorting.get().pk,
        }

    def _of_tables(self, room: Sandbox) -> None:
        rows = f"person,act,date\n{ORIGINAL_NAME},arrest,2021-03-05\nX,arrest,2021-04\n"
        table = item_of(self.matter, rows.encode(), "acts.csv")
        read_item(table, room=room, safe=safe(), acting_user=self.owner)
        self.things |= {"table": table.pk, "method": "counts"}

    def _of_recordings(self) -> None:
        recording = item_of(self.matter, film(1), f"{NAME}.webm")
        said = [Line(0.0, 1.0, f"My name is {NAME}.")]
        origin = Origin(Transcript.Made.TYPED)
        keep_transcript(recording, said, language="en", origin=origin, acting_user=self.owner)
        key = TrustedKey.objects.create(
            kind="pgp",
            name="K",
            text="x",
            fingerprint="f",
            added_by=self.owner,
            added_at=timezone.now(),
        )
        self._of_translations()
        self.things |= {"film": recording.pk, "thousandths": 0, "key": key.pk}

    def _of_translations(self) -> None:
        pairs = [Pair(pair.passage, f"I, {NAME}") for pair in started(self.item, None)]
        work = Work("en", "es", NAME, Translation.Made.WRITTEN)
        row = keep_translation(self.item, pairs, work, acting_user=self.owner)
        certificate = TranslationCertificate.objects.create(
            translation=row,
            said={
                "kind": "plain",
                "translator": NAME,
                "source": "en",
                "target": "es",
                "documents": NAME,
            },
            object=_stored(pdf(2)),
            made_at=timezone.now(),
            made_by=self.owner,
        )
        self.things |= {"translation": row.pk, "certificate_pk": certificate.pk}

    def _of_custody(self) -> None:
        shelf = make_place("Shelf", "shelf", acting_user=self.owner)
        exhibit = receive_exhibit(
            self.matter,
            kind="phone",
            title=f"Telephone of {NAME}",
            occurred_at="2026-03~",
            condition="whole",
            storage=shelf,
            acting_user=self.owner,
        )
        transfer = hand_over(
            self.matter, [exhibit], to_name=NAME, purpose="Analysis", acting_user=self.owner
        )
        log = {"activity": "search", "where": NAME, "result": "nothing"}
        paper = write_paper(self.matter, "activity", log, acting_user=self.owner)
        disposal = propose_disposal(
            self.matter,
            [self.item],
            ground="order",
            reason=f"{NAME} asked",
            reference="1",
            acting_user=self.owner,
        )
        hold = place_hold(self.matter, reason=f"{NAME} appeals", acting_user=self.owner)
        mark = mark_graphic(
            self.matter,
            scope="item",
            value=str(self.item.pk),
            note=NAME,
            acting_user=self.owner,
        )
        alarm = Alarm(
            sha256=self.stored.sha256, what="w", got="g", expected="e", recorded_at=timezone.now()
        )
        state(alarm, acting_user=None, matter=None)
        stamp = OpenStamp.objects.create(
            checkpoint=sign_checkpoint(),
            calendar="https://calendar.example",
            proof=b"x",
            queued_at=timezone.now(),
        )
        self.things |= {
            "place": shelf.pk,
            "exhibit": exhibit.pk,
            "transfer": transfer.pk,
            "thread": paper.thread,
            "disposal_pk": disposal.pk,
            "hold_pk": hold.pk,
            "mark_pk": mark.pk,
            "alarm": alarm.pk,
            "stamp": stamp.pk,
        }

    def _of_deadlines(self) -> None:
        rule = "us.asylum.one-year"
        said = Said(note=f"{NAME} arrived")
        row = set_deadline(self.matter, Given(rule, "2025-03-14"), said, acting_user=self.owner)
        self.feed = issue_feed(acting_user=self.people["unknowing"])
        self.things |= {"deadline": row.pk, "rule": rule, "name": rule}

    def _of_interviews(self) -> None:
        interview = open_interview(self.matter, "intake", who=NAME, acting_user=self.owner)
        keep_answers(
            self.matter,
            {"applicant.name.given": Answered((NAME,))},
            interview=interview,
            acting_user=self.owner,
        )
        self.things |= {
            "interview": interview.pk,
            "questionnaire": "intake",
            "section": "person",
            "question": "applicant.name.given",
            "screen": "asylum",
        }

    def _of_filing(self) -> None:
        bundle = open_bundle(self.matter, acting_user=self.owner, title="B", profile="generic")
        add_items(bundle, [self.item], acting_user=self.owner)
        made = Production.objects.create(
            bundle=bundle, number=1, by=self.owner, asked_at=timezone.now()
        )
        volume = Volume.objects.create(
            production=made, number=1, name="v.pdf", object=self.stored, first=1, last=1
        )
        self.things |= {"bundle": bundle.pk, "production_pk": made.pk, "volume_pk": volume.pk}

    def _of_forms(self) -> None:
        blank = _stored(pdf(1))
        form = OfficialForm.objects.create(
            matter=self.matter,
            name="I-589",
            blank=blank,
            read={"fields": [], "questions": []},
            made_by=self.owner,
            made_at=timezone.now(),
        )
        FormAnswer.objects.create(
            matter=self.matter,
            question="applicant.name",
            values=[NAME],
            changed_by=self.owner,
            changed_at=timezone.now(),
        )
        prepared = PreparedForm.objects.create(
            form=form,
            number=1,
            object=blank,
            facts={"fields": [], "checks": {}, "problems": []},
            by=self.owner,
            at=timezone.now(),
        )
        self.things |= {"form": form.pk, "prepared": prepared.pk}

    def _of_estimates(self) -> None:
        item = Item.objects.get(pk=self.things["item"])
        asked = ask_for_estimate(item, Asked(["a", "b"], group=NAME), acting_user=self.owner)
        apart = Table(("a", "b"), {1: 30, 2: 30})
        made = answer_whole(apart, Settings(), on_step=lambda *_: None)
        keep_estimate(asked, made, acting_user=self.owner)
        self.things["estimation"] = asked.pk

    def _of_linkages(self) -> None:
        """The sealed name twice in a table, linked."""
        item = Item.objects.get(pk=self.things["item"])
        chosen = [Chosen(item, "", str(item), {"name": "name"})]
        asked = ask_for_linkage(self.matter, chosen, acting_user=self.owner)
        lines = [[NAME], [NAME], ["Ana Lima"], ["Omar Haddad"], ["Li Wei"]]
        linking = Linking([from_rows("people", ("name",), lines)])
        model = linking.learn()
        result = linking.run(model, labels={(0, 1): True})
        places = [{"rows": [2, 3, 4, 5, 6], "pages": [1] * 5}]
        keep_linkage(asked, linking, model, result, places, acting_user=self.owner)
        self.things["linkage"] = asked.pk

    def _of_conflicts(self) -> None:
        """A hit that only the owner may see whole: it lies in another matter of theirs."""
        other = actions.open_matter("Another matter", acting_user=self.owner)
        actions.add_party(other, acting_user=self.owner, name="Ignatius Farrow", role="other")
        check_conflicts(self.matter, ["Farrow, Ignatius"], acting_user=self.owner)
        self.things["hit"] = ConflictHit.objects.get().pk

    def _of_screening(self) -> None:
        """A name of the matter that may stand on a list."""
        entry = Entry("1", NAME)
        who = asked_of(NAME, party=str(self.party.pk))
        made = ask_for_screening(self.matter, [who], [self.item], acting_user=self.owner)
        listed = {**made.lists[0], "title": "A list", "format": "csv", "entries": 1}
        listed |= {"remarks": [], "failed": ""}
        found = [Found(0, 0, hit, None) for hit in screen(AskedOnLists(NAME), Index([entry])).hits]
        keep_screening(made, [who], [listed], found, stakes=[], cut=[], acting_user=self.owner)
        self.things |= {"screening": made.pk, "screening_hit": made.hits.get().pk}

    def _of_accounts(self) -> None:
        view = SavedView.objects.create(user=self.owner, place="/matters/", title="V", query="q=x")
        search = save_search(NAME, urlencode({"q": NAME}), acting_user=self.owner)
        factor = Factor.objects.create(
            user=self.owner,
            kind=Factor.Kind.APP,
            name="App",
            sealed=seal(b"a secret of no app", "authenticator app"),
            made_at=timezone.now(),
        )
        provider = Provider.objects.create(
            title="Office",
            issuer="https://login.example",
            client_id="a",
            asks_at="https://l.example",
        )
        calling_out.switch(OIDC, is_on=True, addresses=[provider.issuer], changed_by=self.owner.pk)
        outside = OutsideIdentity.objects.create(
            user=self.owner,
            issuer="https://other.example",
            subject="1",
            connected_at=timezone.now(),
        )
        self.things |= {
            "person": self.people["colleague"].pk,
            "view": view.pk,
            "search": search.pk,
            "factor": factor.pk,
            "token": self.feed,
            "provider": provider.pk,
            "outside": outside.pk,
        }

    def _seal(self) -> None:
        knowing = ("colleague", "investigator", "interpreter", "auditor", "client")
        actions.seal_party(
            self.party,
            PSEUDONYM,
            acting_user=self.owner,
            spellings=["Amaranta", "Quispe"],
            known_to=[self.people[name] for name in knowing],
        )


def _stored(data: bytes) -> StoredObject:
    sealed = seal_bytes(data, open_safe(), name="x")
    row, _ = StoredObject.objects.get_or_create(
        sha256=sealed.sha256,
        defaults={
            "blake3": sealed.blake3,
            "size": sealed.size,
            "object_name": sealed.object_name,
            "media_type": sealed.media_type,
            "sealed_at": timezone.now(),
        },
    )
    return row
