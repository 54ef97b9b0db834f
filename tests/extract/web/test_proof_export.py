"""What was found of proofs leaves with a package, and the sealing entry commits to it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from amparo.base.canonical import dumps
from amparo.base.errors import VerificationError
from amparo.evidence.packages import manifests, package
from amparo.evidence.verifier.verify import MANIFEST, TAG_MANIFEST
from amparo.evidence.web.actions.packages import export_to_folder
from amparo.evidence.web.models import Item
from amparo.extract.sandbox import Sandbox
from amparo.extract.web.actions.take_in import Readers
from tests.extract.web.builders import safe
from tests.extract.web.test_proofs import SHA, bring, bundle
from tests.personas import Personas

if TYPE_CHECKING:
    from amparo.matters.web.models import Matter


@pytest.fixture
def exported(matter: Matter, tmp_path: Path, personas: Personas, room: Sandbox) -> Path:
    readers = Readers(room, safe(), personas.owner, at_once=0, recognise=False)
    bring(matter, tmp_path / "in", {**bundle(), "words.txt": b"nothing to say"}, readers)
    target = tmp_path / "package"
    export_to_folder(matter, target, acting_user=personas.owner, purpose="the court")
    return target


@pytest.mark.django_db
def test_the_paper_names_each_file_with_what_was_found(exported: Path) -> None:
    paper = json.loads((exported / "field-proofs.json").read_text("utf-8"))
    item = Item.objects.get(object_id=SHA)
    (said,) = [each for each in paper["items"] if each["id"] == str(item.pk)]
    assert (exported / said["file"]).read_bytes()[:2] == b"\xff\xd8"
    assert {each["kind"] for each in said["findings"]} == {"proofmode", "pgp"}
    digest = hashlib.sha256(dumps(said["findings"])).hexdigest()
    assert said["findings_sha256"] == digest == item.proof_checks.get().sha256
    assert "the clock was set to +02:00" in json.dumps(said["compared"])
    names = {each["file"] for each in paper["items"]}
    assert not any("words.txt" in name for name in names)


@pytest.mark.django_db
def test_a_paper_changed_after_the_seal_is_found(exported: Path) -> None:
    package.check(exported)
    paper = exported / "field-proofs.json"
    changed = paper.read_bytes().replace(b'"verdict": "unknown"', b'"verdict": "holds"')
    assert changed != paper.read_bytes()
    paper.write_bytes(changed)
    tags = {
        str(path.relative_to(exported)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in exported.rglob("*")
        if path.is_file() and "data" not in path.parts and path.name != TAG_MANIFEST
    }
    assert MANIFEST in tags
    (exported / TAG_MANIFEST).write_bytes(manifests.manifest(tags))
    with pytest.raises(VerificationError, match=r"field-proofs\.json"):
        package.check(exported)
