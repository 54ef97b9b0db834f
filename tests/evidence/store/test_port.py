import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import FileIO
from pathlib import Path
from uuid import uuid4

import obstore
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from obstore.store import MemoryStore

from amparo.base import files
from amparo.base.errors import ObjectMissing, StorageError, StorageFull
from amparo.evidence.store import ObjectStore, is_object_name, object_name, place_of, remote
from amparo.evidence.store.local import LocalStore
from amparo.evidence.store.remote import RemoteStore
from tests.servers import S3, CannotRun, start_s3

NAME = "ab" + "cd" * 31
OTHER = "ab" + "ce" * 31


def put(store: ObjectStore, name: str, data: bytes) -> bool:
    with store.draft() as draft:
        draft.write(data)
        return draft.keep(name)


def get(store: ObjectStore, name: str) -> bytes:
    with store.open(name) as file:
        return file.read()


def files_in(root: Path) -> set[str]:
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}


@pytest.fixture(params=["unnamed", "named"])
def local(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> LocalStore:
    """A store in a folder, where drafts need no name and where they do."""
    if request.param == "named":
        return named_drafts(tmp_path, monkeypatch)
    return LocalStore(tmp_path)


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LocalStore:
    return named_drafts(tmp_path, monkeypatch)


def named_drafts(root: Path, monkeypatch: pytest.MonkeyPatch) -> LocalStore:
    monkeypatch.setattr(files, "open_unnamed", lambda *_: None)
    monkeypatch.setattr(files, "flush_all", lambda _: False)
    return LocalStore(root)


@pytest.fixture(scope="module")
def s3() -> Iterator[S3]:
    try:
        server = start_s3()
    except CannotRun as reason:
        pytest.skip(f"no S3 server: {reason}")
    yield server
    server.stop()


@pytest.fixture(params=["local", "named", "remote", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "s3":
        server: S3 = request.getfixturevalue("s3")
        return RemoteStore(server.bucket(uuid4().hex))
    if request.param == "named":
        named: LocalStore = request.getfixturevalue("named")
        return named
    return LocalStore(tmp_path) if request.param == "local" else RemoteStore(MemoryStore())


def test_what_is_kept_is_there(store: ObjectStore) -> None:
    assert put(store, NAME, b"sealed")
    assert store.exists(NAME)
    assert get(store, NAME) == b"sealed"
    assert list(store.names()) == [NAME]


def test_a_name_is_written_once(store: ObjectStore) -> None:
    assert put(store, NAME, b"first")
    assert not put(store, NAME, b"second")
    assert get(store, NAME) == b"first"


def test_several_are_kept_together(store: ObjectStore) -> None:
    put(store, NAME, b"was there")
    with ExitStack() as stack:
        drafts = [stack.enter_context(store.draft()) for _ in range(4)]
        for number, draft in enumerate(drafts):
            draft.write(b"%d" % number)
        names = [NAME, OTHER, OTHER, "00" * 32]
        kept = store.keep_together(list(zip(drafts, names, strict=True)))
    assert kept == [False, True, False, True]
    assert {name: get(store, name) for name in store.names()} == {
        NAME: b"was there",
        OTHER: b"1",
        "00" * 32: b"3",
    }


def test_nothing_is_kept_together(store: ObjectStore) -> None:
    assert store.keep_together([]) == []


def test_any_range_can_be_read(store: ObjectStore) -> None:
    put(store, NAME, bytes(range(100)))
    with store.open(NAME) as file:
        assert file.seek(0, os.SEEK_END) == 100
        assert file.seek(90) == 90
        assert file.read(5) == bytes(range(90, 95))
        assert file.read(50) == bytes(range(95, 100))
        assert file.read(1) == b""


def test_an_object_without_bytes_is_one(store: ObjectStore) -> None:
    put(store, NAME, b"")
    assert get(store, NAME) == b""


@pytest.mark.parametrize("beginning", [4, 10, 11])
def test_what_lies_behind_the_beginning_is_read_too(
    store: ObjectStore, monkeypatch: pytest.MonkeyPatch, beginning: int
) -> None:
    monkeypatch.setattr(remote, "_BEGINNING", beginning)
    put(store, NAME, bytes(range(10)))
    with store.open(NAME) as file:
        assert file.read(3) == bytes(range(3))
        assert file.read(4) == bytes(range(3, 7))
        assert file.read(9) == bytes(range(7, 10))
        assert file.seek(1) == 1
        assert file.read(20) == bytes(range(1, 10))


def test_a_small_object_comes_whole_at_one_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def counted(name: str) -> Callable[..., object]:
        real = getattr(obstore, name)

        def ask(*given: object, **more: object) -> object:
            asked.append(name)
            return real(*given, **more)

        return ask

    store = RemoteStore(MemoryStore())
    put(store, NAME, b"sealed")
    for name in ("get", "get_range", "head"):
        monkeypatch.setattr(obstore, name, counted(name))
    with store.open(NAME) as file:
        assert (file.read(3), file.seek(0), file.read()) == (b"sea", 0, b"sealed")
    assert asked == ["get"]


def test_what_is_not_kept_is_nowhere(store: ObjectStore, tmp_path: Path) -> None:
    with store.draft() as draft:
        draft.write(b"half")
    assert list(store.names()) == []
    assert files_in(tmp_path) == set()


def test_what_is_erased_is_gone(store: ObjectStore) -> None:
    put(store, NAME, b"x")
    put(store, OTHER, b"y")
    store.delete(NAME)
    assert not store.exists(NAME)
    assert list(store.names()) == [OTHER]
    assert put(store, NAME, b"again")


@pytest.mark.parametrize("ask", [ObjectStore.open, ObjectStore.delete])
def test_a_missing_object_is_named(
    store: ObjectStore, ask: Callable[[ObjectStore, str], object]
) -> None:
    with pytest.raises(ObjectMissing, match=NAME[:12]) as caught:
        getattr(store, ask.__name__)(NAME)
    assert caught.value.next_step


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", NAME.upper(), NAME + "0", "ab/" + "c" * 61]
)
def test_only_digests_become_places(store: ObjectStore, name: str) -> None:
    assert not is_object_name(name)
    with pytest.raises(ValueError):
        store.exists(name)
    with pytest.raises(ValueError), store.draft() as draft:
        draft.keep(name)


def test_large_objects_go_to_a_bucket_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("amparo.evidence.store.remote._AT_ONCE", 10)
    store = RemoteStore(MemoryStore())
    data = os.urandom(100_000)
    assert put(store, NAME, data)
    assert not put(store, NAME, data)
    assert get(store, NAME) == data


def test_the_name_tells_nothing_without_the_key() -> None:
    digest = "e3" * 32
    assert object_name(b"k" * 32, digest) == object_name(b"k" * 32, digest)
    assert object_name(b"k" * 32, digest) != object_name(b"l" * 32, digest)
    assert is_object_name(object_name(b"k" * 32, digest))


def test_objects_lie_private_and_read_only(local: LocalStore, tmp_path: Path) -> None:
    put(local, NAME, b"x")
    path = tmp_path / place_of(NAME)
    assert path.stat().st_mode & 0o777 == 0o400
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert files_in(tmp_path) == {place_of(NAME)}


def test_strange_files_are_no_objects(local: LocalStore, tmp_path: Path) -> None:
    put(local, NAME, b"x")
    (tmp_path / "ab" / "notes.txt").write_text("")
    (tmp_path / "README").write_text("")
    assert list(local.names()) == [NAME]


def test_drafts_under_way_survive_a_sweep_and_leftovers_do_not(
    named: LocalStore, tmp_path: Path
) -> None:
    local = named
    with local.draft() as draft:
        draft.write(b"x")
        (tmp_path / "drafts" / "left").write_bytes(b"half")
        assert local.sweep() == 1
        assert draft.keep(NAME)
    assert local.sweep() == 0
    assert files_in(tmp_path) == {place_of(NAME)}


def test_a_draft_that_a_sweep_takes_before_it_is_locked_is_made_again(
    named: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    local = named
    lock = files.lock

    def late(file: FileIO, *, wait: bool = True) -> bool:
        monkeypatch.setattr(files, "lock", lock)
        assert local.sweep() == 1
        return lock(file, wait=wait)

    monkeypatch.setattr(files, "lock", late)
    assert put(local, NAME, b"x")
    assert get(local, NAME) == b"x"


@pytest.mark.parametrize("has_name", [True, False])
def test_a_killed_writer_leaves_nothing_that_is_seen(tmp_path: Path, *, has_name: bool) -> None:
    local = LocalStore(tmp_path)
    program = """
import sys, time
from pathlib import Path
from amparo.base import files
from amparo.evidence.store.local import LocalStore
if sys.argv[2] == "named":
    files.open_unnamed = lambda *_: None
with LocalStore(Path(sys.argv[1])).draft() as draft:
    draft.write(b"half")
    print("written", flush=True)
    time.sleep(60)
"""
    kind = "named" if has_name else "unnamed"
    with subprocess.Popen([sys.executable, "-c", program, tmp_path, kind], stdout=-1) as writer:
        assert writer.stdout
        assert writer.stdout.readline() == b"written\n"
        assert local.sweep() == 0
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    assert list(local.names()) == []
    assert local.sweep() == has_name
    assert files_in(tmp_path) == set()


@pytest.mark.parametrize(
    ("code", "kind"),
    [(errno.ENOSPC, StorageFull), (errno.EDQUOT, StorageFull), (errno.EIO, StorageError)],
)
@pytest.mark.parametrize("at", ["write", "fsync", "link"])
def test_a_failing_disk_is_said_and_leaves_nothing(
    local: LocalStore,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    at: str,
    code: int,
    kind: type[StorageError],
) -> None:
    class FullDisk(FileIO):
        def write(self, block: object, /) -> int:
            raise OSError(code, os.strerror(code))

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    if at == "write":
        monkeypatch.setattr("amparo.evidence.store.local.FileIO", FullDisk)
    else:
        monkeypatch.setattr(os, at, fail)
    with pytest.raises(kind) as caught:
        put(local, NAME, b"x")
    assert type(caught.value) is kind
    assert caught.value.next_step
    assert files_in(tmp_path) == set()


@pytest.mark.parametrize("at", ["flush_all", "put_unnamed"])
def test_a_disk_that_fails_while_several_are_kept_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    store = LocalStore(tmp_path)
    monkeypatch.setattr(files, at, fail)
    with store.draft() as draft:
        draft.write(b"x")
        with pytest.raises(StorageError):
            store.keep_together([(draft, NAME)])
    assert files_in(tmp_path) == set()


def test_a_disk_that_takes_little_at_a_time_gets_all(
    local: LocalStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Sip(FileIO):
        def write(self, block: memoryview, /) -> int:  # type: ignore[override]
            return super().write(block[:3])

    monkeypatch.setattr("amparo.evidence.store.local.FileIO", Sip)
    put(local, NAME, b"0123456789")
    assert get(local, NAME) == b"0123456789"


class AnyOrder(RuleBasedStateMachine):
    """Whatever is done in whatever order, a store is a create-only dictionary."""

    names = st.sampled_from([NAME, OTHER, "00" * 32])

    def __init__(self) -> None:
        super().__init__()
        self.store: ObjectStore = self.new_store()
        self.model: dict[str, bytes] = {}

    def new_store(self) -> ObjectStore:
        return RemoteStore(MemoryStore())

    @rule(name=names, data=st.binary(max_size=20))
    def put(self, name: str, data: bytes) -> None:
        assert put(self.store, name, data) == (name not in self.model)
        self.model.setdefault(name, data)

    @rule(data=st.binary(max_size=20))
    def abandon(self, data: bytes) -> None:
        with self.store.draft() as draft:
            draft.write(data)

    @rule(name=names)
    def delete(self, name: str) -> None:
        if name in self.model:
            self.store.delete(name)
            del self.model[name]
        else:
            with pytest.raises(ObjectMissing):
                self.store.delete(name)

    @rule()
    def sweep(self) -> None:
        assert self.store.sweep() == 0

    @invariant()
    def agrees(self) -> None:
        assert {name: get(self.store, name) for name in self.store.names()} == self.model


class AnyOrderInAFolder(AnyOrder):
    def new_store(self) -> ObjectStore:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        return LocalStore(Path(self.folder.name))

    def teardown(self) -> None:
        self.folder.cleanup()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrderInAFolder = AnyOrderInAFolder.TestCase
TestAnyOrder.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestAnyOrderInAFolder.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)


def test_no_room_for_what_goes_to_a_bucket_is_said_of_this_disk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(**_given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.TemporaryFile", full)
    with pytest.raises(StorageFull), RemoteStore(MemoryStore()).draft():
        pass
