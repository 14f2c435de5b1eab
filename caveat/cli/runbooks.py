"""`caveat runbooks`: the links to advisories in runbooks that need attention.

Takes folders and files and gives findings with their places; what cannot be read ends the command,
since an answer would leave it out.
"""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from caveat.cli.check import add_today
from caveat.cli.console import Console
from caveat.cli.failure import Failure
from caveat.cli.opening import open_here
from caveat.cli.runbooks_report import REPORTERS, Looked, Place
from caveat.cli.source import Source
from caveat.runbooks import KINDS, Judge, Names, Runbook, Sites, of_marks, read
from caveat.words import Words, words

#: A larger file is data, not a runbook.
LARGEST = 8 << 20


def add_arguments(parser: ArgumentParser) -> None:
    """What `caveat runbooks` understands."""
    parser.add_argument(
        "places",
        nargs="+",
        metavar="DIR",
        help="a folder, read with all below it, or a file: " + ", ".join(KINDS),
    )
    parser.add_argument(
        "--site",
        action="append",
        default=[],
        metavar="URL",
        help="only links to this address count, and any page there that does not exist is told "
        "(repeatable; default: whatever has the path of an advisory)",
    )
    parser.add_argument("--format", choices=sorted(REPORTERS), help="default: text")
    add_today(parser)


def run(options: Namespace, console: Console) -> int:
    """Look, and say by the status whether anything needs attention."""
    form = options.format or ("json" if options.json else "text")
    if options.json and form != "json":
        raise Failure("--json and --format name two forms")
    t, source = words(options.lang), open_here(options.kb)
    if wrong := [t("cli-runbooks.site", text=one) for one in options.site if not _address(one)]:
        raise Failure(*wrong)
    sites = Sites(options.site or source.sites(), only=bool(options.site))
    books = {file: _read(file, sites, t) for file in _files(options.places, t)}
    today = options.today or date.today()  # noqa: DTZ011 - the reader's day
    looked = _judged(books, source, today.isoformat())
    REPORTERS[form](looked, source, t, console)
    return 1 if looked.places else 0


def _address(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _files(places: list[str], t: Words) -> list[Path]:
    """Every file that is a runbook by its suffix, each once, in the order of their names."""
    found: dict[Path, None] = {}
    wrong: list[str] = []
    for name in places:
        place = Path(name)
        if place.is_dir():
            below = sorted(_below(place, wrong))
            found |= dict.fromkeys(below)
            if not below:
                wrong.append(t("cli-runbooks.none", place=name, kinds=t.joined(list(KINDS))))
        elif place.is_file() and place.suffix.lower() in KINDS:
            found[place] = None
        else:
            key = "kind" if place.is_file() else "missing"
            kinds = t.joined(list(KINDS))
            wrong.append(t(f"cli-runbooks.{key}", place=name, kinds=kinds))
    if wrong:
        raise Failure(*wrong)
    return list(found)


def _below(folder: Path, wrong: list[str]) -> Iterator[Path]:
    """Files below the folder; hidden folders and links to other folders are passed over."""

    def note(error: OSError) -> None:
        wrong.append(f"{error.filename}: {error.strerror}")

    for root, folders, names in os.walk(folder, onerror=note):
        folders[:] = [one for one in folders if not one.startswith(".") and one != "node_modules"]
        yield from (Path(root) / n for n in names if Path(n).suffix.lower() in KINDS)


def _read(file: Path, sites: Sites, t: Words) -> Runbook:
    try:
        with file.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise Failure(f"{file}: {error.strerror}") from None
    if len(raw) > LARGEST:
        raise Failure(t("cli-runbooks.large", place=str(file), megabytes=LARGEST >> 20))
    text = raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    return read(text, KINDS[file.suffix.lower()], sites)


def _judged(books: dict[Path, Runbook], source: Source, today: str) -> Looked:
    """Every finding once a line: a badge and a link beside it are one thing to mend."""
    names = Names(source.records())
    wanted = {
        id_
        for book in books.values()
        for link in book.links
        for id_ in names.ids(link.target) or ()
    }
    kb = source.about(sorted(wanted))
    judge = Judge(names, kb)
    places: dict[object, Place] = {}
    links = 0
    for file, book in books.items():
        links += sum(names.ids(link.target) is not None for link in book.links)
        found = [one for link in book.links for one in judge.findings(link)]
        for one in sorted((*found, *of_marks(book, today)), key=lambda one: (one.line, one.column)):
            anchor = one.anchor if one.code in ("anchor", "changed") else ""
            key = (file, one.line, one.code, one.ids or one.link, anchor)
            places.setdefault(key, Place(file, one))
    return Looked(tuple(places.values()), len(books), links, kb)
