"""A file destroyed by two people, then verified and exported by the real program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.begun import begin
from tests.cli.conftest import Amparo

MATTER = "A. v. State"
TWO_PEOPLE = """
import os, sys
from pathlib import Path
from amparo.base import workspace
from amparo.base.web import current
from amparo.site.boot import boot

home = Path(sys.argv[1])
passphrase = Path(os.environ["AMPARO_PASSPHRASE_FILE"]).read_text().strip()
os.environ["AMPARO_HOME"] = str(home)
boot(workspace.open_with(home, passphrase))

from amparo.accounts.web.models import User
from amparo.base.web.jobs import work_once
from amparo.evidence.web.actions.disposal import decide_disposal, propose_disposal
from amparo.evidence.web.models import Item
from amparo.matters.web.actions import add_member

item = Item.objects.get(name="secret.txt")
ana = User.objects.get(username="ana")
ben = User.objects.create(username="ben", display_name="Ben", role="attorney")
add_member(item.matter, ben, "attorney", acting_user=ana)
made = propose_disposal(
    item.matter, [item], ground="order", reference="12/2026", reason="ordered", acting_user=ana
)
decide_disposal(made, approved=True, acting_user=ben)
while work_once("test"):
    pass
print(item.object.object_name)
"""


def test_what_two_people_destroyed_is_told_and_not_missing(
    amparo: Amparo, tmp_path: Path, passphrase_file: Path
) -> None:
    folder = tmp_path / "received"
    folder.mkdir()
    (folder / "secret.txt").write_text("the informant's name is Zacarías " * 3000, "utf-8")
    (folder / "letter.txt").write_text("a letter")
    begin(tmp_path)
    assert amparo("add", folder, "--matter", MATTER).returncode == 0
    assert "secret.txt" in amparo("search", "Zacarías").stdout
    home = tmp_path / "home"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "AMPARO_PASSPHRASE_FILE": str(passphrase_file),
    }
    done = subprocess.run(
        [sys.executable, "-c", TWO_PEOPLE, str(home)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    name = done.stdout.split()[-1]
    assert not (home / "objects" / name[:2] / name[2:]).exists()
    assert "secret.txt" not in amparo("search", "Zacarías").stdout
    verified = amparo("verify")
    assert verified.returncode == 0, verified.stderr
    assert "1  disposed of, as two people decided" in verified.stdout
    assert "decided by Ben" in verified.stdout
    assert "proposed by ana" in verified.stdout
    told = [json.loads(line) for line in amparo("verify", "--json").stdout.splitlines()]
    assert any(len(each.get("disposed", ())) == 1 for each in told)
    package = tmp_path / "package"
    assert amparo("export", MATTER, "--out", package).returncode == 0
    alone = subprocess.run(
        [sys.executable, "-I", package / "verify.py"], capture_output=True, text=True, check=False
    )
    said = " ".join(alone.stdout.split())
    assert alone.returncode == 0, alone.stdout
    assert "disposed of on" in said
    assert "by decision of Ben, as ana had proposed (order 12/2026: ordered)" in said
    assert json.loads((package / "case.jsonld").read_text("utf-8"))["@graph"]
