#!/usr/bin/env python3
"""Kill builds at random moments and look at what readers see: the old site or the new one, whole.

Takes a number of kills; builds six small records in a folder of its own. Exit status 0 every look
found a whole site and the last build cleared up, 1 one did not, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from caveat.publishing.keep import LIST

ROOT = Path(__file__).resolve().parent.parent
BUILD = ("scripts/build.py", "--site-dir", "out/site")
#: What the two versions of the records differ in.
RECORD, TITLE = "advisories/records/2025/CAV-2025-0001.yml", "cannot publish ports\n"


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return Trial(Path(folder), options.seed).run(options.kills)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kill_builds.py",
        description="Kill builds of a small site at random moments; after each kill, what is "
        "published must be exactly the old site or the new one.",
        epilog="Exit status: 0 it always was, 1 it was not, 2 wrong use.",
    )
    parser.add_argument("kills", nargs="?", type=_number, default=50, metavar="N", help="(50)")
    parser.add_argument("--seed", type=int, default=1, help="for the moments (1)")
    return parser


def _number(text: str) -> int:
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


class Trial:
    """A checkout whose records have two versions, built in turn."""

    def __init__(self, folder: Path, seed: int) -> None:
        sys.path.insert(0, str(ROOT))
        from tests.support.six import six_checkout  # noqa: PLC0415 - only a checkout has tests

        self._checkout, self._chance = six_checkout(folder), random.Random(seed)  # noqa: S311
        self._site = folder / "out" / "site"
        self._text = (folder / RECORD).read_text(encoding="utf-8")

    def run(self, kills: int) -> int:
        """The whole trial; gives the exit status."""
        prints: dict[int, str] = {}
        seconds = 0.0
        for version in (0, 1):
            self._write(version)
            started = time.monotonic()
            if (status := self._start().wait()) != 0:
                print(f"a build that nobody killed failed with {status}", file=sys.stderr)
                return 1
            seconds, prints[version] = time.monotonic() - started, self._print()
        print(f"a build takes {seconds:.1f} seconds; killing {kills}")
        shown, wrong = 1, 0
        for number in range(1, kills + 1):
            moment = self._chance.uniform(0, 1.05 * seconds)
            self._write(1 - shown)
            self._kill_at(moment)
            found = [version for version, one in prints.items() if one == self._print()]
            told = {(): "NEITHER", (shown,): "the old one", (1 - shown,): "the new one"}
            print(f"{number:3}: killed after {moment:5.2f} s: {told[tuple(found)]}", flush=True)
            wrong += not found
            shown = found[0] if found else shown
        self._write(1 - shown)
        ended = self._start().wait() == 0 and self._print() == prints[1 - shown]
        left = sorted(p.name for p in self._site.parent.iterdir() if p.name[0] != ".")
        print(f"the last build {'published' if ended else 'FAILED'}; beside the site: {left[1:]}")
        return 0 if ended and not wrong and left == ["site"] else 1

    def _write(self, version: int) -> None:
        """The records in one of their versions."""
        text = self._text.replace(TITLE, f"cannot publish ports, version {version}\n", 1)
        (self._checkout.root / RECORD).write_text(text, encoding="utf-8")

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, *BUILD],
            cwd=self._checkout.root,
            env=self._checkout.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _kill_at(self, moment: float) -> None:
        """All processes of a build at once, as when the power goes."""
        process = self._start()
        try:
            process.wait(moment)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _print(self) -> str:
        """A print of the site that is read, without what is only kept of earlier ones."""
        try:
            kept = set(json.loads((self._site / LIST).read_bytes())) | {LIST}
        except FileNotFoundError:
            kept = set()
        made = hashlib.sha256()
        for path in sorted(self._site.rglob("*")):
            name = path.relative_to(self._site).as_posix()
            if path.is_file() and name not in kept:
                content = path.read_bytes()
                made.update(f"{name}\0{len(content)}\0".encode() + content)
        return made.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
