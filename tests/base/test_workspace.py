import os
from pathlib import Path

import pytest

from amparo.base import files, workspace
from amparo.base.errors import (
    NoWorkspace,
    StorageError,
    TooManyAttempts,
    UsageError,
    WorkspaceError,
    WrongPassphrase,
)
from amparo.base.keys import CHEAP
from amparo.base.workspace import Workspace


@pytest.fixture
def made(tmp_path: Path) -> tuple[Workspace, str]:
    return workspace.create(tmp_path / "home", "correct horse", params=CHEAP)


def test_what_is_made_can_be_opened(made: tuple[Workspace, str]) -> None:
    new, code = made
    assert workspace.open_with(new.home, "correct horse") == new
    assert workspace.open_with_recovery(new.home, code) == new


def test_all_of_it_is_private(made: tuple[Workspace, str]) -> None:
    home = made[0].home
    modes = {path.name: path.stat().st_mode & 0o777 for path in [home, *home.iterdir()]}
    assert modes == {"home": 0o700, "objects": 0o700, "backups": 0o700, "amparo.toml": 0o600}


def test_the_file_in_clear_holds_no_secret(made: tuple[Workspace, str]) -> None:
    new, code = made
    text = (new.home / "amparo.toml").read_text()
    for secret in ("correct", "horse", code, *code.split("-"), new.keyring.data_key.hex()):
        assert secret not in text
    assert "keyring" not in repr(new).lower()


def test_a_second_one_in_the_same_folder_is_refused(made: tuple[Workspace, str]) -> None:
    with pytest.raises(UsageError, match="already"):
        workspace.create(made[0].home, "x", params=CHEAP)
    assert workspace.open_with(made[0].home, "correct horse") == made[0]


def test_two_that_start_together_leave_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_new = files.write_new

    def overtaken(path: Path, data: bytes) -> None:
        monkeypatch.setattr(files, "write_new", write_new)
        workspace.create(tmp_path, "first", params=CHEAP)
        write_new(path, data)

    monkeypatch.setattr(files, "write_new", overtaken)
    with pytest.raises(UsageError, match="already"):
        workspace.create(tmp_path, "second", params=CHEAP)
    workspace.open_with(tmp_path, "first")


def test_a_half_made_one_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "objects").mkdir()
    (tmp_path / ".amparo.toml.0011").write_bytes(b"half")
    new, _ = workspace.create(tmp_path, "correct horse", params=CHEAP)
    assert workspace.open_with(tmp_path, "correct horse") == new


def test_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspace) as caught:
        workspace.open_with(tmp_path / "none", "x")
    assert caught.value.next_step.endswith("init")


@pytest.mark.parametrize("left", ["amparo.db", "objects/ab"])
def test_data_without_its_key_file_is_said_and_not_overwritten(tmp_path: Path, left: str) -> None:
    (tmp_path / left).parent.mkdir(exist_ok=True)
    (tmp_path / left).write_bytes(b"x")
    with pytest.raises(WorkspaceError, match="missing"):
        workspace.open_with(tmp_path, "x")
    with pytest.raises(WorkspaceError, match="missing"):
        workspace.create(tmp_path, "x", params=CHEAP)


def test_a_home_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "home").write_bytes(b"")
    with pytest.raises(StorageError):
        workspace.create(tmp_path / "home", "x", params=CHEAP)
    with pytest.raises(NoWorkspace):
        workspace.open_with(tmp_path / "home", "x")


def test_every_changed_byte_of_the_key_file_is_noticed(made: tuple[Workspace, str]) -> None:
    path = made[0].home / "amparo.toml"
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(WorkspaceError) as caught:
            workspace.open_with(made[0].home, "correct horse")
        assert caught.type is WorkspaceError, f"byte {at} passed for a wrong passphrase"
        assert caught.value.next_step


def test_a_cut_key_file_is_noticed(made: tuple[Workspace, str]) -> None:
    path = made[0].home / "amparo.toml"
    whole = path.read_bytes().rstrip()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        with pytest.raises(WorkspaceError, match="damaged"):
            workspace.open_with(made[0].home, "correct horse")


def test_a_newer_version_is_named(made: tuple[Workspace, str]) -> None:
    path = made[0].home / "amparo.toml"
    path.write_text(path.read_text().replace("version = 1", "version = 2"))
    with pytest.raises(WorkspaceError, match="version 2") as caught:
        workspace.open_with(made[0].home, "correct horse")
    assert "newer" in caught.value.next_step


def test_a_new_passphrase_keeps_the_keys_and_the_code(made: tuple[Workspace, str]) -> None:
    new, code = made
    workspace.change_passphrase(new, "battery staple", params=CHEAP)
    assert workspace.open_with(new.home, "battery staple") == new
    assert workspace.open_with_recovery(new.home, code) == new
    with pytest.raises(WrongPassphrase):
        workspace.open_with(new.home, "correct horse")


def test_a_new_recovery_code_ends_the_old_one(made: tuple[Workspace, str]) -> None:
    new, code = made
    fresh = workspace.replace_recovery_code(new)
    assert workspace.open_with_recovery(new.home, fresh) == new
    with pytest.raises(WrongPassphrase):
        workspace.open_with_recovery(new.home, code)


def test_wrong_passphrases_make_one_wait_even_after_a_restart(
    made: tuple[Workspace, str],
) -> None:
    new, code = made
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            workspace.open_with(new.home, "guess", clock=lambda: 100)
    with pytest.raises(TooManyAttempts) as caught:
        workspace.open_with(new.home, "correct horse", clock=lambda: 101)
    assert caught.value.wait_seconds == 1
    assert workspace.open_with_recovery(new.home, code) == new
    assert workspace.open_with(new.home, "correct horse", clock=lambda: 103) == new


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_key_file_is_said(made: tuple[Workspace, str]) -> None:
    (made[0].home / "amparo.toml").chmod(0)
    with pytest.raises(WorkspaceError, match="Cannot read"):
        workspace.open_with(made[0].home, "correct horse")
