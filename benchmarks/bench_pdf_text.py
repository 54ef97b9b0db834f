"""Text of real PDFs, sandbox included, beside pypdfium2's plain text in the same process.

    python benchmarks/bench_pdf_text.py [--rounds 3] [FOLDER]

Peer: ``pypdfium2`` opens each file and takes ``get_text_range()`` of each page. Ours: the same
files through one worker of the sandbox, as text only and with the rectangle of each word. Rounds
alternate; the best wall time of each counts. CPU time is that of all processes together.
Bars: text within 1.3 times, with words within 3 times.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pypdfium2

from amparo.extract.reading import Limits
from amparo.extract.sandbox import Sandbox
from amparo.extract.sandbox.reception import Reception

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
CALL = "amparo.extract.readers.pdf:read"


def peer(files: list[Path]) -> tuple[int, int]:
    pages = characters = 0
    for path in files:
        try:
            document = pypdfium2.PdfDocument(path)
        except pypdfium2.PdfiumError:
            continue
        for index in range(len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                continue
            textpage = page.get_textpage()
            characters += len(textpage.get_text_range())
            pages += 1
            textpage.close()
            page.close()
        document.close()
    return pages, characters


def ours(sandbox: Sandbox, files: list[Path], *, words: bool) -> tuple[int, int]:
    pages = characters = 0
    for path in files:
        with path.open("rb") as file:
            reception = Reception(Limits())
            sandbox.run(CALL, file, name=path.name, reception=reception, arguments={"words": words})
        for page in reception.reading().pages:
            pages += 1
            characters += len(page.text)
    return pages, characters


def _cpu() -> float:
    process = psutil.Process()
    total = sum(process.cpu_times()[:2])
    for child in process.children(recursive=True):
        total += sum(child.cpu_times()[:2])
    return total


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    shared = Path(os.environ.get("AMPARO_SHARED_DATA") or SHARED)
    folder = options.folder or shared / "evidence"
    files = sorted(folder.glob("*.pdf"))
    if not files:
        print(f"no PDFs in {folder}: nothing to measure", file=sys.stderr)
        return 0
    with Sandbox(1) as sandbox:
        ours(sandbox, files[:3], words=True)  # a worker that is in use, as it is in real work
        runs: dict[str, Callable[[], tuple[int, int]]] = {
            "pypdfium2, text": lambda: peer(files),
            "amparo, text": lambda: ours(sandbox, files, words=False),
            "amparo, text and words": lambda: ours(sandbox, files, words=True),
        }
        best: dict[str, tuple[float, float, int, int]] = {}
        for _ in range(options.rounds):
            for name, run in runs.items():
                cpu, wall = _cpu(), time.perf_counter()
                pages, characters = run()
                spent = (time.perf_counter() - wall, _cpu() - cpu, pages, characters)
                best[name] = min(best.get(name, spent), spent)
    base_wall, base_cpu = best["pypdfium2, text"][:2]
    print(f"{len(files)} files of {folder.name}, best of {options.rounds} rounds")
    print(f"{'':24}{'wall s':>8}{'ratio':>7}{'CPU s':>8}{'ratio':>7}{'pages':>7}{'characters':>12}")
    for name, (wall, cpu, pages, characters) in best.items():
        ratios = f"{wall:8.2f}{wall / base_wall:7.2f}{cpu:8.2f}{cpu / base_cpu:7.2f}"
        print(f"{name:24}{ratios}{pages:7}{characters:12,}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
