"""Seeking in a film of 4 GiB that is sealed: the program's own server, then a real browser.

    python benchmarks/bench_seek.py [--gib 4] [--seeks 200]

Claim: in a sealed film of 4 GiB what a seek needs comes from ``amparo serve`` in under 300 ms for
95 of 100 seeks (2 MiB, decrypted where it is read). Beside it:

* the same ranges of the same film in clear, read straight from the disk;
* PyAV (FFmpeg, as ``ffprobe`` is), which seeks in both and decodes one picture;
* Chromium, where there is one, from setting the time to the picture shown, on the player's page and
  on a page whose film lies in clear behind a plain server. It decodes up to a second of film for
  each seek and asks for one to three ranges; there is no bar, because most of that is its own.

The film that is sealed is made for this and removed.
"""

from __future__ import annotations

import argparse
import http.client
import http.server
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import av
import numpy as np

from amparo.base import workspace
from amparo.base.keys import CHEAP
from amparo.site.boot import boot

BAR_MS = 300.0
RATE, GOP = 25, 25
PIECE = 2 * 2**20
SIZE = (1280, 720)
PASSPHRASE = "benchmark of seeking"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
AMPARO = str(Path(sys.executable).with_name("amparo"))


def one_second() -> list[tuple[bytes, bool]]:
    """Packets of VP8 from a key frame on, as telephones set one each second: about 10 Mbit."""
    noise = np.random.default_rng(1).integers(0, 256, (SIZE[1], SIZE[0], 3), dtype=np.uint8)
    codec: Any = av.CodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.pix_fmt = *SIZE, "yuv420p"
    codec.time_base, codec.bit_rate, codec.gop_size = Fraction(1, RATE), 10_000_000, GOP
    codec.options = {"deadline": "realtime", "cpu-used": "8", "auto-alt-ref": "0"}
    packets = []
    for number in range(GOP):
        frame = av.VideoFrame.from_ndarray(np.roll(noise, number * 8, axis=1), format="rgb24")
        frame.pts = number
        packets += [(bytes(each), bool(each.is_keyframe)) for each in codec.encode(frame)]
    return packets + [(bytes(each), bool(each.is_keyframe)) for each in codec.encode(None)]


def make_film(path: Path, size: int) -> float:
    """Write that second over and over until the film has ``size`` bytes; gives its length."""
    packets = one_second()
    times = size // sum(len(data) for data, _key in packets) + 1
    with av.open(str(path), "w", format="webm") as made:
        stream: Any = made.add_stream("libvpx", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        at = 0
        for _time in range(times):
            for data, is_key in packets:
                packet: Any = av.Packet(data)
                packet.stream, packet.time_base = stream, Fraction(1, RATE)
                packet.pts = packet.dts = at
                packet.is_keyframe = is_key
                made.mux(packet)
                at += 1
    return at / RATE


def seal_film(scratch: Path) -> tuple[UUID, str]:
    """Take the film into a matter; gives the item's id and a session that may see it."""
    opened, _ = workspace.create(scratch / "home", PASSPHRASE, params=CHEAP)
    boot(opened)
    from django.test import Client

    from amparo.accounts.web.actions import create_first_user
    from amparo.evidence.web.actions.intake import finish_intake, open_intake, take_folder
    from amparo.evidence.web.models import Item
    from amparo.evidence.web.safes import open_safe
    from amparo.matters.web.actions import open_matter

    who = create_first_user("owner", "Owner")
    matter = open_matter("Benchmark", acting_user=who)
    intake = open_intake(matter, "film", acting_user=who)
    for taken in take_folder(intake, scratch / "film", open_safe(), acting_user=who):
        if taken.status == "failed":
            raise SystemExit(taken.reason)
    finish_intake(intake, acting_user=who)
    client = Client()
    client.force_login(who)
    return Item.objects.get().pk, str(client.cookies["amparo_session"].value)


def serve(scratch: Path) -> tuple[subprocess.Popen[str], int]:
    """Start ``amparo serve`` on a free port and wait until it answers."""
    secret = scratch / "passphrase"
    secret.write_text(PASSPHRASE)
    command = [AMPARO, "--home", str(scratch / "home"), "serve", "--port", "0", "--no-browser"]
    environment = {"AMPARO_PASSPHRASE_FILE": str(secret), "PATH": "/usr/bin:/bin", "HOME": "/tmp"}
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "http://127.0.0.1:" in line:
            port = line.split("http://127.0.0.1:")[1].split("/")[0].split()[0]
            return process, int("".join(each for each in port if each.isdigit()))
    raise SystemExit("amparo serve ended before it said its address")


def by_server(port: int, item: UUID, session: str, starts: Sequence[int]) -> list[float]:
    """Milliseconds from asking for a range to its last byte."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Cookie": f"amparo_session={session}"}
    taken = []
    for start in starts:
        began = time.perf_counter()
        line.request(
            "GET", f"/items/{item}/recording", headers=headers | {"Range": f"bytes={start}-"}
        )
        answer = line.getresponse()
        body = answer.read()
        taken.append((time.perf_counter() - began) * 1000)
        if answer.status != 206 or not body:
            raise SystemExit(f"status {answer.status}, {len(body)} bytes")
    return taken


def by_disk(path: Path, starts: Sequence[int]) -> list[float]:
    """Milliseconds to read the same pieces in clear."""
    taken = []
    with path.open("rb", buffering=0) as file:
        for start in starts:
            began = time.perf_counter()
            file.seek(start)
            file.read(PIECE)
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def by_pyav(opened: Callable[[], Any], moments: Sequence[float]) -> list[float]:
    """Milliseconds to open the film anew, seek to a moment and decode the picture there."""
    taken = []
    for moment in moments:
        began = time.perf_counter()
        with opened() as file, av.open(file) as film:
            film.seek(int(moment * 1_000_000))
            next(film.decode(video=0))
        taken.append((time.perf_counter() - began) * 1000)
    return taken


class _Plain(http.server.BaseHTTPRequestHandler):
    """A page with the film in clear, and its ranges, as any server gives them."""

    protocol_version = "HTTP/1.1"
    film = Path()

    def do_GET(self) -> None:
        if self.path == "/":
            self._answer(200, b"<video src=/film.webm preload=metadata></video>", "text/html")
            return
        size = self.film.stat().st_size
        first = int(self.headers.get("Range", "bytes=0-").split("=")[1].split("-")[0])
        with self.film.open("rb") as file:
            file.seek(first)
            data = file.read(PIECE)
        told = f"bytes {first}-{first + len(data) - 1}/{size}"
        self._answer(206, data, "video/webm", told)

    def _answer(self, status: int, data: bytes, kind: str, part: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        if part:
            self.send_header("Content-Range", part)
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Quiet(http.server.ThreadingHTTPServer):
    """A server whose browser may hang up."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def plain_server(film: Path) -> Iterator[str]:
    """The address of the film in clear, served by threads of this process."""
    server = _Quiet(("127.0.0.1", 0), type("Handler", (_Plain,), {"film": film}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


def by_browser(
    addresses: Sequence[str], session: str, moments: Sequence[float]
) -> list[list[float]]:
    """For each page, milliseconds from setting its film's time to the picture; in turns.

    Empty where there is no Chromium.
    """
    found = next((path for name in CHROMIUM if (path := shutil.which(name))), None)
    if found is None:
        return []
    from playwright.sync_api import sync_playwright

    seek = """(at) => new Promise((done) => {
        const film = document.querySelector("video"), began = performance.now();
        film.addEventListener("seeked", () => done(performance.now() - began), { once: true });
        film.currentTime = at;
    })"""
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=found, args=flags)
        pages = []
        for address in addresses:
            context = browser.new_context()
            context.add_cookies([{"name": "amparo_session", "value": session, "url": address}])
            page = context.new_page()
            page.goto(address)
            page.wait_for_function("() => document.querySelector('video').readyState >= 1")
            pages.append(page)
        taken: list[list[float]] = [[] for _page in pages]
        for moment in moments:
            for place, page in enumerate(pages):
                page.bring_to_front()
                taken[place].append(float(page.evaluate(seek, moment)))
        browser.close()
    return taken


def tell(name: str, taken: Sequence[float]) -> tuple[float, float]:
    """Print and give median and 95th percentile."""
    middle = statistics.median(taken)
    high = sorted(taken)[max(0, int(len(taken) * 0.95) - 1)]
    worst = max(taken)
    print(
        f"  {name}: median {middle:.1f} ms, 95th {high:.1f} ms, worst {worst:.1f} ms ({len(taken)})"
    )
    return middle, high


def told_browser(taken: Sequence[Sequence[float]]) -> float:
    """Print what Chromium took; gives how many times that in clear, at the median."""
    if not taken:
        print("  Chromium is not here: seeks in a browser were not measured")
        return 0.0
    clear = tell("a seek in Chromium, film in clear", taken[0])
    sealed = tell("a seek in Chromium, sealed, in the player", taken[1])
    return sealed[0] / clear[0]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--gib", type=float, default=4)
    parser.add_argument("--seeks", type=int, default=200)
    wanted = parser.parse_args()
    scratch = Path(tempfile.mkdtemp(prefix="amparo-seek-"))
    process = None
    try:
        (scratch / "film").mkdir()
        path = scratch / "film" / "film.webm"
        length = make_film(path, int(wanted.gib * 2**30))
        size = path.stat().st_size
        print(f"  a film of {size / 2**30:.2f} GiB, {length / 60:.0f} minutes")
        item, session = seal_film(scratch)
        chance = random.Random(1)
        starts = [chance.randrange(size - PIECE) for _ in range(wanted.seeks)]
        moments = [chance.uniform(1, length - 3) for _ in range(max(10, wanted.seeks // 5))]

        from amparo.evidence.web.models import Item
        from amparo.evidence.web.safes import open_safe

        name = Item.objects.get(pk=item).object.object_name
        disk = tell("the same ranges in clear, from the disk", by_disk(path, starts))
        clear = tell("PyAV on the film in clear", by_pyav(lambda: path.open("rb"), moments[:20]))
        sealed = tell(
            "PyAV on the sealed film", by_pyav(lambda: open_safe().open(name), moments[:20])
        )
        process, port = serve(scratch)
        by_server(port, item, session, starts[:3])  # the server's own start
        ours = tell("a range of 2 MiB from amparo serve", by_server(port, item, session, starts))
        player = f"http://127.0.0.1:{port}/items/{item}/"
        with plain_server(path) as address:
            more = told_browser(by_browser([address, player], session, moments))
        if shutil.which("ffprobe") is None:
            print("  ffprobe is not here; PyAV runs the same FFmpeg in-process")
        print(f"  sealed to clear, PyAV: {sealed[0] / clear[0]:.2f} x")
        print(f"  served to read from the disk: {ours[0] / disk[0]:.1f} x")
        if more:
            print(f"  in Chromium: {more:.2f} x the film in clear")
        ok = ours[1] < BAR_MS
        print(f"{'ok' if ok else 'FAILED'}: {ours[1]:.0f} ms, {BAR_MS:.0f} ms allowed")
        return 0 if ok else 1
    finally:
        if process is not None:
            process.terminate()
            process.wait(timeout=20)
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
