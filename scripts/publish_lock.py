#!/usr/bin/env python3
"""Write down what is published, so that it stays: advisories/published.lock.

Run on the main branch when a site goes out; with --check BASE, tell whether a branch touches the
lock. Exit status 0 written, fresh or untouched, 1 something published is lost or the lock was
touched, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from checkout import add_root  # beside this script

from caveat.knowledge import KnowledgeBase
from caveat.problems import summary
from caveat.publishing import lock
from caveat.reading.lock import FILE, Lock
from caveat.rules import load_and_check


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    root: Path = options.root
    if options.check is None:
        return write(root)
    try:
        return check(root, options.check)
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        told = getattr(error, "stderr", "") or str(error)
        parser.error(f"git cannot compare with {options.check}: {told.strip()}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="publish_lock.py",
        description="Write down what is published: ids, slugs, anchors, names, dates, pages. Run "
        "it on the main branch at publication; a later build fails where any of it is lost.",
        epilog="Exit status: 0 written, fresh or untouched, 1 something is lost or the lock was "
        "touched, 2 wrong use.",
    )
    parser.add_argument(
        "--check",
        metavar="BASE",
        help="write nothing; tell whether the lock differs from where the branch left BASE, such "
        "as origin/main: only the main branch writes it",
    )
    add_root(parser, "work in")
    return parser


def write(root: Path) -> int:
    """Bring the lock up to date, unless something that was published is lost."""
    kb, problems = load_and_check(root)
    wrong = [problem for problem in problems if problem.is_error]
    for problem in wrong:
        print(problem, file=sys.stderr)
    if wrong:
        print(f"{summary(wrong)}: {FILE} is as it was", file=sys.stderr)
        return 1
    now = lock.of(kb, root / "docs" / "en")
    if lost := [*_unnumbered(kb), *(_lost(kb, path) for path in lock.lost_pages(kb.lock, now))]:
        print("\n".join(lost), file=sys.stderr)
        return 1
    text = now.text()
    fresh = (root / FILE).is_file() and (root / FILE).read_text(encoding="utf-8") == text
    if not fresh:
        (root / FILE).write_text(text, encoding="utf-8", newline="\n")
    told = f"{len(now.records)} records and {len(now.pages)} other pages"
    print(f"{FILE}: {'fresh' if fresh else 'written'}, {told}{_changes(kb.lock, now)}")
    return 0


def _unnumbered(kb: KnowledgeBase) -> list[str]:
    """What is locked is locked for ever: no placeholder."""
    return [
        f"{kb.document(record).file}:1:1: found the placeholder {record.id}, want a number "
        "(run scripts/number.py first)"
        for record in kb.published
        if "-new-" in record.id
    ]


def _lost(kb: KnowledgeBase, path: str) -> str:
    hint = (
        "keep the page, with a line on where its subject went; if it was published by mistake, "
        f"take its line out of {FILE} in a commit of its own that says why"
    )
    return str(kb.lock.problem("CAV902", (path,), "no such page", f"`{path}`, as published", hint))


def _changes(before: Lock, now: Lock) -> str:
    new = len(now.records.keys() - before.records.keys())
    changed = sum(now.records[id_] != one for id_, one in before.records.items())
    pages = len(set(now.pages) - set(before.pages))
    return f" ({new} records new, {changed} changed, {pages} pages new)"


def check(root: Path, base: str) -> int:
    """Whether the lock is as it was where this branch left `base`, uncommitted changes included."""
    start = _git(root, "merge-base", base, "HEAD").strip()
    changed = _git(root, "diff", "--unified=0", "--no-color", "--no-ext-diff", start, "--", FILE)
    if not changed:
        print(f"{FILE}: untouched")
        return 0
    hunk = re.search(r"^@@ -\S+ \+(\d+)", changed, re.MULTILINE)
    line = max(int(hunk[1]), 1) if hunk else 1
    print(
        f"{FILE}:{line}:1: found a change, want the lock as it is on {base} "
        f"(git checkout {start[:12]} -- {FILE}: the main branch writes it at publication, so that "
        "two changes never meet there)",
        file=sys.stderr,
    )
    return 1


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
