"""`caveat match`: the advisories that a log means.

Takes files or standard input, of any size and content, and gives hits, best first, with the lines
where they stand; the status says whether there are any, as that of grep does.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EACCES, EISDIR, ENOENT
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from caveat.cli.console import Console
from caveat.cli.failure import Failure
from caveat.cli.match_text import show
from caveat.cli.opening import open_here
from caveat.cli.progress import Progress, megabytes
from caveat.cli.source import Source
from caveat.matching import Hit, Result, cleaned, decoded, match
from caveat.words import Words, words

BLOCK = 1 << 20
#: What of standard input is kept in memory, so that the lines of hits can be shown; the rest goes
#: to a temporary file.
KEPT = 32 << 20
STANDARD_INPUT = "-"


@dataclass(frozen=True)
class Log:
    """One input: its name, its result, and for each hit the lines to show, by their number."""

    name: str
    result: Result
    lines: dict[int, str]


def add_arguments(parser: ArgumentParser) -> None:
    """What `caveat match` understands."""
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="logs; `-` or none is standard input"
    )


def run(options: Namespace, console: Console) -> int:
    """Look, and say by the status whether something was found."""
    t, source = words(options.lang), open_here(options.kb)
    names = list(dict.fromkeys(options.files)) or [STANDARD_INPUT]
    if wrong := [text for name in names if (text := _unreadable(name))]:
        raise Failure(*wrong)
    index = source.signatures()
    logs = []
    looked, progress = 0, Progress(sys.stderr, os.environ, t("cli-match.looking"))
    for name in names:
        with _opened(name, console, t) as stream:
            size = stream.seek(0, 2)
            stream.seek(0)
            with progress:
                result = match(index, decoded(_told(stream, size, progress)))
            looked += size
            stream.seek(0)
            lines = dict(_lines(stream, {n for hit in result.hits for n in hit.lines}))
            if not result.hits and stream.seek(0, 2) == 0:
                console.error(t("cli-match.empty", name=name))
        logs.append(Log(name, result, lines))
    if options.json:
        console.json(_values(logs, source, named=bool(options.files)))
    else:
        show([(one.name, one.result, one.lines) for one in logs], source, t, console)
    if progress.appeared:
        console.error(
            t("cli-match.looked", size=megabytes(looked), seconds=f"{progress.seconds:.1f}")
        )
    return 0 if any(one.result.hits for one in logs) else 1


def _unreadable(name: str) -> str:
    """Why an input cannot be read, or "". It is not opened: what a pipe holds comes only once."""
    if name == STANDARD_INPUT:
        return ""
    if os.access(name, os.R_OK):
        return f"{name}: {os.strerror(EISDIR)}" if Path(name).is_dir() else ""
    return f"{name}: {os.strerror(EACCES if os.path.lexists(name) else ENOENT)}"


@contextmanager
def _opened(name: str, console: Console, t: Words) -> Iterator[IO[bytes]]:
    """The input as a stream that can be read twice."""
    if name != STANDARD_INPUT:
        with Path(name).open("rb") as stream:
            if stream.seekable():
                yield stream
                return
            with _kept(stream) as kept:
                yield kept
        return
    if sys.stdin.isatty():
        console.error(t("cli-match.waiting"))
    with _kept(sys.stdin.buffer) as kept:
        yield kept


@contextmanager
def _kept(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """What comes only once, kept to be read again."""
    with SpooledTemporaryFile(KEPT) as kept:
        for block in _blocks(stream):
            kept.write(block)
        kept.seek(0)
        yield kept


def _blocks(stream: IO[bytes]) -> Iterator[bytes]:
    while block := stream.read(BLOCK):
        yield block


def _told(stream: IO[bytes], size: int, progress: Progress) -> Iterator[bytes]:
    """The blocks, each told of when it was looked at."""
    done = 0
    for block in _blocks(stream):
        yield block
        done += len(block)
        progress.at(f"{megabytes(done)} / {megabytes(size)}")


def _lines(stream: IO[bytes], wanted: set[int]) -> Iterator[tuple[int, str]]:
    """The lines with the wanted numbers, counted as the matcher counts them."""
    number, last = 1, max(wanted, default=0)
    parts: list[str] = []
    for text in cleaned(decoded(_blocks(stream))):
        if number > last:
            return
        *whole, rest = text.split("\n")
        for line in whole:
            if number in wanted:
                yield number, "".join((*parts, line))
            number, parts = number + 1, []
        if number in wanted:
            parts.append(rest)
    if number in wanted:
        yield number, "".join(parts)


def _values(logs: list[Log], source: Source, *, named: bool) -> dict[str, Any]:
    """The form that the contract fixes, which only grows."""
    found = [(hit, log) for log in logs for hit in log.result.hits]
    found.sort(key=lambda one: (one[0].grade != "known", -one[0].score))
    return {
        "hits": [_hit(hit, source) | ({"file": log.name} if named else {}) for hit, log in found],
        "versions": [
            {"product": seen.product, "version": seen.version, "line": seen.line}
            | ({"file": log.name} if named else {})
            for log in logs
            for seen in log.result.versions
        ],
    }


def _hit(hit: Hit, source: Source) -> dict[str, Any]:
    return {
        "id": hit.id,
        "slug": hit.slug,
        "grade": hit.grade,
        "score": hit.score,
        "lines": list(hit.lines),
        "fits": hit.fits,
        "url": source.place(hit.id)["url"],
    }
