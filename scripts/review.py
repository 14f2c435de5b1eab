#!/usr/bin/env python3
"""List the records that are due for review, and what new releases in a catalogue make due.

Takes a day and prints one line a record; exit status 0 nothing is due, 1 something is, 2 wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from checkout import add_root  # beside this script

from caveat.knowledge import load
from caveat.rules.freshness import Due, due


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    root: Path = options.root
    kb, problems = load(root)
    if problems:
        print("Some files cannot be read: run scripts/validate.py first.", file=sys.stderr)
        return 2
    found = due(kb, options.today)
    if options.json:
        print(json.dumps([_values(one) for one in found], indent=2))
    else:
        for one in found:
            print(_line(one))
        print(f"{len(found)} of {len(kb.published)} records are due on {options.today}")
    return 1 if found else 0


def _day(text: str) -> str:
    return date.fromisoformat(text).isoformat()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="review.py",
        description="List the records whose review day has come, and those with an open range "
        "whose product has a newer release than the record was verified with.",
        epilog="Exit status: 0 nothing is due, 1 something is due, 2 wrong use.",
    )
    today = datetime.now(UTC).date().isoformat()
    parser.add_argument(
        "--today", type=_day, default=today, metavar="DATE", help="the day (default: today)"
    )
    parser.add_argument("--json", action="store_true", help="print the list for tools")
    add_root(parser, "read")
    return parser


def _line(one: Due) -> str:
    verification = one.record.verification
    parts = [f"review by {verification.review_by}{' (overdue)' if one.overdue else ''}"]
    parts += [
        f"{late.product} {late.newest.text} is newer than {late.verified or 'nothing'}, "
        "the last one verified"
        for late in one.behind
    ]
    return f"{one.record.id} {one.record.slug}: {'; '.join(parts)}"


def _values(one: Due) -> dict[str, object]:
    return {
        "id": one.record.id,
        "slug": one.record.slug,
        "review_by": one.record.verification.review_by,
        "overdue": one.overdue,
        "behind": [
            {"product": late.product, "verified": late.verified, "newest": late.newest.text}
            for late in one.behind
        ],
    }


if __name__ == "__main__":
    sys.exit(main())
