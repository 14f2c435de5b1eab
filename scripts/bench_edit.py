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
from dataclasses import dataclass
from pathlib import Path

_TRIES = 3
_PATIENCE = 1800.0
_SUMMARY = re.compile(r"^(summary:\n  en: )(\S)", re.MULTILINE)


class PreviewError(RuntimeError):
    """The preview ended, or does not show an edit."""


def measure_edit(tree: Path) -> float | None:
    """The median of several edits, in seconds; None where the system does not tell, or the preview
    fails, which is printed."""
    if not Path("/proc/self/stat").exists():
        return None
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--no-strict", "-a", address]
    # A killed server leaves its site behind: there, where all of this is removed.
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(tree.parent)}
    log = tree.parent / "preview.log"
    with (
        log.open("wb") as told,
        subprocess.Popen(
            command, cwd=tree, env=environment, stdout=told, stderr=subprocess.STDOUT
        ) as server,
    ):
        preview = _Preview(server, f"http://{address}/")
        try:
            preview.wait("", "<html")
            return statistics.median(_edit(tree, preview, number) for number in range(_TRIES))
        except PreviewError as error:
            last = log.read_text("utf-8", "replace").splitlines()[-5:]
            print(f"No edit was measured: {error}", *last, sep="\n", file=sys.stderr)
            return None
        finally:
            server.send_signal(signal.SIGKILL)


@dataclass
class _Preview:
    """A running preview, and where its pages are."""

    server: subprocess.Popen[bytes]
    base: str

    def wait(self, path: str, text: str, *, gone: bool = False) -> None:
        """Until the page shows the text, or no longer does."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self.server.poll() is not None:
                raise PreviewError(f"the preview ended with status {self.server.returncode}")
            try:
                with urllib.request.urlopen(self.base + path, timeout=_PATIENCE) as answer:  # noqa: S310
                    if (text in answer.read().decode()) is not gone:
                        return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.2)
        raise PreviewError(f"/{path} does not show the edit")

    def cpu(self) -> float:
        """Seconds of the processors that it has used so far."""
        fields = Path(f"/proc/{self.server.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _edit(tree: Path, preview: _Preview, number: int) -> float:
    """Change a summary, look at the page, and change it back."""
    path = next(p for p in _records(tree) if _SUMMARY.search(p.read_text("utf-8")))
    old, page = path.read_text("utf-8"), f"advisories/{path.stem}/"
    mark = f"Edited {number} times, "
    quoted = r"\1" + mark + r"\2"
    before = preview.cpu()
    path.write_text(_SUMMARY.sub(quoted, old, count=1), "utf-8")
    try:
        preview.wait(page, mark)
        return preview.cpu() - before
    finally:
        path.write_text(old, "utf-8")
        preview.wait(page, mark, gone=True)


def _records(tree: Path) -> list[Path]:
    """Those whose summary is plain text and not quoted."""
    found = sorted((tree / "advisories/records").glob("*/*.yml"))
    return [path for path in found if re.search(r"^summary:\n  en: [A-Z]", path.read_text(), re.M)]
