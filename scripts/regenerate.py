#!/usr/bin/env python3
"""Write every generated file anew, or say which are stale.

Takes the declarations in this checkout and gives the files made from them; exit status 0 when all
are fresh or were written, 1 when --check finds a stale one, 2 for wrong use.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import reference
from checkout import ROOT, add_root  # beside this script

from caveat.exports import losses
from caveat.matching.terms import stop_words
from caveat.model.schema import file_name, schemas
from caveat.publishing import headers
from caveat.words import LANGUAGES, words


class Generated(NamedTuple):
    """A file that is made from others: its path below the root, and what it holds."""

    path: str
    text: str


def _schemas(root: Path) -> Iterator[Generated]:  # noqa: ARG001 - one signature for all producers
    """What editors and other tools check a record's form with."""
    for kind, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        yield Generated(f"advisories/schema/{file_name(kind)}", text)


def _stop_words(root: Path) -> Iterator[Generated]:  # noqa: ARG001 - one signature for all producers
    """What the browser's matcher leaves out, as the command's does."""
    listed = textwrap.fill(" ".join(sorted(stop_words())), 96, initial_indent="  ")
    yield Generated(
        "docs/theme/scripts/lib/match/stop.js",
        "/** Words that stand in every text; scripts/regenerate.py writes them from"
        " caveat/matching/stop.txt. */\nexport const STOP_WORDS = new Set(\n  `"
        + listed.replace("\n", "\n   ").lstrip()
        + "`.split(/\\s+/),\n);\n",
    )


def _exports_page(root: Path) -> Iterator[Generated]:  # noqa: ARG001 - one signature for all producers
    """What of a record the exports keep, for readers."""
    for language in LANGUAGES:
        yield Generated(f"docs/{language}/formats/exports.md", losses.page(words(language)))


def _server_headers(root: Path) -> Iterator[Generated]:  # noqa: ARG001 - one signature for all producers
    """What servers say with each file; the policy holds the hash of the pages' inline script."""
    script = headers.start(ROOT)
    yield Generated("deploy/nginx/headers.conf", headers.nginx(script))
    yield Generated("deploy/_headers", headers.static_host(script))


def _expectations(root: Path) -> Iterator[Generated]:
    """What the tests hold the rules and the engine to: read the difference before you commit it."""
    if root != ROOT:
        return
    from tests.support.goldens import expectations  # noqa: PLC0415 - only a checkout has tests
    from tests.support.vectors import vectors  # noqa: PLC0415

    for path, text in (*expectations(), *vectors()):
        yield Generated(path.relative_to(root).as_posix(), text)


def _reference(root: Path) -> Iterator[Generated]:
    """What the pages below /formats/ tell of rules, commands and API."""
    if root != ROOT:
        return
    for name, text in (
        ("rules", reference.rules()),
        ("commands", reference.commands(root)),
        ("api", reference.api()),
    ):
        yield Generated(f"{reference.FOLDER}/{name}.json", text)


#: To add a generated file: a function that gives its path and text, and an entry here. A producer
#: may read below the root that it is given, and writes nothing.
PRODUCERS: tuple[Callable[[Path], Iterator[Generated]], ...] = (
    _schemas,
    _stop_words,
    _exports_page,
    _server_headers,
    _expectations,
    _reference,
)


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT))  # only a checkout has tests
    root: Path = options.root
    stale = [one for producer in PRODUCERS for one in producer(root) if _differs(root, one)]
    for one in stale:
        if not options.check:
            _write(root / one.path, one.text)
        print(f"{one.path}: {'stale' if options.check else 'written'}")
    if stale and options.check:
        print("Run scripts/regenerate.py and commit what it writes.", file=sys.stderr)
        return 1
    if not stale:
        print("everything is fresh")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="regenerate.py",
        description="Write the generated files anew: the JSON Schemas of the records, the "
        "references of rules, commands, API and exports, and the expected files and vectors of "
        "the tests.",
        epilog="Exit status: 0 fresh or written, 1 stale (--check), 2 wrong use.",
    )
    parser.add_argument("--check", action="store_true", help="write nothing, say what is stale")
    add_root(parser, "write to")
    return parser


def _differs(root: Path, one: Generated) -> bool:
    """Whether the file is missing or holds other bytes, line ends included."""
    path = root / one.path
    return not path.is_file() or path.read_bytes() != one.text.encode()


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())


if __name__ == "__main__":
    sys.exit(main())
