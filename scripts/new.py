#!/usr/bin/env python3
"""Write the draft of a new record, from questions, from flags, or from an upstream thread.

Takes answers and writes `advisories/records/<year>/CAV-<year>-new-<slug>.yml`, a valid draft with
what is still to do; exit status 0 when it is written, 1 when a record seems to tell of the same
problem already and nothing is written, 2 for wrong use, 130 for an interrupt.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

from asking import Terminal, Unusable, flags, from_flags
from checkout import add_root  # beside this script
from fetching import contents

from caveat.drafting import Answers, drafted, duplicates, faults
from caveat.drafting.asking import Dialogue, told
from caveat.drafting.prefill import prefilled
from caveat.importers import documents
from caveat.importers.draft import Draft
from caveat.importers.lead import Lead, SourceError
from caveat.knowledge import KnowledgeBase, load
from caveat.matching import Index
from caveat.model.base import Language
from caveat.problems import printable
from caveat.words import words

INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    root: Path = options.root
    try:
        return _run(root, options)
    except (Unusable, SourceError) as error:
        print(f"new.py: {printable(str(error))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\nnothing was written", file=sys.stderr)
        return INTERRUPTED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="new.py",
        description="Write the draft of a new record. At a terminal, what no flag says is asked; "
        "elsewhere --url (or --from), --title and --product are needed, and the rest stays to do.",
        epilog="Exit status: 0 written, 1 a record seems to tell of the same problem already "
        "(nothing is written without --anyway), 2 wrong use, 130 interrupted.",
    )
    flags(parser)
    parser.add_argument(
        "--from",
        dest="source",
        metavar="FILE|URL",
        help="an upstream issue or pull request: a saved page, what the API answers, or its address"
        " where there is a network; OSV and CSAF documents as well",
    )
    parser.add_argument("--lang", choices=get_args(Language), default="en", help="your language")
    parser.add_argument("--anyway", action="store_true", help="write in spite of likely duplicates")
    parser.add_argument("--print", action="store_true", help="print the draft, write nothing")
    parser.add_argument("--no-input", action="store_true", help="ask nothing, even at a terminal")
    add_root(parser, "write to")
    return parser


def _run(root: Path, options: argparse.Namespace) -> int:
    kb, problems = load(root)
    if broken := [problem for problem in problems if problem.is_error]:
        print(f"{broken[0]}\nMend the records first: scripts/validate.py", file=sys.stderr)
        return 2
    today = datetime.now(UTC).date().isoformat()
    t, index = words(options.lang), Index.of(kb)
    lead = _lead(options.source)
    answers = from_flags(options, kb, today)
    if lead is not None:
        answers = prefilled(kb, answers, lead)
    if sys.stdin.isatty() and not options.no_input:
        asked = Dialogue(kb, index, Terminal(), t).asked(answers, today)
        if asked is None:
            return 1
        answers = asked
    elif not _may_go_on(kb, index, answers, options):
        return 1
    _complete(answers, lead)
    draft = drafted(kb, answers, today, lead=lead)
    return _delivered(root, kb, draft, options)


def _lead(source: str | None) -> Lead | None:
    return documents.read(contents(source), Path(source).name) if source else None


def _may_go_on(
    kb: KnowledgeBase, index: Index, answers: Answers, options: argparse.Namespace
) -> bool:
    """Show records that may be the same; whether to write in spite of them."""
    found = duplicates(kb, index, answers)
    for one in found:
        print(printable(told(one, words(options.lang))), file=sys.stderr)
    return options.anyway or not any(one.is_likely for one in found)


def _complete(answers: Answers, lead: Lead | None) -> None:
    """Hold the answers to what no draft can do without."""
    needed = () if lead else ("url", "title", "product")
    if missing := [f"--{name}" for name in needed if not getattr(answers, name)]:
        raise Unusable(f"{', '.join(missing)} or --from is needed where nobody can be asked")


def _delivered(root: Path, kb: KnowledgeBase, draft: Draft, options: argparse.Namespace) -> int:
    for problem in faults(draft, kb):
        print(problem, file=sys.stderr)
    if options.print:
        print(draft.text, end="")
        return 0
    _write(root / draft.path, draft.text)
    t = words(options.lang)
    print(t("new.say.written", path=draft.path))
    print(*(f"  - {printable(str(one))}" for one in draft.fill), sep="\n")
    print(t("new.say.next", id=draft.id, path=draft.path))
    return 0


def _write(path: Path, text: str) -> None:
    """The whole file or none, and never over another one."""
    if path.exists():
        raise Unusable(f"{path.name} exists already; give another --slug")
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.rename(path)
    finally:
        beside.unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
