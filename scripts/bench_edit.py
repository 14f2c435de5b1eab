"""What an edit costs under `make serve`: the processor's time until a preview has built it.

Takes a tree; starts the preview in it, edits one record and asks for its page until it shows the
edit. Seconds on the clock would measure the machine's other work as well.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

_TRIES = 3
_PATIENCE = 1800.0
_SUMMARY = re.compile(r"^(summary:\n  en: )(\S)", re.MULTILINE)


def measure_edit(tree: Path) -> float | None:
    """The median of several edits, in seconds; None where the system does not tell."""
    if not Path("/proc/self/stat").exists():
        return None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--no-strict", "-a", address]
    with subprocess.Popen(
        command,
        cwd=tree,
        # A killed server leaves its site behind: there, where all of this is removed.
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(tree.parent)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            _wait(f"http://{address}/", "<html")
            return statistics.median(
                _edit(tree, f"http://{address}/", server.pid, number) for number in range(_TRIES)
            )
        finally:
            server.send_signal(signal.SIGKILL)


def _edit(tree: Path, base: str, pid: int, number: int) -> float:
    """Change a summary, look at the page, and change it back."""
    path = next(p for p in _records(tree) if _SUMMARY.search(p.read_text("utf-8")))
    old = path.read_text("utf-8")
    mark = f"Edited {number} times, "
    quoted = r"\1" + mark + r"\2"
    before = _cpu(pid)
    path.write_text(_SUMMARY.sub(quoted, old, count=1), "utf-8")
    try:
        _wait(f"{base}advisories/{path.stem}/", mark)
        return _cpu(pid) - before
    finally:
        path.write_text(old, "utf-8")
        _wait(f"{base}advisories/{path.stem}/", mark, gone=True)


def _records(tree: Path) -> list[Path]:
    """Those whose summary is plain text and not quoted."""
    found = sorted((tree / "advisories/records").glob("*/*.yml"))
    return [path for path in found if re.search(r"^summary:\n  en: [A-Z]", path.read_text(), re.M)]


def _wait(address: str, text: str, *, gone: bool = False) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310
                if (text in answer.read().decode()) is not gone:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        time.sleep(0.2)
    raise SystemExit(f"{address} does not show the edit")


def _cpu(pid: int) -> float:
    """Seconds of the processors that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
