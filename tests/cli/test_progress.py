"""Takes a pseudo-terminal, a pipe and a terminal that cannot go back; shows where long work tells
what goes on, and that it leaves nothing behind."""

import io
import os
import pty
import re
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from caveat.cli.progress import Progress
from tests.support.six import six_checkout

ROOT = Path(__file__).resolve().parents[2]
CLEAR = "\r\x1b[K"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(
    command: list[str], environment: Mapping[str, str], folder: Path = ROOT
) -> tuple[int, str]:
    """Status and all that a command writes to a terminal that is its standard output and error."""
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        command, cwd=folder, env={**os.environ, **environment}, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    written = []
    while True:
        try:
            block = os.read(ours, 65536)
        except OSError:  # how a terminal on Linux says that its other side is closed
            break
        if not block:
            break
        written.append(block)
    os.close(ours)
    return started.wait(), b"".join(written).decode()


def test_a_line_tells_what_goes_on_and_goes_when_it_is_done() -> None:
    """With how far it has come, for how long; twice over, where work goes on."""
    stream = Terminal()
    progress = Progress(stream, {"TERM": "xterm"}, "looking")
    for _ in range(2):
        with progress:
            progress.at("1 of 2\x1b[2J")
            time.sleep(0.9)
            progress.line("a line that stays")
        assert stream.getvalue().endswith(CLEAR)
    text = stream.getvalue()
    assert re.search(r"\x1b\[2mlooking, 1 of 2\\x1b\[2J, \d s\x1b\[0m", text)
    assert f"{CLEAR}a line that stays\n" in text
    assert threading.active_count() < 10


@pytest.mark.parametrize(
    ("environment", "shown", "styled"),
    [
        ({"TERM": "xterm"}, True, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({}, False, False),
        ({"TERM": "xterm", "CI": "true"}, False, False),
    ],
)
def test_it_keeps_quiet_where_nobody_can_look(
    environment: dict[str, str], shown: bool, styled: bool
) -> None:
    """In a pipeline and on a terminal that cannot go back; NO_COLOR takes the style alone."""
    stream = Terminal()
    with Progress(stream, environment, "looking") as progress:
        time.sleep(0.6)
    assert (progress.shown, progress.appeared) == (shown, shown)
    assert ("looking" in stream.getvalue()) == shown
    assert ("\x1b[2m" in stream.getvalue()) == styled
    assert shown or stream.getvalue() == ""


def test_a_pipe_gets_nothing() -> None:
    """Nor does a file."""
    stream = io.StringIO()
    with Progress(stream, {"TERM": "xterm"}, "looking"):
        time.sleep(0.5)
    assert stream.getvalue() == ""


def test_the_validator_says_what_it_did() -> None:
    """On a terminal; in a pipe the problems stand alone."""
    command = [sys.executable, "scripts/validate.py"]
    quiet = {"TERM": "xterm", "CI": ""}
    status, text = on_terminal(command, quiet)
    assert status == 0
    assert re.search(r"checking \d+ files: done in \d+\.\d s\r\n$", text)
    assert re.search(r"\r\x1b\[K", text)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert "\x1b" not in done.stdout


def test_a_build_says_how_long_it_takes_and_what_it_did(tmp_path: Path) -> None:
    """Above what it reports line by line; in a pipe it reports the same without the line."""
    checkout = six_checkout(tmp_path / "six")
    command = [sys.executable, "scripts/build.py"]
    quiet = {**checkout.environment, "TERM": "xterm", "CI": ""}
    status, text = on_terminal(command, quiet, checkout.root)
    assert status == 0, text
    assert re.search(r"building both languages, \d+ s", text)
    assert re.search(r"\r\x1b\[KINFO +-  Search in English covers \d+ pages\r\n", text)
    assert re.search(r"\r\x1b\[Ksite/ is published, in \d+\.\d seconds\r\n$", text)
    done = checkout.run("scripts/build.py")
    assert "\x1b" not in done.stdout + done.stderr
    assert "is published" in done.stdout


def test_a_large_log_is_counted(tmp_path: Path) -> None:
    """With its size and how much of it was looked at; standard output is the answer alone."""
    log = tmp_path / "large.log"
    log.write_text(
        "xyzzy plugh frobnitz quux corge grault garply waldo fred thud wibble\n" * 300_000
    )
    command = [sys.executable, "-m", "caveat.cli", "match", str(log)]
    status, text = on_terminal(command, {"TERM": "xterm", "CI": ""})
    assert status == 1
    size = re.escape(f"{log.stat().st_size / 1e6:.1f} MB")
    assert re.search(rf"looking through the log, \d+\.\d MB / {size}, \d+ s", text)
    assert re.search(rf"Looked through {size} in \d+\.\d s\.", text)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout) == ("", "Nothing known.\n")
