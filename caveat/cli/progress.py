"""What goes on while something takes long: one line on a terminal, gone when it is done.

Takes a stream and a text and gives a context in which both can be told; where nobody looks (a pipe,
a file, a pipeline, a terminal that cannot go back in its line) nothing is written at all.
"""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self, TextIO

from caveat.problems import printable

#: Seconds before the line appears, since most work is done by then, and between two looks of it.
_AFTER, _EVERY = 0.4, 0.2
_CLEAR = "\r\x1b[K"


class Progress:
    """The line: what is done, how far it has come, and for how many seconds."""

    def __init__(self, stream: TextIO, environment: Mapping[str, str], what: str) -> None:
        self._stream, self._what, self._far = stream, what, ""
        terminal = stream.isatty() and environment.get("TERM", "dumb") != "dumb"
        self.shown = terminal and not environment.get("CI")
        #: Whether the line has been seen: what took less time needs no report either.
        self.appeared = False
        self._styled = not environment.get("NO_COLOR")
        self._start = time.monotonic()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Begin, once more where it ended before."""
        if self.shown:
            self._over.clear()
            self._thread = threading.Thread(target=self._tick, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._thread is not None:
            self._over.set()
            self._thread.join()
            self._thread = None
            self._write(_CLEAR)

    @property
    def seconds(self) -> float:
        """How long it has taken."""
        return time.monotonic() - self._start

    def at(self, far: str) -> None:
        """How far it has come, such as `12 of 90 MB`."""
        self._far = far

    def line(self, text: str) -> None:
        """A line that stays, above the one that goes on."""
        self._write(f"{_CLEAR if self.shown else ''}{text}\n")

    def _tick(self) -> None:
        wait = _AFTER
        while not self._over.wait(wait):
            wait, self.appeared = _EVERY, True
            parts = [self._what, *([self._far] if self._far else []), f"{self.seconds:.0f} s"]
            room = max(shutil.get_terminal_size().columns - 1, 20)
            text = printable(", ".join(parts))[:room]
            self._write(_CLEAR + (f"\x1b[2m{text}\x1b[0m" if self._styled else text))

    def _write(self, text: str) -> None:
        with self._lock:
            self._stream.write(text)
            self._stream.flush()


def megabytes(size: int) -> str:
    """A size in bytes as people read it: `12.3 MB`."""
    return f"{size / 1e6:.1f} MB"
