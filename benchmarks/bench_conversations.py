"""WhatsApp chats of 10,000 messages as phones of six languages export them, beside two parsers.

    python benchmarks/bench_conversations.py [--messages 10000] [--whole] [--peers PYTHON]

``PYTHON`` is an interpreter of its own with ``chat-miner`` and ``whatstk`` installed; without it
only ours is measured. Each chat has one broken date, unless ``--whole``. A message counts as right
when its sender and its time, to the minute, are those that were written. Times are CPU seconds of
one reading.
Bars: every message but a broken one right in every language, 10,000 in less than 5 CPU seconds.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from amparo.extract.conversations import read
from tests.extract.conversations.builders import NAMES, PHONES, chat, moments

BAR_SECONDS = 5.0
PEERS = {
    "chat-miner": """
import json, sys, time
from chatminer.chatparsers import WhatsAppParser
start = time.process_time()
parser = WhatsAppParser(sys.argv[1]); parser.parse_file()
frame = parser.parsed_messages.get_df()
told = zip(frame.timestamp, frame.author) if len(frame) else []
rows = [[str(when)[:16].replace(" ", "T"), who] for when, who in told]
print(json.dumps([time.process_time() - start, rows]))
""",
    "whatstk": """
import json, sys, time
from whatstk import WhatsAppChat
start = time.process_time()
frame = WhatsAppChat.from_source(filepath=sys.argv[1]).df
rows = [[str(when)[:16].replace(" ", "T"), who] for when, who in zip(frame.date, frame.username)]
print(json.dumps([time.process_time() - start, rows]))
""",
}

Found = tuple[float, list[tuple[str, str]]]


def broken(language: str, text: str, when: datetime) -> str:
    """The chat with the date of one message made impossible."""
    lines = text.split("\n")
    head = PHONES[language].head(when)
    at = next(at for at, line in enumerate(lines) if at and line.startswith(head))
    lines[at] = re.sub(r"\d+", "47", lines[at], count=2)
    return "\n".join(lines)


def ours(text: str) -> Found:
    start = time.process_time()
    reading = read(text, "_chat.txt")
    pages = list(reading.pages) if reading else []
    spent = time.process_time() - start
    said = [message for page in pages for message in page.messages]
    return spent, [(each.at[:16], each.sender) for each in said]


def peer(python: str, script: str, path: Path) -> Found | str:
    done = subprocess.run(
        [python, "-c", script, str(path)], capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode:
        return (done.stderr.strip().split("\n") or [""])[-1][:60]
    spent, rows = json.loads(done.stdout.strip().split("\n")[-1])
    return spent, [(when, who) for when, who in rows]


def right(found: Found, language: str, count: int) -> int:
    """How many of the messages written were found with their time and sender."""
    names = NAMES[language]
    wanted = Counter(
        (when.isoformat()[:16], names[number % 2]) for number, when in enumerate(moments(count))
    )
    return (wanted & Counter(found[1])).total()


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--messages", type=int, default=10_000)
    arguments.add_argument("--whole", action="store_true")
    arguments.add_argument("--peers", default="")
    given = arguments.parse_args()
    count, holds = given.messages, True
    print(f"{'language':10}{'parser':14}{'right':>8}{'of':>8}{'CPU s':>8}")
    for language in PHONES:
        text = chat(language, count)
        if not given.whole:
            text = broken(language, text, moments(count)[count // 2])
        spent, rows = found = ours(text)
        print(f"{language:10}{'amparo':14}{right(found, language, count):8}{count:8}{spent:8.2f}")
        holds &= (
            right(found, language, count) == count - (not given.whole)
            and spent < BAR_SECONDS
            and bool(rows)
        )
        if not given.peers:
            continue
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "chat.txt"
            path.write_text(text, "utf-8")
            for name, script in PEERS.items():
                answer = peer(given.peers, script, path)
                if isinstance(answer, str):
                    print(f"{language:10}{name:14}{'fails: ' + answer}")
                    continue
                score = right(answer, language, count)
                print(f"{language:10}{name:14}{score:8}{count:8}{answer[0]:8.2f}")
    print("holds" if holds else "does not hold")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
