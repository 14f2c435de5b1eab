#!/usr/bin/env python3
"""Turn OSV and CSAF documents and saved upstream threads into draft records.

Takes files and writes one draft each, with the list of what a person must still fill and of what
could not be kept; exit status 0 when every file gave a clean draft, 1 when one gave none or is not
valid, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from checkout import add_root  # beside this script

from caveat.drafting.record import faults
from caveat.importers import documents
from caveat.importers.draft import Draft, draft
from caveat.importers.lead import SourceError
from caveat.importers.parts import told
from caveat.knowledge import KnowledgeBase, load
from caveat.problems import printable


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    root: Path = options.root
    kb, problems = load(root)
    if options.product and options.product not in kb.products:
        parser.error(f"unknown product {options.product}; known: {', '.join(kb.products)}")
    if any(problem.is_error for problem in problems):
        print("Some files cannot be read: run scripts/validate.py first.", file=sys.stderr)
        return 2
    drafts, refused = _drafts(options.files, kb, options)
    for one in drafts if not options.dry_run else ():
        path = root / one.path
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:  # never over what somebody wrote
            stream.write(one.text)
    invalid = [] if options.dry_run else [str(bad) for one in drafts for bad in faults(one, kb)]
    _report(drafts, options)
    for text in (*refused, *invalid):
        print(printable(text), file=sys.stderr)
    return 1 if refused or invalid else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="import.py",
        description="Make draft records of OSV JSON, CSAF 2.0 JSON and saved upstream threads: "
        "an issue, pull or merge request as GitHub's or GitLab's API answers it, or a saved page.",
        epilog="Exit status: 0 a clean draft for every file, 1 at least one file gave none, "
        "2 wrong use.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a document")
    parser.add_argument(
        "--product",
        default="",
        metavar="ID",
        help="the product that is meant where a document names none that is known here",
    )
    parser.add_argument("--dry-run", action="store_true", help="print the drafts, write nothing")
    parser.add_argument("--json", action="store_true", help="print the lists for tools")
    add_root(parser, "write to")
    return parser


def _drafts(
    files: list[Path], kb: KnowledgeBase, options: argparse.Namespace
) -> tuple[list[Draft], list[str]]:
    """A draft of each file, or why there is none."""
    today = datetime.now(UTC).date().isoformat()
    made: list[Draft] = []
    refused: list[str] = []
    for path in files:
        try:
            lead = documents.read(documents.contents(path), path.name)
            taken = [name for one in made for name in (one.id, one.slug)]
            made.append(draft(lead, kb, today, taken, options.product))
        except SourceError as error:
            refused.append(str(error))
    return made, refused


def _report(drafts: list[Draft], options: argparse.Namespace) -> None:
    if options.json:
        keys = ("id", "path", "fill", "lost", *(("text",) if options.dry_run else ()))
        listed = [{key: asdict(one)[key] for key in keys} for one in drafts]
        print(json.dumps(listed, indent=2))
        return
    for one in drafts:
        if options.dry_run:
            print(one.text)
            continue
        print(f"{one.path}: an unreviewed draft")
        print("  still to do:", *(f"    - {printable(str(fill))}" for fill in one.fill), sep="\n")
        if one.lost:
            print("  not kept:", *(f"    - {printable(text)}" for text in told(one.lost)), sep="\n")


if __name__ == "__main__":
    sys.exit(main())
