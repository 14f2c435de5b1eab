#!/usr/bin/env python3
"""Measure what Caveat costs as it grows, beside plain MkDocs with Material on the same content.

Takes numbers of records and prints a table of seconds, memory and bytes, and the ratio of the two
builds in the same run; exit status 0, 1 when a build failed, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bench_search import measure_search
from bench_tree import make_markdown, make_tree

ROOT = Path(__file__).resolve().parent.parent
MKDOCS = [sys.executable, "-m", "mkdocs", "build"]


@dataclass
class Figures:
    """What one size of knowledge base cost."""

    records: int
    pages: int
    seconds: float
    plain_seconds: float | None
    memory_mb: float
    advisory_gz_kb: float
    first_view_gz_kb: float
    site_mb: float
    search_kb: float | None
    next_search_kb: float | None

    @property
    def ratio(self) -> float | None:
        """Our build's time as a part of the plain one's."""
        return self.seconds / self.plain_seconds if self.plain_seconds else None


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    rows = []
    for number in options.records:
        with _folder(options.keep) as folder:
            try:
                rows.append(measure(Path(folder), number, plain=not options.no_plain))
            except subprocess.CalledProcessError as error:
                print(f"The build of {number} records failed:\n{error.output}", file=sys.stderr)
                return 1
    if options.json:
        print(json.dumps([asdict(row) | {"ratio": row.ratio} for row in rows], indent=2))
    else:
        _print(rows)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench.py",
        description="Build N realistic records in two languages and report time, memory, bytes.",
        epilog="Exit status: 0 measured, 1 a build failed, 2 wrong use.",
    )
    parser.add_argument("records", nargs="*", type=int, default=[100, 1000], metavar="N")
    parser.add_argument("--no-plain", action="store_true", help="leave out the plain build")
    parser.add_argument("--keep", type=Path, help="work in this folder and leave it there")
    parser.add_argument("--json", action="store_true", help="print figures for tools")
    return parser


def _folder(keep: Path | None) -> tempfile.TemporaryDirectory[str] | _Kept:
    return _Kept(keep) if keep else tempfile.TemporaryDirectory()


class _Kept:
    """A folder that stays after the run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> str:
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        return str(self.path)

    def __exit__(self, *_: object) -> None:
        return None


def measure(folder: Path, number: int, *, plain: bool) -> Figures:
    """The figures for `number` records, built below `folder`."""
    tree, site = folder / "tree", folder / "site"
    tree.mkdir()
    make_tree(ROOT, tree, number)
    seconds, memory = _timed([*MKDOCS, "--site-dir", str(site)], tree)
    plain_seconds = None
    if plain:
        make_markdown(tree, folder / "plain")
        plain_seconds = 0.0
        for language in ("en", "zh"):
            where = folder / "plain" / language
            plain_seconds += _timed([*MKDOCS, "--site-dir", str(where / "site")], where)[0]
    search = measure_search(site)
    advisories = sorted(site.glob("advisories/CAV-*/index.html"))
    return Figures(
        records=number,
        pages=sum(1 for _ in site.rglob("index.html")),
        seconds=seconds,
        plain_seconds=plain_seconds,
        memory_mb=memory / 2**20,
        advisory_gz_kb=max(_gzipped(path) for path in advisories) / 1024,
        first_view_gz_kb=max(_first_view(path, site) for path in advisories[:20]) / 1024,
        site_mb=sum(p.stat().st_size for p in site.rglob("*") if p.is_file()) / 2**20,
        search_kb=search.first / 1024 if search else None,
        next_search_kb=search.next / 1024 if search else None,
    )


def _timed(command: list[str], folder: Path) -> tuple[float, int]:
    """Seconds and peak bytes of memory, of all processes of the command together."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    started = time.perf_counter()
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
    seconds = time.perf_counter() - started
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    return seconds, peak.stop()


class _Peak:
    """Looks at the memory of a session's processes ten times a second (Linux; elsewhere 0)."""

    def __init__(self, session: int) -> None:
        self._session, self._most, self._done = session, 0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            self._most = max(self._most, sum(_resident(self._session)))

    def stop(self) -> int:
        """The most that was seen, in bytes."""
        self._done.set()
        self._thread.join()
        return self._most


def _resident(session: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == session:
            yield int(fields[21]) * os.sysconf("SC_PAGE_SIZE")


def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def _first_view(page: Path, site: Path) -> int:
    """Compressed bytes of a page with the styles and scripts that it names."""
    text = page.read_text(encoding="utf-8")
    named = re.findall(r'<(?:link rel="stylesheet"|script)[^>]*?(?:href|src)="([^"#?]+)"', text)
    files = {(page.parent / name).resolve() for name in named if "://" not in name}
    return _gzipped(page) + sum(
        _gzipped(f) for f in files if f.is_relative_to(site) and f.is_file()
    )


#: Heading and value of each column of the table, in its order; None prints as a dash.
_COLUMNS: tuple[tuple[str, Callable[[Figures], float | None]], ...] = (
    ("records", lambda row: row.records),
    ("pages", lambda row: row.pages),
    ("build s", lambda row: row.seconds),
    ("plain s", lambda row: row.plain_seconds),
    ("ratio", lambda row: row.ratio),
    ("peak MB", lambda row: row.memory_mb),
    ("page KB", lambda row: row.advisory_gz_kb),
    ("view KB", lambda row: row.first_view_gz_kb),
    ("find KB", lambda row: row.search_kb),
    ("next KB", lambda row: row.next_search_kb),
    ("site MB", lambda row: row.site_mb),
)


def _cell(value: float | None) -> str:
    if value is None:
        return f"{'-':>8}"
    return f"{value:8}" if isinstance(value, int) else f"{value:8.{2 if value < 10 else 1}f}"


def _print(rows: list[Figures]) -> None:
    print(" ".join(f"{name:>8}" for name, _ in _COLUMNS))
    for row in rows:
        print(" ".join(_cell(value(row)) for _, value in _COLUMNS))
    if len(rows) > 1:
        per = [row.seconds / row.records for row in (rows[0], rows[-1])]
        print(f"time a record, last against first: {per[1] / per[0]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
