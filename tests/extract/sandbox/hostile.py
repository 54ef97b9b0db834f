"""Functions that misbehave inside a worker, for ``test_pool``."""

import ctypes
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from amparo.base.errors import UnreadableFile
from amparo.extract.reading import Child, PageText, Reading


def _page(number, text):
    return PageText(number, 612.0, 792.0, text)


def well(file, name, limits):
    return Reading(pages=(_page(1, file.read().decode()),), metadata={"title": name}, tool="t")


def segfault(file, name, limits):
    ctypes.string_at(0)


def segfault_on_page_three(file, name, limits):
    def pages():
        yield _page(1, "one")
        yield _page(2, "two")
        time.sleep(0.01)
        ctypes.string_at(0)

    return Reading(pages=pages())


def sleep(file, name, limits):
    time.sleep(600)


def spin(file, name, limits):
    while True:
        pass


def eat_memory(file, name, limits):
    kept = []
    while True:
        kept.append(bytearray(b"x" * 2**24))


def eat_anonymous_files(file, name, limits):
    descriptor = os.memfd_create("hidden")
    while True:
        os.write(descriptor, b"x" * 2**24)


def raise_error(file, name, limits):
    raise ValueError("a strange thing")


def refuse(file, name, limits):
    raise UnreadableFile("It is locked with a password.", next_step="Ask for the password.")


def recurse(file, name, limits):
    return recurse(file, name, limits)


def leave(file, name, limits):
    os._exit(3)


def attempts(file, name, limits, *, secret, port, parent):
    """Try what is forbidden; the page tells what became of each attempt."""
    tries = {
        "internet": lambda: socket.create_connection(("127.0.0.1", port), timeout=2),
        "socket6": lambda: socket.socket(socket.AF_INET6),
        "unix": lambda: socket.socket(socket.AF_UNIX).connect("/run/x"),
        "passwd": lambda: Path("/etc/passwd").read_bytes(),
        "secret": lambda: Path(secret).read_bytes(),
        "write": lambda: Path(secret).with_name("new").write_bytes(b"x"),
        "list": lambda: list(Path("/").iterdir()),
        "environ": lambda: Path(f"/proc/{parent}/environ").read_bytes(),
        "kill": lambda: os.kill(parent, 0),
        "fork": _fork,
        "program": lambda: subprocess.run(["/bin/true"], check=True),
        "scratch": lambda: Path(os.environ["TMPDIR"], "mine").write_bytes(b"x"),
        "unshare": lambda: os.unshare(0x10000000) if hasattr(os, "unshare") else _unshare(),
    }
    lines = []
    for word, attempt in tries.items():
        try:
            attempt()
            lines.append(f"{word} done")
        except OSError as error:
            lines.append(f"{word} {type(error).__name__}")
    lines.append("variables " + " ".join(sorted(os.environ)))
    return Reading(pages=(_page(1, "\n".join(lines)),))


def _unshare():
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000):
        raise PermissionError(ctypes.get_errno(), "unshare")


def fork_bomb(file, name, limits, mark):
    for _ in range(200):
        subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(600)  # {mark}"])
    time.sleep(600)


def leave_a_daemon(file, name, limits, mark):
    command = f"import os,time\nos.setsid()\nif os.fork(): os._exit(0)\ntime.sleep(600)  # {mark}"
    subprocess.run([sys.executable, "-c", command], check=True)
    os._exit(3)


def children(file, name, limits):
    def broken():
        yield b"half"
        raise UnreadableFile("It ends too early.")

    return Reading(
        children=(
            Child("a/one.txt", b"one", "text/plain", "2020"),
            Child("../../two.bin", broken()),
            Child("three", iter([b"x" * 300_000, b"y" * 300_000])),
        )
    )


def bomb(file, name, limits):
    return Reading(children=(Child("zeros", (bytes(2**20) for _ in range(10**6))),))


def many_children(file, name, limits):
    return Reading(children=(Child(str(n), b"") for n in range(10**9)))


def many_pages(file, name, limits):
    return Reading(pages=(_page(n, "x") for n in range(1, 10**9)))


def long_text(file, name, limits):
    return Reading(pages=(_page(n, "x" * 10**6) for n in range(1, 10**9)))


def wrong_types(file, name, limits):
    return Reading(pages=(PageText("1", "wide", None, "text", source="text layer"),))  # type: ignore


def read_pieces(file, name, limits):
    file.seek(-4, 2)
    tail = file.read()
    file.seek(2)
    return Reading(pages=(_page(1, f"{file.read(3)!r} {tail!r} {file.tell()}"),))


def _fork():
    if not os.fork():
        os._exit(0)


def write_and_wait(file, name, limits):
    Path(os.environ["TMPDIR"], "plain.txt").write_text("in clear")
    time.sleep(600)
