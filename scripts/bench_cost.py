"""What a command costs: seconds on the clock, the processors' seconds, and memory at the peak.

Takes a command and a folder; counts all processes that it starts, until the last has ended.
"""

from __future__ import annotations

import gzip
import os
import re
import resource
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli

_SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass
class Cost:
    """What a command took: seconds on the clock, seconds of all processors, those of them that the
    system took for itself, bytes at the peak."""

    seconds: float = 0.0
    cpu: float = 0.0
    system: float = 0.0
    memory: int = 0

    def __add__(self, other: Cost) -> Cost:
        """One command after the other."""
        return Cost(
            self.seconds + other.seconds,
            self.cpu + other.cpu,
            self.system + other.system,
            max(self.memory, other.memory),
        )


def timed(command: list[str], folder: Path) -> Cost:
    """What a command costs, all its processes together."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        peak = _Peak(process.pid)
        output, _ = process.communicate()
    seconds, after = (
        time.perf_counter() - started,
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    memory = peak.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    system = after.ru_stime - before.ru_stime
    cpu = after.ru_utime - before.ru_utime + system
    return Cost(seconds, cpu, system, memory)


def packed(path: Path) -> int:
    """Bytes of a file on its way to a reader, as the recipes pack it."""
    return len(brotli.compress(path.read_bytes()))


def gzipped(path: Path) -> int:
    """The same from a server that packs on the way."""
    return len(gzip.compress(path.read_bytes(), 6))


class _Peak:
    """Looks at the memory of a session's processes (Linux; elsewhere 0): twice a second, and less
    often where a look takes long, which is the case with gigabytes, so that looking costs little
    of what is measured."""

    def __init__(self, session: int) -> None:
        self._session, self._most, self._done = session, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        pause = 0.5
        while not self._done.wait(pause):
            before = time.perf_counter()
            self._most = max(self._most, sum(_shares(self._session)))
            pause = max(0.5, 50 * (time.perf_counter() - before))

    def stop(self) -> int:
        """The most that was seen, in bytes."""
        self._done.set()
        self._thread.join()
        return self._most


def _shares(session: int) -> Iterator[int]:
    """What each process of the session holds: of a page that several hold, its share (`Pss`)."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[3]) != session:
                continue
            told = stat.with_name("smaps_rollup").read_text()
        except OSError:
            continue
        if found := _SHARE.search(told):
            yield int(found[1]) * 1024
