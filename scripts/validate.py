#!/usr/bin/env python3
"""Check records and print every problem with its place; mend what is mechanical.

Takes nothing (the whole tree) or files, and prints `file:line:col: CODE field: found X, want Y`
with the line below it; exit status 0 when there is no error (warnings do not count), 1 when there
is one, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path, PurePosixPath

from checkout import add_root  # beside this script

from caveat.cli.progress import Progress
from caveat.knowledge import KnowledgeBase
from caveat.mending import Act, Mended, mend
from caveat.model import KINDS, Advisory
from caveat.problems import Problem, printable, summary
from caveat.reading.excerpt import Excerpts
from caveat.reading.tree import LIMITS, PATTERNS
from caveat.rules import load_and_check
from caveat.rules.grade import grade
from caveat.words import words


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    options = _parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # an old terminal is no reason to stop
    root: Path = options.root
    wanted = {_relative(path, root) for path in options.files}
    if wrong := [text for path in options.files if (text := _no_record(path, root))]:
        print("\n".join(wrong), file=sys.stderr)
        return 2
    if options.fix:
        for line in _fix(root, wanted):
            print(line, file=sys.stderr)
    with Progress(sys.stderr, os.environ, _working(root, wanted)) as progress:
        kb, problems = load_and_check(root, wanted or None, tidy=True)
    if wanted:
        problems = [p for p in problems if p.file in wanted]
    _REPORTERS[options.format](problems, root)
    if options.format == "text":
        for record in kb.advisories.values() if wanted else ():
            print(_graded(kb, record))
    if progress.shown:
        print(f"{_working(root, wanted)}: done in {progress.seconds:.1f} s", file=sys.stderr)
    return 1 if any(p.is_error for p in problems) else 0


def _working(root: Path, wanted: set[str]) -> str:
    count = len(wanted) or sum(1 for p in PATTERNS.values() for _ in (root / "advisories").glob(p))
    return f"checking {count:,} file{'s' * (count != 1)}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="validate.py",
        description="Check records, products, traits and practices.",
        epilog="Exit status: 0 no error, 1 at least one error, 2 wrong use.",
    )
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="print only the problems of these files (default: all)",
    )
    parser.add_argument(
        "--format",
        choices=sorted(_REPORTERS),
        default="text",
        help="text for people, json for tools, github for annotations on the lines of a change",
    )
    parser.add_argument(
        "--fix",
        action="store_true",
        help="first mend what is mechanical, without changing what a file says: line ends, quotes, "
        "days, links, spaces, the schema line, the order of keys",
    )
    add_root(parser, "read")
    return parser


def _relative(path: Path, root: Path) -> str:
    """The name that problems carry. The last part is not followed: a link is itself a problem."""
    full = path.parent.resolve() / path.name
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else path.as_posix()


def _no_record(path: Path, root: Path) -> str:
    """Why the path cannot be asked for, or "": what nothing reads must not pass as checked."""
    if not os.path.lexists(path):
        return f"{path}: no such file"
    name = PurePosixPath(_relative(path, root))
    folders = {PurePosixPath("advisories", pattern).parts[:2] for pattern in PATTERNS.values()}
    if name.parts[:2] not in folders:
        return f"{path}: not a record, product, trait or practice below {root / 'advisories'}"
    if path.is_dir() and not any(name.match(f"advisories/{p}") for p in PATTERNS.values()):
        return f"{path}: a folder, want files"
    return ""


def _graded(kb: KnowledgeBase, record: Advisory) -> str:
    """How well the record can be acted on, and what would help it most."""
    t, found = words("en"), grade(kb, record)
    text = f"{record.id}: {t('grade.label', letter=found.letter)}, "
    text += t(f"grade.means-{found.letter.lower()}")
    if found.missing:
        text += ". " + t("grade.next", what=t(f"grade.{found.missing[0]}"))
    return text


def _fix(root: Path, wanted: set[str]) -> Iterator[str]:
    """Mend the files that are wanted, or all; a line for each that changed."""
    for kind, path in _files(root, wanted):
        if (mended := _mended(root, kind, path)) and mended.done:
            # Beside and then over it, so that an interrupt leaves the old file or the new one.
            beside = path.with_name(f".{path.name}.mended")
            beside.write_bytes(mended.raw)
            beside.chmod(path.stat().st_mode)
            beside.replace(path)
            done = ", ".join(_DONE[act].format(count) for act, count in mended.done.items())
            yield printable(f"{path.relative_to(root).as_posix()}: mended: {done}")


def _files(root: Path, wanted: Iterable[str]) -> Iterator[tuple[str, Path]]:
    """The wanted files, or all, each with its kind; nothing that is a link or a folder."""
    for kind, pattern in PATTERNS.items():
        for path in sorted((root / "advisories").glob(pattern)):
            asked = not wanted or path.relative_to(root).as_posix() in wanted
            if asked and path.is_file() and not path.is_symlink():
                yield kind, path


def _mended(root: Path, kind: str, path: Path) -> Mended | None:
    """What mending would give, or None for what is too large to be looked at."""
    if path.stat().st_size > LIMITS[kind].size:
        return None
    return mend(path.relative_to(root).as_posix(), path.read_bytes(), KINDS[kind], LIMITS[kind])


def _as_text(problems: list[Problem], root: Path) -> None:
    excerpts = Excerpts(root)
    for problem in problems:
        print(problem)
        if excerpt := excerpts.of(problem):
            print(excerpt)
    print(summary(problems))
    files = {problem.file for problem in problems}
    faulty = _files(root, files) if files else ()
    mendable = [path for kind, path in faulty if (m := _mended(root, kind, path)) and m.done]
    if mendable:
        print(f"--fix mends some of it, in {len(mendable)} file{'s' * (len(mendable) != 1)}")


def _as_json(problems: list[Problem], root: Path) -> None:  # noqa: ARG001 - one signature for all
    # Escapes, so that a record's characters drive neither a terminal nor a pipe that is not UTF-8.
    print(json.dumps([asdict(p) for p in problems], indent=2))


def _as_github(problems: list[Problem], root: Path) -> None:  # noqa: ARG001 - likewise
    """Workflow commands; the characters that end a property or a line are escaped."""
    for p in problems:
        text = f"{p.field}: found {p.found}, want {p.want}" + (f" ({p.hint})" if p.hint else "")
        safe = printable(text).replace("%", "%25")
        file = printable(p.file).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
        place = f"file={file},line={p.line},col={p.column},title={p.code}"
        print(f"::{p.level} {place}::{safe}")


_DONE: dict[Act, str] = {
    "line-ends": "line ends and byte order mark",
    "tabs": "{} tabs made spaces",
    "quotes": "{} quoted",
    "spaces": "spaces at line ends",
    "schema-line": "schema line",
    "forms": "{} in the form of their field",
    "order": "order of keys",
}
_REPORTERS = {"text": _as_text, "json": _as_json, "github": _as_github}


if __name__ == "__main__":
    # A million small objects that all live to the end: looking for cycles costs a third of the run.
    gc.disable()
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Nor is there a reason to free them one by one before the process ends.
    os._exit(status)
