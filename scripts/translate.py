#!/usr/bin/env python3
"""Tell what is missing or out of date between the two languages, and record what was held to agree.

Takes records and prints one line a text; `done` and `record` write advisories/translations.lock.
Exit status 0 nothing to do or written, 1 something is missing or out of date, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from checkout import add_root  # beside this script

from caveat.knowledge import KnowledgeBase, load
from caveat.model import Language, Record
from caveat.problems import did_you_mean, printable, shown
from caveat.reading.document import Path as Place
from caveat.reading.document import field_name
from caveat.reading.translations import FILE, Key
from caveat.rules import walk
from caveat.rules.translation import NAMES, State, Told, key, recorded, told

_OPEN: tuple[State, ...] = ("missing", "behind")


class Work(NamedTuple):
    """A text to look at: where it is, its state, the language to write, and what to write from."""

    file: str
    line: int
    column: int
    field: str
    state: State
    language: Language
    source: str
    text: str | None

    def __str__(self) -> str:
        """`file:line:col: field: …`, in one line."""
        own, other = NAMES[self.language], NAMES["zh" if self.language == "en" else "en"]
        said = {
            "missing": f"{own} is missing",
            "behind": f"{own} is out of date: the {other} text was changed and it was not",
        }[self.state]
        return printable(f"{self.file}:{self.line}:{self.column}: {self.field}: {said}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    root: Path = options.root
    kb, problems = load(root)
    if any(problem.is_error for problem in problems):
        print("Some files cannot be read: run scripts/validate.py first.", file=sys.stderr)
        return 2
    records = {kb.document(one).file: one for one in walk.every_record(kb)}
    files = [_relative(path, root) for path in options.files]
    if strange := [file for file in files if file not in records]:
        hints = (f"{shown(one)} is no record here. {did_you_mean(one, records)}" for one in strange)
        parser.error(" ".join(hints).strip())
    chosen = [records[file] for file in files] or list(records.values())
    run = {"status": _status, "done": _done, "record": _record}[options.command]
    return run(kb, chosen, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="translate.py",
        description="Tell what is missing or out of date between English and Chinese.",
        epilog="Exit status: 0 nothing to do or written, 1 something is missing or out of date, "
        "2 wrong use.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    status = _command(commands, "status", "List texts that are missing or out of date.")
    status.add_argument("--language", choices=("en", "zh"), help="only what is to write in this")
    status.add_argument("--json", action="store_true", help="print the list for tools, with texts")
    done = _command(commands, "done", "Record that both languages of these files say the same.")
    done.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="FIELD",
        help="only this text, as `status` names it (repeatable)",
    )
    _command(
        commands,
        "record",
        "Record texts that are new in both languages, on the main branch after a merge; what is "
        "out of date stays so.",
    )
    for name, one in commands.choices.items():
        several = "+" if name == "done" else "*" if name == "status" else None
        if several:
            one.add_argument("files", nargs=several, type=Path, metavar="FILE", help="records")
        add_root(one, "work in")
    parser.set_defaults(files=[])
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, says: str
) -> argparse.ArgumentParser:
    return commands.add_parser(name, description=says, help=says[0].lower() + says[1:].rstrip("."))


def _relative(path: Path, root: Path) -> str:
    full = path.resolve()
    return full.relative_to(root).as_posix() if full.is_relative_to(root) else path.as_posix()


def _status(kb: KnowledgeBase, records: list[Record], options: argparse.Namespace) -> int:
    work = [one for record in records for one in _work(kb, record)]
    work = sorted(one for one in work if options.language in (None, one.language))
    if options.json:
        print(json.dumps([one._asdict() for one in work], indent=2))
        return 1 if work else 0
    for one in work:
        print(one)
    new = sum(len(told(kb, record, "new")) for record in records)
    missing, behind = (sum(one.state == state for one in work) for state in _OPEN)
    print(f"{missing} missing, {behind} out of date; {new} in both languages not recorded yet")
    return 1 if work else 0


def _work(kb: KnowledgeBase, record: Record) -> Iterator[Work]:
    document = kb.document(record)
    for one in told(kb, record, *_OPEN):
        language = one.language or "en"
        own, other = (one.text.en, one.text.zh) if language == "en" else (one.text.zh, one.text.en)
        line, column = document.place((*one.path, language))
        name = field_name(one.path)
        yield Work(document.file, line, column, name, one.state, language, other or "", own)


def _done(kb: KnowledgeBase, records: list[Record], options: argparse.Namespace) -> int:
    wanted: dict[Key, frozenset[Place]] = {}
    named: set[str] = set()
    for record in records:
        texts = [one for one in told(kb, record) if _is_asked(one, options.field)]
        named |= {field_name(one.path) for one in texts}
        wanted[key(record)] = frozenset(one.path for one in texts)
        for name in (field_name(one.path) for one in texts if one.state == "missing"):
            print(f"{name} has one language: nothing to record", file=sys.stderr)
    known = [field_name(one.path) for record in records for one in told(kb, record)]
    if strange := [field for field in options.field if field not in named]:
        for field in strange:
            print(f"{shown(field)} is no text there. {did_you_mean(field, known)}", file=sys.stderr)
        return 2
    return _write(kb, wanted, options)


def _is_asked(one: Told, fields: list[str]) -> bool:
    return not fields or field_name(one.path) in fields


def _record(kb: KnowledgeBase, _: list[Record], options: argparse.Namespace) -> int:
    return _write(kb, {}, options)


def _write(
    kb: KnowledgeBase, done: dict[Key, frozenset[Place]], options: argparse.Namespace
) -> int:
    """Write the lock and say what changed in it."""
    new = recorded(kb, done)
    before = {(name, pair) for name, pairs in kb.translations.pairs.items() for pair in pairs}
    after = {(name, pair) for name, pairs in new.pairs.items() for pair in pairs}
    if before != after:
        (options.root / FILE).write_text(new.text(), encoding="utf-8")
    print(f"{FILE}: {len(after - before)} recorded, {len(before - after)} let go")
    return 0


if __name__ == "__main__":
    sys.exit(main())
