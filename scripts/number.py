#!/usr/bin/env python3
"""Give new records their numbers: `CAV-2025-new-some-words` becomes the next free id of 2025.

Run on the main branch after a merge, so that two pull requests never want the same number. Prints
what was renamed; exit status 0, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from checkout import add_root  # beside this script

from caveat.publishing.numbering import number
from caveat.reading.lock import read_lock


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="number.py",
        description="Replace the placeholder ids of new records by the next free numbers.",
        epilog="Exit status: 0 done, 2 wrong use.",
    )
    add_root(parser, "change")
    root: Path = parser.parse_args(arguments).root
    numbered = number(root, taken=read_lock(root)[0].records)
    for one in numbered:
        print(f"{one.placeholder} -> {one.id}")
    if not numbered:
        print("no record is waiting for a number")
    return 0


if __name__ == "__main__":
    sys.exit(main())
