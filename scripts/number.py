#!/usr/bin/env python3
"""Give new records their numbers: `CAV-2025-new-some-words` becomes the next free id of 2025.

Run on the main branch after a merge, so that two pull requests never want the same number. Prints
what was renamed; exit status 0, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from caveat.publishing.numbering import number
from caveat.reading.lock import read_lock

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="number.py",
        description="Replace the placeholder ids of new records by the next free numbers.",
        epilog="Exit status: 0 done, 2 wrong use.",
    )
    parser.add_argument(
        "--root",
        type=Path,
        default=ROOT,
        help="the checkout to change (default: the one this script lies in)",
    )
    root: Path = parser.parse_args(arguments).root.resolve()
    if not (root / "advisories").is_dir():
        parser.error(f"{root} holds no advisories/")
    numbered = number(root, taken=read_lock(root)[0].records)
    for one in numbered:
        print(f"{one.placeholder} -> {one.id}")
    if not numbered:
        print("no record is waiting for a number")
    return 0


if __name__ == "__main__":
    sys.exit(main())
